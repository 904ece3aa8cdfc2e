const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * Text → words for the index: every two neighbouring Chinese characters and, so that a single character is found at
 * the end of a run too, the last one alone; letters and digits stay whole.
 * 食品经营A1 → 食品 品经 经营 营 a1
 */
export function indexWords(text: string): string {
  return words(text, true);
}

/** What a person typed → the words to look for, cut the same way; a lone character matches as a beginning. */
export function queryWords(text: string): string {
  return words(text, false);
}

function words(text: string, withLast: boolean): string {
  const found: string[] = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUNS)) {
    if (!HAN.test(run)) {
      found.push(run);
      continue;
    }
    const chars = [...run];
    for (let i = 0; i + 1 < chars.length; i += 1) found.push(`${chars[i] ?? ''}${chars[i + 1] ?? ''}`);
    if (withLast || chars.length === 1) found.push(chars.at(-1) ?? '');
  }
  return found.join(' ');
}
