import { withoutBlanks } from '@mandate/lists';
import type { ListWarning } from '../list-warning.ts';
import type { AuthoritySource, FoundSheet } from '../source-file.ts';

/** 行使主体 is often the words of a template (地州市农业农村局): kept as they are, and said once a sheet. */
export function organWording(source: AuthoritySource, { sheet }: FoundSheet, organ: string): ListWarning[] {
  const others = new Map<string, { row: number; rows: number }>();
  for (const { row, wordings } of source.items.filter((item) => item.sheet === sheet))
    for (const wording of wordings) {
      const words = withoutBlanks(wording);
      if (words === '' || organ.endsWith(words)) continue;
      const seen = others.get(words) ?? { row, rows: 0 };
      others.set(words, { ...seen, rows: seen.rows + 1 });
    }
  const [first] = others.values();
  if (!first) return [];
  const words = [...others].map(([word, { rows }]) => `“${word.slice(0, 30)}”${rows.toString()} 行`);
  return [
    {
      row: first.row,
      code: 'organ-wording',
      message: `行使主体写作${words.slice(0, 5).join('、')}，与“${organ}”不同，原文照录，事项仍属本机关。`,
    },
  ];
}
