/** A piece of a text costs as much as some of its characters. */
const SHORTEST = 20;
/** Texts that others are looked for in. */
const MOST_WHOLE = 12;

/**
 * Texts of each item that stand in another of its texts, as pieces of that one: an item says most of its words twice, whole
 * and taken apart, and as many as a file may hold are held at once. What comes from another process has copies of all.
 * @param value whatever was just made from its bytes and nobody else has: it is changed in place
 */
export function shareTexts<T>(value: T): T {
  if (isMembers(value))
    for (const list of Object.values(value)) if (Array.isArray(list)) list.forEach(shareIn);
  return value;
}

function shareIn(item: unknown): void {
  if (isMembers(item) && isMembers(item['content'])) share(item['content'], []);
}

/** Texts of an object come before those of the objects in it: they are the whole ones. */
function share(members: Record<string, unknown> | unknown[], whole: string[]): void {
  // An array is members by their places.
  const held = members as Record<string, unknown>;
  for (const [name, one] of Object.entries(members)) {
    if (typeof one !== 'string' || one.length < SHORTEST) continue;
    const piece = pieceOf(one, whole);
    if (piece !== undefined) held[name] = piece;
    else if (whole.length < MOST_WHOLE) whole.push(one);
  }
  for (const one of Object.values(members)) if (isMembers(one) || Array.isArray(one)) share(one, whole);
}

function pieceOf(text: string, whole: readonly string[]): string | undefined {
  for (const one of whole) {
    const at = one.indexOf(text);
    if (at !== -1) return one.slice(at, at + text.length);
  }
  return undefined;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
