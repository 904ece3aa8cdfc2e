import type { SheetGrid } from '@mandate/workbook';
import type { ReadingOptions } from '../reading-options.ts';
import { type ColumnLooks, columnLooks, type Look } from './column-looks.ts';
import { type Head, type HeaderRows, wordsMatch } from './header-rows.ts';
import { type Field, ITEM_FIELDS, SERVICE_FIELDS } from './vocabulary/fields.ts';
import { plainWords } from './vocabulary/find-field.ts';

/** Why a column is taken as what it is. */
export type Ground = 'said' | 'words' | 'cells';

export interface PlacedColumn {
  readonly column: number;
  readonly field: Field;
  readonly ground: Ground;
  /** 9 said by a person; else as a meaning */
  readonly strength: number;
  /** words at its head, to be compared */
  readonly plain: string;
}

export interface HeaderColumns {
  /** every column that is taken as something, from left to right */
  readonly placed: readonly PlacedColumn[];
  /** columns that gave way to one that is more surely the same */
  readonly surplus: readonly PlacedColumn[];
  readonly looks: (column: number) => ColumnLooks;
}

const SAID = 9;
/** Fields whose column is found by its cells alone where no words name one, and how many of them must look so. */
const BY_CELLS: readonly (readonly [Look & Field, number])[] = [
  ['category', 0.8],
  ['basisText', 0.8],
  ['serial', 0.95],
];
const FIELDS: readonly Field[] = [...ITEM_FIELDS, ...SERVICE_FIELDS];

/** The evidence of header words, of what a person says, and of the cells below, weighed. */
export function placeColumns(
  grid: SheetGrid,
  rows: HeaderRows,
  heads: readonly Head[],
  options: ReadingOptions,
): HeaderColumns {
  const known = new Map<number, ColumnLooks>();
  const looks = (column: number): ColumnLooks => {
    const found = known.get(column) ?? columnLooks(grid, column, rows.end);
    known.set(column, found);
    return found;
  };
  const placed = new Map<number, PlacedColumn>();
  const place = (column: number, field: Field, ground: Ground, strength: number): void => {
    placed.set(column, { column, field, ground, strength, plain: plainWords(heads[column]?.words ?? '') });
  };
  const said = Object.entries(options.columns ?? {});
  for (const { column, meaning } of heads) {
    const wanted = said.find(([, words]) => wordsMatch(grid, rows, column, words));
    // The keys of `columns` are fields.
    if (wanted !== undefined) place(column, wanted[0] as Field, 'said', SAID);
    else if (meaning?.field !== undefined) place(column, meaning.field, 'words', meaning.strength);
  }
  const has = (field: Field, least = 1): boolean =>
    [...placed.values()].some((one) => one.field === field && one.strength >= least);
  numberOrCode(placed, place, has, looks);
  // 事项类别 of checks is 重点 or 一般: where no cell is a category of powers, the column is none.
  for (const one of [...placed.values()])
    if (one.field === 'category' && one.strength === 1) {
      const { cells, shares } = looks(one.column);
      if (cells > 0 && shares.category < 0.3) placed.delete(one.column);
    }
  for (const [field, least] of BY_CELLS) {
    if (has(field)) continue;
    const column = heads.find(({ column: at, meaning }) => {
      if (placed.has(at) || meaning !== undefined) return false;
      const { cells, shares } = looks(at);
      return cells >= 2 && shares[field] >= least;
    })?.column;
    if (column !== undefined) place(column, field, 'cells', 1);
  }
  groupOrName(grid, rows, placed, place);
  return { ...resolve([...placed.values()].toSorted((a, b) => a.column - b.column)), looks };
}

/** 编号 and 事项编号 are a running number in some lists and a code in others. */
function numberOrCode(
  placed: ReadonlyMap<number, PlacedColumn>,
  place: (column: number, field: Field, ground: Ground, strength: number) => void,
  has: (field: Field, least?: number) => boolean,
  looks: (column: number) => ColumnLooks,
): void {
  for (const { column, field, ground, strength, plain } of [...placed.values()]) {
    if (ground === 'said') continue;
    const { cells, shares } = looks(column);
    if (field === 'serial' && strength === 1 && (has('serial', 2) || (cells > 0 && shares.serial < 0.5)))
      place(column, 'itemCode', 'words', 1);
    if (field === 'itemCode' && plain.endsWith('号') && !has('serial') && cells > 0 && shares.serial >= 0.9)
      place(column, 'serial', 'words', 1);
  }
}

/** 抽查领域 that has the serial numbers is what is listed, and the 抽查事项 under it are its sub-items. */
function groupOrName(
  grid: SheetGrid,
  { end }: HeaderRows,
  placed: Map<number, PlacedColumn>,
  place: (column: number, field: Field, ground: Ground, strength: number) => void,
): void {
  const columnOf = (field: Field): PlacedColumn | undefined =>
    [...placed.values()].find((one) => one.field === field);
  const [group, name, serial] = [columnOf('group'), columnOf('name'), columnOf('serial')];
  if (!group) return;
  const count = ({ column }: PlacedColumn): number => {
    let cells = 0;
    for (let row = end; row < grid.rows; row += 1) if (grid.own(row, column) !== '') cells += 1;
    return cells;
  };
  const numbered = serial && count(serial);
  if (
    name?.ground === 'words' &&
    numbered !== undefined &&
    columnOf('subItem') === undefined &&
    Math.abs(count(group) - numbered) <= numbered * 0.1 &&
    count(name) > numbered * 1.2
  ) {
    place(group.column, 'name', 'words', 2);
    place(name.column, 'subItem', 'words', 2);
  } else if (group.ground === 'words') placed.delete(group.column);
}

/** Of several columns of one field the surest counts, with those that have the same words or are as sure. */
function resolve(all: readonly PlacedColumn[]): Pick<HeaderColumns, 'placed' | 'surplus'> {
  const surest = new Map<Field, number>();
  for (const field of FIELDS)
    surest.set(
      field,
      Math.max(0, ...all.filter((one) => one.field === field).map(({ strength }) => strength)),
    );
  const isSurplus = ({ field, strength, plain }: PlacedColumn): boolean =>
    strength < (surest.get(field) ?? 0) &&
    !all.some(
      (one) => one.field === field && one.strength > strength && one.strength < SAID && one.plain === plain,
    );
  return { placed: all.filter((one) => !isSurplus(one)), surplus: all.filter(isSurplus) };
}
