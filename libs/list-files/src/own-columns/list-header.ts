import { simplifiedWords } from '@mandate/lists';
import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';
import type { ReadingOptions } from '../reading-options.ts';
import { sideOf } from './adjusted-sides.ts';
import { type BasisParts, findBasisParts, withBasisParts } from './basis-parts.ts';
import { type HeaderColumns, placeColumns } from './header-columns.ts';
import { type Head, headerRows, type HeaderRows, headsOf, wordsMatch } from './header-rows.ts';
import { headerWarnings } from './header-warnings.ts';
import { type Field, POWER_FIELDS } from './vocabulary/fields.ts';
import { findMeaning, plainWords } from './vocabulary/find-field.ts';

export const SEARCHED_ROWS = 30;
/** A header that names fewer fields is a table of something else, unless its cells say what it is. */
const MIN_FIELDS = 4;
const BASIS_KIND =
  /^(?:(?:国家)?法律|(?:行政|地方性|地方)?法规|(?:部门|地方政府|政府|地方)?规章|国务院决定|(?:规范性|政策|其他)文件|其他(?:依据)?)$/;

export interface ListHeader extends HeaderRows {
  /** the one by whose words it was found */
  readonly row: number;
  readonly heads: readonly Head[];
  /** the columns of a field, the one to read first in front */
  readonly columns: ReadonlyMap<Field, readonly number[]>;
  /** fields that two columns of different words may be: where both have words there are two readings */
  readonly twofold: ReadonlySet<Field>;
  /** 法律, 行政法规, 规章 under 设定依据: each has a part of the bases */
  readonly joinsBases: boolean;
  /** 法律依据名称, 条款号 and 条款内容 are one basis */
  readonly basisParts: ReadonlyMap<Field, BasisParts>;
  /** where 调整前 has the names beside those of 调整后, which are read */
  readonly formerName: number | undefined;
  readonly placed: HeaderColumns;
  readonly warnings: readonly ListWarning[];
}

/** What the sheet, its title or the file say besides: whether its items are of one category. */
export interface HeaderContext {
  readonly options: ReadingOptions;
  readonly oneCategory: boolean;
}

/**
 * The row that most looks like a header, whether or not a list stands below it: by its words, else by its shape, so that a
 * refusal can name it.
 */
export function findHeaderRow(grid: SheetGrid, options: ReadingOptions): ListHeader | undefined {
  const scores = Array.from({ length: Math.min(grid.rows, SEARCHED_ROWS) }, (_, row) =>
    scoreOf(grid, row, options),
  );
  const most = Math.max(...scores);
  // Of two tables on a sheet the first one’s header comes first, though the other’s may have more words.
  const row = scores.findIndex((score) => score >= 2 && score >= most * 0.7);
  const likely = row < 0 ? likelyHeaderRow(grid) : row;
  return likely === undefined ? undefined : readHeader(grid, likely, options);
}

/** Finds the header by its words and by the cells under it, under whatever titles; undefined where there is no list. */
export function findHeader(
  grid: SheetGrid,
  context: HeaderContext = { options: {}, oneCategory: false },
): ListHeader | undefined {
  const header = findHeaderRow(grid, context.options);
  return header && isListHeader(header, context) ? header : undefined;
}

/** Evidence weighed: the names, and enough besides that only lists of powers have. */
export function isListHeader(
  { columns, placed }: ListHeader,
  { oneCategory, options }: HeaderContext,
): boolean {
  const [name] = columns.get('name') ?? [];
  if (name === undefined) return false;
  if (options.columns?.name !== undefined) return true;
  const fields = [...columns.keys()];
  const surely = placed.placed.some(({ field, strength }) => field === 'name' && strength >= 2);
  const powers = fields.some((field) => POWER_FIELDS.has(field));
  if (fields.length >= MIN_FIELDS && powers) return true;
  const confirmed = (['category', 'basisText'] as const).some((field) =>
    (columns.get(field) ?? []).some((column) => placed.looks(column).shares[field] >= 0.6),
  );
  if (fields.length >= MIN_FIELDS - 1 && confirmed) return true;
  const named = surely && (oneCategory || options.category !== undefined);
  const organ = columns.has('implementingOrgan') || columns.has('handlingOffice') || columns.has('serial');
  return fields.length >= 2 && named && (confirmed || organ);
}

