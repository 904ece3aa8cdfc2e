/** What stands at `a.0.b` of a value; undefined where there is nothing. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    // An object with this name of its own, or an array with this index.
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** Puts something at `a.0.b`, making the objects and lists on the way there. The names come from our own tables. */
export function putAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  let at: Record<string, unknown> = target;
  names.forEach((name, n) => {
    const next = names[n + 1];
    if (next === undefined) at[name] = value;
    else {
      at[name] ??= /^\d+$/.test(next) ? [] : {};
      // Made just above, or by an earlier call in the same way.
      at = at[name] as Record<string, unknown>;
    }
  });
}

export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.');
}

/** Without what says nothing: empty texts, lists and objects; two values that then are alike say the same. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty);
    return kept.length === 0 ? undefined : kept.map((one) => one ?? null);
  }
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : value;
  const kept = Object.entries(value)
    .map(([name, one]) => [name, withoutEmpty(one)] as const)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Whether two values say the same. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(withoutEmpty(a) ?? null) === JSON.stringify(withoutEmpty(b) ?? null);
}
