import type { ReadingSuggestion, SuggestedOption } from '../refused-file.ts';

const WAYS = /按内容读取：(?<cells>.*?)；确认表头无误、要照表头读取的：(?<heads>.*)$/su;

/**
 * Both ways to read columns that look swapped, out of the message that names them: what looks so is found in several
 * places, each with a message of its own, and each ends with these.
 */
export function swapSuggestions(message: string): readonly ReadingSuggestion[] {
  const { cells, heads } = WAYS.exec(message)?.groups ?? {};
  if (cells === undefined || heads === undefined) return [];
  return [
    { reads: 'by-cells', options: optionsIn(cells) },
    { reads: 'as-headed', options: optionsIn(heads) },
  ];
}

function optionsIn(words: string): SuggestedOption[] {
  return words
    .split(/(?:^| )--column /u)
    .flatMap((value) => (value === '' ? [] : [{ option: 'column', value: value.trim() }]));
}
