import { pinyin } from 'pinyin-pro';
import { FIRST, foldSyllable, initialsTerms, LAST, syllableTerm, type Readings } from './readings.ts';

const OPTIONS = { toneType: 'none', type: 'array', v: true, nonZh: 'spaced' } as const;
const SYLLABLE = /^[a-zü]+$/;

let table: (Readings & { readonly numbered: ReadonlyMap<string, number> }) | undefined;

/** The table the browser gets: the usual reading of every character. */
export function getReadings(): Readings & { readonly numbered: ReadonlyMap<string, number> } {
  table ??= makeTable();
  return table;
}

/** Terms of what a run of a name sounds like, read as words: 银行 is yin hang, 行政 xing zheng. */
export function spokenNameTerms(run: string): { readonly syllables: number[]; readonly initials: number[] } {
  const { numbered } = getReadings();
  const said = pinyin(run, OPTIONS).map((syllable) => (SYLLABLE.test(syllable) ? syllable : ''));
  const numbers = said.map((syllable) => numbered.get(foldSyllable(syllable)) ?? 0);
  const syllables = numbers.flatMap((number, i) => {
    const before = numbers[i - 1] ?? 0;
    return before === 0 || number === 0 ? [] : [syllableTerm(before, number)];
  });
  const initials = said
    .map((syllable) => syllable[0]?.replace('ü', 'v') ?? ' ')
    .join('')
    .split(' ')
    .flatMap(initialsTerms);
  return { syllables, initials };
}

function makeTable(): Readings & { numbered: ReadonlyMap<string, number> } {
  const said = Array.from({ length: LAST - FIRST + 1 }, (_, i) => {
    const [syllable = ''] = pinyin(String.fromCharCode(FIRST + i), OPTIONS);
    return SYLLABLE.test(syllable) ? foldSyllable(syllable) : '';
  });
  const syllables = [...new Set(said)].filter((syllable) => syllable !== '').sort();
  if (syllables.length > 511) throw new RangeError('more syllables than the table has room for');
  const numbered = new Map(syllables.map((syllable, i) => [syllable, i + 1]));
  return { syllables, numbered, numbers: Uint16Array.from(said, (syllable) => numbered.get(syllable) ?? 0) };
}
