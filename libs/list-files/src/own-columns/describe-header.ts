import { columnLetters } from '@mandate/workbook';
import { optionsText, type SuggestedOption } from '../refused-file.ts';
import type { ListHeader } from './list-header.ts';
import { COLUMN_NAMES } from './vocabulary/fields.ts';

const SHOWN = 24;

/**
 * A header that was found and is not enough for a list: what was understood, what not, and the command that would help.
 * @returns besides, what of that command is more than an example
 */
export function describeHeader(
  sheet: string,
  header: ListHeader,
  hasCategory: boolean,
): { readonly message: string; readonly likely: readonly SuggestedOption[] } {
  const { heads, placed, columns, top } = header;
  const word = (words: string): string => {
    const line = words.replace(/\s+/g, '');
    return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  };
  const fieldAt = new Map(placed.placed.map(({ column, field }) => [column, field]));
  const written = heads.filter(({ words }) => words !== '');
  const known = written.flatMap(({ column, words }) => {
    const field = fieldAt.get(column);
    return field === undefined ? [] : [`${columnLetters(column)} 列“${word(words)}”是${COLUMN_NAMES[field]}`];
  });
  const unknown = written.filter(({ column }) => !fieldAt.has(column));
  const missing = (['name', 'category', 'basisText'] as const).filter(
    (field) => !columns.has(field) && !(field === 'category' && hasCategory),
  );
  // An example that could be right: a column that is not known and whose cells look like it.
  const likely = (look: 'name' | 'basisText'): string | undefined => {
    const head = unknown.find(
      ({ column, meaning }) => meaning === undefined && placed.looks(column).shares[look] >= 0.6,
    );
    return head?.words.replace(/\s+/g, '');
  };
  const found = (['name', 'basisText'] as const).flatMap((field): SuggestedOption[] => {
    const words = missing.includes(field) ? likely(field) : undefined;
    return words === undefined
      ? []
      : [{ option: 'column', value: `${field === 'name' ? '名称' : COLUMN_NAMES[field]}=${words}` }];
  });
  const isNamed = !missing.includes('name') || found.some(({ value }) => value.startsWith('名称='));
  const options: SuggestedOption[] = [
    ...(isNamed ? [] : [{ option: 'column' as const, value: '名称=文件里的表头' }]),
    ...found,
    ...(missing.includes('category') ? [{ option: 'category' as const, value: '行政许可' }] : []),
  ];
  const message = [
    `工作表“${sheet}”第 ${(top + 1).toString()} 行像是表头：`,
    known.length > 0 ? `认得 ${known.join('、')}；` : '没有一列认得；',
    unknown.length > 0
      ? `不认得 ${unknown.map(({ column, words, meaning }) => `${columnLetters(column)} 列“${word(words)}”${meaning === undefined ? '' : '（没有对应的内容）'}`).join('、')}；`
      : '',
    missing.length > 0
      ? `没有找到${missing.map((field) => COLUMN_NAMES[field]).join('、')}。`
      : '其余也不像权力清单。',
    options.length > 0
      ? `如果它是清单，请指明各列再试，例如：mandate import 文件 ${optionsText(options)}`
      : '',
  ].join('');
  return { message, likely: found };
}
