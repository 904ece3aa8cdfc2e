import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';
import type { HeaderColumns, PlacedColumn } from './header-columns.ts';
import type { Head, HeaderRows } from './header-rows.ts';
import { COLUMN_NAMES, type Field } from './vocabulary/fields.ts';

/** What a person should know of how the columns were taken. */
export function headerWarnings(
  grid: SheetGrid,
  rows: HeaderRows,
  heads: readonly Head[],
  { placed, surplus }: HeaderColumns,
  used: ReadonlyMap<Field, readonly number[]>,
): ListWarning[] {
  const taken = new Set([
    ...[...used.values()].flat(),
    ...[...placed, ...surplus].map(({ column }) => column),
  ]);
  return [
    ...adjusted(rows, heads),
    ...heads
      .filter(({ column, former, isPart }) => former === undefined && isPart !== true && !taken.has(column))
      .flatMap((head) => withoutField(grid, rows, head)),
    ...surplus.map((one) => surplusColumn(rows, heads, one, used)),
    ...placed.filter(({ ground }) => ground === 'cells').map((one) => byCells(rows, heads, one)),
    ...placed.flatMap((one) => doubledColumn(grid, rows, one, used)),
  ];
}

function adjusted({ top }: HeaderRows, heads: readonly Head[]): ListWarning[] {
  const former = heads.filter(({ former }) => former !== undefined);
  if (former.length === 0) return [];
  const words = former
    .map(({ column, words }) => `${columnLetters(column)} 列“${words.replace(/\s+/g, '')}”`)
    .join('、');
  const message = `这是一张调整对照表：按调整后的内容读取，调整前的（${words}）只用来核对。`;
  return [{ row: top + 1, code: 'note', message }];
}

function withoutField(
  grid: SheetGrid,
  { top, end }: HeaderRows,
  { column, words, meaning }: Head,
): ListWarning[] {
  const word = words.replace(/\s+/g, '');
  let cells = 0;
  // Notes and titles may run through: a column of its own has something below the header.
  for (let row = end; row < grid.rows; row += 1) if (grid.own(row, column) !== '') cells += 1;
  if (word === '' && cells === 0) return [];
  const named =
    word === ''
      ? '没有表头的列'
      : meaning === undefined
        ? `不认识的列“${word}”`
        : `列“${word}”在清单里没有对应的内容，`;
  return [
    {
      row: top + 1,
      column: columnLetters(column),
      code: 'unknown-column',
      message: `${named}（${cells.toString()} 个单元格）未导入，内容不会公开。`,
    },
  ];
}

function surplusColumn(
  { top }: HeaderRows,
  heads: readonly Head[],
  { column, field }: PlacedColumn,
  used: ReadonlyMap<Field, readonly number[]>,
): ListWarning {
  const [first] = used.get(field) ?? [];
  const of = (at: number | undefined): string =>
    at === undefined ? '' : `“${heads[at]?.words ?? ''}”（${columnLetters(at)} 列）`;
  return {
    row: top + 1,
    column: columnLetters(column),
    code: 'doubled-column',
    message: `${of(column)}也可能是“${COLUMN_NAMES[field]}”：以${of(first)}为准，此列内容未导入；如应以此列为准，请用 --column 指明。`,
  };
}

function byCells({ top }: HeaderRows, heads: readonly Head[], { column, field }: PlacedColumn): ListWarning {
  const words = heads[column]?.words ?? '';
  const named = words === '' ? '没有表头的列' : `不认识的列“${words}”`;
  return {
    row: top + 1,
    column: columnLetters(column),
    code: 'column-by-cells',
    message: `${named}按单元格的内容认作“${COLUMN_NAMES[field]}”，请核对；不对的请用 --column 指明各列。`,
  };
}

function doubledColumn(
  grid: SheetGrid,
  { top }: HeaderRows,
  { column, field }: PlacedColumn,
  used: ReadonlyMap<Field, readonly number[]>,
): ListWarning[] {
  const columns = used.get(field) ?? [];
  // Taken as something else: 实施层级及权限 over two columns.
  if (![...used].some(([, places]) => places.includes(column)) && columns.length === 0) return [];
  const first = columnLetters(columns[0] ?? column);
  const name = `“${COLUMN_NAMES[field]}”列`;
  const at = { row: top + 1, column: columnLetters(column) };
  const hidden = grid.hiddenColumns.has(column);
  if (!columns.includes(column)) {
    if ([...used].some(([, places]) => places.includes(column))) return [];
    const message = `${name}重复，此列是隐藏的：以 ${first} 列为准，此列内容未导入。`;
    return [{ ...at, code: 'doubled-column', message }];
  }
  if (columns[0] !== column) {
    const message = `${name}重复：以 ${first} 列为准，此列只在前者空白时采用，其余内容未导入。`;
    return [{ ...at, code: 'doubled-column', message }];
  }
  const message = `${name}在工作簿中是隐藏的，已照常读取，请核对是否应当公开。`;
  return hidden ? [{ ...at, code: 'hidden-column', message }] : [];
}
