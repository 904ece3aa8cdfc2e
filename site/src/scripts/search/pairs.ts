const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * Text → words for the index: every two neighbouring Chinese characters and, so that a single character is found at
 * the end of a run too, the last one alone; letters and digits stay whole. 食品经营A1 → 食品 品经 经营 营 a1, each
 * character spelt in four letters.
 */
export function indexWords(text: string): string {
  return runsOf(text)
    .flatMap((run) => (HAN.test(run) ? [...pairsOf(run), spell([...run].at(-1) ?? '')] : [run]))
    .join(' ');
}

/** The words of a name once more, marked, so that a name is told from other text. */
export function nameWords(name: string): string {
  return mark(indexWords(name));
}

export interface Term {
  /** words for the index */
  readonly words: string;
  /** the same in names only */
  readonly nameWords: string;
  /** look for just these words in this order; else for words that begin so */
  readonly exact: boolean;
}

/** What a person typed → terms that must all be there. */
export function queryTerms(text: string): Term[] {
  return runsOf(text).map((run) => {
    const pairs = HAN.test(run) ? pairsOf(run) : [];
    const words = pairs.length > 0 ? pairs.join(' ') : HAN.test(run) ? spell(run) : run;
    // A single letter would be the beginning of nearly every spelt word.
    return { words, nameWords: mark(words), exact: pairs.length > 0 || run === words[0] };
  });
}

/** By a letter that no spelt character begins with: the last one of Unicode's Chinese is spelt with an l in front. */
function mark(words: string): string {
  return words.replace(/(^| )(?=.)/g, '$1z');
}

function runsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(RUNS) ?? [];
}

function pairsOf(run: string): string[] {
  const chars = [...run];
  return chars.slice(1).map((char, i) => spell(chars[i] ?? '') + spell(char));
}

/**
 * A character as four letters, base 26: enough for every Chinese character of Unicode. Left as it is, the indexer would
 * cut a pair apart again by its own word list.
 */
function spell(char: string): string {
  let letters = '';
  for (let rest = char.codePointAt(0) ?? 0, i = 0; i < 4; i += 1, rest = Math.floor(rest / 26)) {
    letters = String.fromCharCode(97 + (rest % 26)) + letters;
  }
  return letters;
}
