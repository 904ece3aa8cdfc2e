import { foldText } from '../words/terms.ts';

/**
 * How many characters have to change so that a name holds the part: the least edit distance of the part to any piece of
 * the name (Sellers 1980).
 */
export function distanceWithin(name: string, part: string): number {
  const [characters, wanted] = [Array.from(foldText(name)), Array.from(part)];
  let column = Array.from({ length: wanted.length + 1 }, (_, i) => i);
  let least = wanted.length;
  for (const character of characters) {
    const next = [0];
    for (let i = 1; i <= wanted.length; i += 1) {
      const change = (column[i - 1] ?? 0) + (wanted[i - 1] === character ? 0 : 1);
      next[i] = Math.min(change, (column[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1);
    }
    column = next;
    least = Math.min(least, column[wanted.length] ?? least);
  }
  return least;
}
