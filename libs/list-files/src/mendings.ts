import type { Mending } from '@mandate/encoding';
import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from './list-warning.ts';

/** What is mended in a cell whatever stands in it, and what only where a name or a code does. */
export type MendingCode = Mending | 'full-width' | 'name-lines';

/** A cell that was not read quite as it stands. Rows and columns from 0. */
export interface MendedPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly code: MendingCode;
}

/** In the order in which they are told. What a person should look at again comes first. */
const WORDS: Readonly<Record<MendingCode, string>> = {
  'lost-signs':
    '有残缺的字符（�，U+FFFD）：原来的字在转换编码时已经丢失，照录在草稿里；请对照原文补上，改好之前，除非审核人说明理由保留，不能发布',
  'hidden-signs':
    '有看不见的、改变文字方向的或残缺的字符，已去掉后读取；请核对文字是否完整，并在原文件里删去它们',
  'look-alikes': '有部首字符（如“⾷”“⽣”，多从 PDF 复制而来），已换成字形相同的通用汉字（“食”“生”）',
  composed: '有分开书写的附加符号或兼容汉字，已换成统一的编码（Unicode NFC）',
  'full-width': '编码或序号用了全角的字母、数字，已换成半角',
  'name-lines': '事项名称中间换了行，已连成一行',
};
// Object.keys forgets the names; they are those of the table.
const CODES = Object.keys(WORDS) as MendingCode[];

/** Nobody can say from the text alone that nothing is missing where these were. */
const DOUBTFUL: readonly MendingCode[] = ['lost-signs', 'hidden-signs'];

/** What was mended in whatever cells of a sheet. */
export function mendedCells({ name, mended }: SheetGrid): MendedPlace[] {
  return mended.flatMap(({ row, column, mendings }) =>
    mendings.map((code) => ({ sheet: name, row, column, code })),
  );
}

/** What its reader mends in the names and codes of a table. */
export function mendedFields(
  grid: SheetGrid,
  first: number,
  columns: { readonly names: readonly number[]; readonly codes: readonly number[] },
): MendedPlace[] {
  const places: MendedPlace[] = [];
  for (let row = first; row < grid.rows; row += 1) {
    for (const column of columns.names)
      if (grid.own(row, column).includes('\n'))
        places.push({ sheet: grid.name, row, column, code: 'name-lines' });
    for (const column of columns.codes)
      if (/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/.test(grid.own(row, column)))
        places.push({ sheet: grid.name, row, column, code: 'full-width' });
  }
  return places;
}

/** One line for each kind in a whole file, whatever the number of its cells. */
export function tellMendings(places: readonly MendedPlace[]): ListWarning[] {
  const byCode = Map.groupBy(places, ({ code }) => code);
  return CODES.flatMap((code) => {
    const [first, ...others] = byCode.get(code) ?? [];
    if (first === undefined) return [];
    const row = first.row + 1;
    const column = columnLetters(first.column);
    return {
      row,
      column,
      code,
      message: `${(others.length + 1).toString()} 个单元格${WORDS[code]}。第一处在工作表“${first.sheet}”第 ${row.toString()} 行 ${column} 列。`,
    };
  });
}

/** The rows, from 1, that a reviewer should read beside the file. */
export function doubtfulRows(places: readonly MendedPlace[], sheet: string): ListWarning[] {
  const rows = Map.groupBy(
    places.filter((place) => place.sheet === sheet && DOUBTFUL.includes(place.code)),
    ({ row, code }) => `${row.toString()} ${code}`,
  );
  return [...rows.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            row: first.row + 1,
            column: [first, ...others].map(({ column }) => columnLetters(column)).join('、'),
            code: first.code,
            message: `单元格${WORDS[first.code]}。`,
          },
        ],
  );
}
