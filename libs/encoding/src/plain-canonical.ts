/** Deeper than anything that is listed; a ring has no end at all. */
const MOST_LEVELS = 100;

/**
 * Canonical JSON (RFC 8785) of plain data, by the JSON of the language itself, which writes texts and numbers as the standard
 * asks and only does not sort members.
 * @returns undefined for what is no plain data, or is sorted otherwise by the language: that is for a whole implementation
 */
export function plainCanonical(value: unknown): string | undefined {
  const sorted = inOrder(value, 0);
  return sorted === OTHER ? undefined : JSON.stringify(sorted);
}

const OTHER = Symbol('other');

function inOrder(value: unknown, level: number): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : OTHER;
  if (typeof value === 'number') return Number.isFinite(value) ? value : OTHER;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || level === MOST_LEVELS || 'toJSON' in value) return OTHER;
  if (Array.isArray(value)) {
    const all: unknown[] = [];
    for (const one of value) {
      const made = inOrder(one, level + 1);
      if (made === OTHER) return OTHER;
      all.push(made);
    }
    return all;
  }
  // With their names as they come, so that none of them is a prototype's.
  const members = value as Readonly<Record<string, unknown>>;
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const one = members[name];
    if (one === undefined) continue;
    const made = isOrdinary(name) ? inOrder(one, level + 1) : OTHER;
    if (made === OTHER) return OTHER;
    sorted[name] = made;
  }
  return sorted;
}

/** Numbers come first in every object whatever their place, and `__proto__` is no member of a new one. */
function isOrdinary(name: string): boolean {
  return !/^\d/.test(name) && name !== '__proto__' && name.isWellFormed();
}
