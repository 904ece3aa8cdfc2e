/** Certificate data that cannot be read, or not by a program of this age. */
export class CertificateFormatError extends Error {
  override readonly name = 'CertificateFormatError';
  /** `newer-format`: written by a later version than this reader knows (formats §9.2) */
  readonly code: 'newer-format' | 'invalid-certificate' | 'invalid-type' | 'invalid-event';

  constructor(code: CertificateFormatError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether `schema` is a later version of a schema that is known: `certificate/2` of `certificate/1` (formats §9.2). */
export function isNewerSchema(schema: unknown, known: string): boolean {
  const [name, version] = known.split('/');
  const [otherName, otherVersion, ...more] = typeof schema === 'string' ? schema.split('/') : [];
  if (otherName !== name || otherVersion === undefined || more.length > 0) return false;
  return /^[1-9]\d{0,5}$/.test(otherVersion) && Number(otherVersion) > Number(version);
}

/** The same for the `v` of an event. */
export function isNewerVersion(v: unknown, known: number): boolean {
  return typeof v === 'number' && Number.isSafeInteger(v) && v > known;
}
