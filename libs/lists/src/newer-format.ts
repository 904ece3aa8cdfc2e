/** Whether `schema` is a later version of a schema that is known: `authority-item/2` of `authority-item/1` (formats §9.2). */
export function isNewerSchema(schema: unknown, known: string): boolean {
  const [name, version] = known.split('/');
  const [otherName, otherVersion, ...more] = typeof schema === 'string' ? schema.split('/') : [];
  if (otherName !== name || otherVersion === undefined || more.length > 0) return false;
  return /^[1-9]\d{0,5}$/.test(otherVersion) && Number(otherVersion) > Number(version);
}

/** The same for the `v` of an entry. */
export function isNewerVersion(v: unknown, known: number): boolean {
  return typeof v === 'number' && Number.isSafeInteger(v) && v > known;
}