/** A further header below the first: printed lists repeat it on every page, some begin another table with it. */
export function headerAt(
  grid: SheetGrid,
  row: number,
  header: ListHeader,
  context: HeaderContext,
): 'repeated' | ListHeader | undefined {
  const [name] = header.columns.get('name') ?? [];
  if (name === undefined) return undefined;
  if (repeats(grid, row, header, name)) return 'repeated';
  // Cheap first: of the rows of a long list hardly one has such words.
  const first = Array.from({ length: Math.min(grid.columns, 4) }, (_, column) => grid.own(row, column));
  if (
    !first.some((text) => text.length <= 12 && /(?:名称|事项|项目|序号)$/.test(simplifiedWords(text.trim())))
  )
    return undefined;
  const scored = new Set(fieldsOf(grid, row));
  if (!scored.has('name') || scored.size < MIN_FIELDS) return undefined;
  const other = readHeader(grid, row, context.options);
  const columnsOf = ({ columns }: ListHeader): string =>
    JSON.stringify([...columns].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return columnsOf(other) === columnsOf(header) || !isListHeader(other, context) ? 'repeated' : other;
}

/** Looks at the name first: of the rows of a long list hardly one has there what the head has. */
function repeats(grid: SheetGrid, row: number, { heads }: ListHeader, name: number): boolean {
  const isHead = (column: number): boolean => {
    const text = grid.text(row, column);
    if (text === '' || text.length > 60) return false;
    const shown = plainWords(text);
    return (heads[column]?.words ?? '').split(' ').some((line) => plainWords(line) === shown);
  };
  if (!isHead(name)) return false;
  const written = heads.filter(({ column }) => grid.text(row, column) !== '');
  const same = written.filter(({ column }) => isHead(column)).length;
  return same >= 2 && same * 2 > written.length;
}

function scoreOf(grid: SheetGrid, row: number, options: ReadingOptions): number {
  const said = Object.values(options.columns ?? {}).filter((words) =>
    Array.from({ length: grid.columns }, (_, column) => column).some((column) =>
      wordsMatch(grid, { top: row, end: row + 1 }, column, words),
    ),
  );
  let known = 0;
  const words = new Set<string>();
  for (let column = 0; column < grid.columns; column += 1) {
    const word = plainWords(grid.text(row, column));
    if (words.has(word)) continue;
    words.add(word);
    const meaning = findMeaning(sideOf(word).rest);
    if (meaning !== undefined) known += meaning.field === undefined ? 1 : 1 + meaning.strength / 10;
  }
  return known + said.length * 3;
}

/** Several short texts side by side, each another, and rows of about as many cells below. */
function likelyHeaderRow(grid: SheetGrid): number | undefined {
  const written = (row: number): string[] =>
    Array.from({ length: grid.columns }, (_, column) => grid.own(row, column)).filter((text) => text !== '');
  for (let row = 0; row < Math.min(grid.rows - 1, SEARCHED_ROWS); row += 1) {
    const texts = written(row);
    const heads = texts.every((text) => text.length <= 20 && !/^[\d.]+$/.test(text));
    if (
      texts.length >= 3 &&
      heads &&
      new Set(texts).size === texts.length &&
      written(row + 1).length * 2 >= texts.length
    )
      return row;
  }
  return undefined;
}

function fieldsOf(grid: SheetGrid, row: number): Field[] {
  return Array.from(
    { length: grid.columns },
    (_, column) => findMeaning(grid.text(row, column))?.field,
  ).filter((field) => field !== undefined);
}

function readHeader(grid: SheetGrid, row: number, options: ReadingOptions): ListHeader {
  const rows = headerRows(grid, row);
  const found = headsOf(grid, rows);
  const basisParts = findBasisParts(found);
  const heads = withBasisParts(found, basisParts);
  const placed = placeColumns(grid, rows, heads, options);
  const columns = columnsByField(grid, rows, heads, placed);
  const joinsBases = areKindsOfBasis(heads, columns.get('basisText') ?? []);
  // Two tables beside each other: what the second one lists is told row by row.
  const sideBySide = (['serial', 'name'] as const).every((field) => (columns.get(field)?.length ?? 0) > 1);
  const twofold = new Set(
    [...columns].flatMap(([field, places]) => {
      if (field === 'basisText' && joinsBases) return [];
      const words = new Set(
        placed.placed.filter(({ column }) => places.includes(column)).map(({ plain }) => plain),
      );
      return words.size > 1 || (sideBySide && places.length > 1) ? [field] : [];
    }),
  );
  return {
    ...rows,
    row,
    heads,
    columns,
    twofold,
    joinsBases,
    basisParts,
    formerName: heads.find(({ former }) => former?.field === 'name')?.column,
    placed,
    warnings: headerWarnings(grid, rows, heads, placed, columns).filter(
      ({ code, column }) =>
        !joinsBases ||
        code !== 'doubled-column' ||
        !columns.get('basisText')?.some((at) => columnLetters(at) === column),
    ),
  };
}

/**
 * Of two columns of one field those that are shown count: what lists leave hidden beside them is an older version. Without
 * a column that is shown a hidden one is read.
 */
function columnsByField(
  grid: SheetGrid,
  rows: HeaderRows,
  heads: readonly Head[],
  { placed }: HeaderColumns,
): Map<Field, number[]> {
  const columns = new Map<Field, number[]>();
  for (const { column, field } of placed) columns.set(field, [...(columns.get(field) ?? []), column]);
  placeDivision(grid, rows, heads, columns);
  for (const [field, places] of columns) {
    const shown = places.filter((column) => !grid.hiddenColumns.has(column));
    if (shown.length > 0) columns.set(field, shown);
  }
  return columns;
}

function areKindsOfBasis(heads: readonly Head[], columns: readonly number[]): boolean {
  const kinds = columns.map(
    (column) =>
      simplifiedWords(heads[column]?.words ?? '')
        .split(/\s+/)
        .at(-1) ?? '',
  );
  return (
    kinds.length > 1 && new Set(kinds).size === kinds.length && kinds.every((kind) => BASIS_KIND.test(kind))
  );
}

/** 实施层级及权限 stands over two columns: the level, then what it may do. */
function placeDivision(
  grid: SheetGrid,
  { end }: HeaderRows,
  heads: readonly Head[],
  columns: Map<Field, number[]>,
): void {
  const levels = columns.get('level') ?? [];
  const [first] = levels;
  if (first === undefined || columns.has('division')) return;
  const next = first + 1;
  if (levels.includes(next)) {
    columns.set(
      'level',
      levels.filter((column) => column !== next),
    );
    columns.set('division', [next]);
    return;
  }
  if (heads[next]?.words !== '' || [...columns.values()].some((places) => places.includes(next))) return;
  for (let row = end; row < grid.rows; row += 1)
    if (grid.text(row, next) !== '') {
      columns.set('division', [next]);
      return;
    }
}
