import { COLUMN_NAMES, type Field, findField } from './header-words.ts';
import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';

const SEARCHED_ROWS = 30;
/** A header that names fewer fields is a table of something else. */
const MIN_FIELDS = 4;

export interface ListHeader {
  /** rows of the header, the first and the one after the last */
  readonly top: number;
  readonly end: number;
  /** the columns of a field, the one to read first in front */
  readonly columns: ReadonlyMap<Field, readonly number[]>;
  readonly warnings: readonly ListWarning[];
}

/** Finds the header by its words, under whatever titles; undefined where no row has enough of them. */
export function findHeader(grid: SheetGrid): ListHeader | undefined {
  let best: { row: number; fields: number } | undefined;
  for (let row = 0; row < Math.min(grid.rows, SEARCHED_ROWS); row += 1) {
    const fields = new Set(fieldsOf(grid, row).values());
    if (!fields.has('name') || fields.size < MIN_FIELDS) continue;
    if (!best || fields.size > best.fields) best = { row, fields: fields.size };
  }
  return best && readHeader(grid, best.row);
}

/** Whether this row repeats the header, as printed lists do on every page. */
export function isHeaderRow(grid: SheetGrid, row: number): boolean {
  const fields = new Set(fieldsOf(grid, row).values());
  return fields.has('name') && fields.size >= MIN_FIELDS;
}

function fieldsOf(grid: SheetGrid, row: number): Map<number, Field> {
  const fields = new Map<number, Field>();
  for (let column = 0; column < grid.columns; column += 1) {
    const field = findField(grid.text(row, column));
    if (field) fields.set(column, field);
  }
  return fields;
}

function readHeader(grid: SheetGrid, row: number): ListHeader {
  // 责任事项 over 责任事项内容 and 责任事项依据 may be the row above or below the one with most words.
  const top = row > 0 && isHeaderPart(grid, row - 1, row) ? row - 1 : row;
  const end = isHeaderPart(grid, row + 1, row) ? row + 2 : row + 1;
  const fields = new Map<number, Field>();
  const unknown: number[] = [];
  for (let column = 0; column < grid.columns; column += 1) {
    const words = range(top, end).map((at) => grid.text(at, column));
    const field = words.map(findField).findLast((found) => found !== undefined);
    if (field) fields.set(column, field);
    else unknown.push(column);
  }
  placeDivision(grid, fields, top, end);
  const columns = columnsByField(grid, fields);
  return {
    top,
    end,
    columns,
    warnings: [
      ...unknown
        .filter((column) => !fields.has(column))
        .flatMap((column) => unknownColumn(grid, column, top, end)),
      ...doubledColumns(grid, fields, columns, top),
    ],
  };
}

/** Whether a neighbour row belongs to the header: short words only, at least one of them known, no serial. */
function isHeaderPart(grid: SheetGrid, row: number, main: number): boolean {
  if (row < 0 || row >= grid.rows) return false;
  let known = 0;
  for (let column = 0; column < grid.columns; column += 1) {
    const own = grid.own(row, column);
    if (own === '') continue;
    if (own.length > 20 || /^\d/.test(own)) return false;
    const merge = grid.mergeAt(row, column);
    // A title over the whole table is no part of its header.
    if (merge && merge.right - merge.left + 1 > grid.columns / 2) return false;
    if (findField(own) !== undefined) known += 1;
  }
  const merged = range(0, grid.columns).some((column) => {
    const merge = grid.mergeAt(main, column);
    return merge !== undefined && merge.top !== merge.bottom && merge.top <= row && row <= merge.bottom;
  });
  return known > 0 || (merged && range(0, grid.columns).some((column) => grid.own(row, column) !== ''));
}

/** 实施层级及权限 stands over two columns: the level, then what it may do. */
function placeDivision(grid: SheetGrid, fields: Map<number, Field>, top: number, end: number): void {
  const levels = [...fields].filter(([, field]) => field === 'level').map(([column]) => column);
  const first = levels[0];
  if (first === undefined || [...fields.values()].includes('division')) return;
  const next = first + 1;
  const blank = range(top, end).every((row) => grid.text(row, next) === '');
  const written = blank && range(end, grid.rows).some((row) => grid.text(row, next) !== '');
  if (levels.includes(next) || (written && !fields.has(next))) fields.set(next, 'division');
}

/**
 * Of two columns of one name those that are shown count: what lists leave hidden beside them is an older version. Without
 * a column that is shown a hidden one is read.
 */
function columnsByField(grid: SheetGrid, fields: ReadonlyMap<number, Field>): Map<Field, number[]> {
  const columns = new Map<Field, number[]>();
  for (const [column, field] of [...fields].sort(([a], [b]) => a - b))
    columns.set(field, [...(columns.get(field) ?? []), column]);
  for (const [field, places] of columns) {
    const shown = places.filter((column) => !grid.hiddenColumns.has(column));
    if (shown.length > 0) columns.set(field, shown);
  }
  return columns;
}

function unknownColumn(grid: SheetGrid, column: number, top: number, end: number): ListWarning[] {
  const words = range(top, end)
    .map((row) => grid.own(row, column).replace(/\s+/g, ''))
    .filter((word) => word !== '');
  // Notes and titles may run through: a column of its own has something below the header.
  const cells = range(end, grid.rows).filter((row) => grid.own(row, column) !== '').length;
  if (words.length === 0 && cells === 0) return [];
  const named = words.length === 0 ? '没有表头的列' : `不认识的列“${words.join('')}”`;
  return [
    {
      row: top + 1,
      column: columnLetters(column),
      code: 'unknown-column',
      message: `${named}（${cells.toString()} 个单元格）未导入，内容不会公开。`,
    },
  ];
}

function doubledColumns(
  grid: SheetGrid,
  fields: ReadonlyMap<number, Field>,
  used: ReadonlyMap<Field, readonly number[]>,
  top: number,
): ListWarning[] {
  return [...fields].flatMap(([column, field]): ListWarning[] => {
    const columns = used.get(field) ?? [];
    const first = columnLetters(columns[0] ?? column);
    const name = `“${COLUMN_NAMES[field]}”列`;
    const at = { row: top + 1, column: columnLetters(column) };
    const hidden = grid.hiddenColumns.has(column);
    if (!columns.includes(column)) {
      const message = `${name}重复，此列是隐藏的：以 ${first} 列为准，此列内容未导入。`;
      return [{ ...at, code: 'doubled-column', message }];
    }
    if (columns[0] !== column) {
      const message = `${name}重复：以 ${first} 列为准，此列只在前者空白时采用，其余内容未导入。`;
      return [{ ...at, code: 'doubled-column', message }];
    }
    const message = `${name}在工作簿中是隐藏的，已照常读取，请核对是否应当公开。`;
    return hidden ? [{ ...at, code: 'hidden-column', message }] : [];
  });
}

function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, n) => from + n);
}
