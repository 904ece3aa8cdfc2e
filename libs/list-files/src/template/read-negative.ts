import { type NegativeListItem, NegativeListItemSchema } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { type CellError, type CellPlace, errorAt, issuesAtCells } from './cell-errors.ts';
import { NEGATIVE_SHEET } from './negative-sheet.ts';
import { joinPath, putAt, valueAt } from './paths.ts';
import { type FilledRow, readColumns, readFilledSheet } from './read-sheet-rows.ts';

/** An item of a negative list as a file has it; its `list` is not known yet and empty. */
export interface NegativeRow {
  /** from 1 */
  readonly row: number;
  readonly sheet: string;
  readonly item: NegativeListItem;
}

export interface ReadNegative {
  readonly items: readonly NegativeRow[];
  readonly errors: readonly CellError[];
  readonly unknown: readonly {
    readonly sheet: string;
    readonly row: number;
    readonly column: string;
    readonly header: string;
  }[];
}

/** A filled template of a negative list → its items, or everything that is wrong with it; undefined where it is none. */
export function readNegativeTemplate(
  grids: readonly SheetGrid[],
  longText: (text: string) => string,
): ReadNegative | undefined {
  const csv = grids.length === 1 ? grids[0] : undefined;
  const grid = grids.find(({ name }) => name === NEGATIVE_SHEET.name) ?? csv;
  const filled = grid && readFilledSheet(NEGATIVE_SHEET, grid, longText);
  if (!filled) return undefined;
  const errors: CellError[] = [...filled.errors];
  const growing = new Map<string, Growing>();
  let last: Growing | undefined;
  for (const row of filled.rows) {
    const code = row.text('事项编码').replace(/\s+/g, '');
    let item = code === '' ? undefined : growing.get(code);
    if (code === '' && NEGATIVE_SHEET.columns.every(({ header }) => row.text(header) === '')) item = last;
    if (item === undefined) {
      item = openItem(row, errors);
      growing.set(code === '' ? `row ${row.rowIndex.toString()}` : code, item);
    } else compareWithFirst(item, row, errors);
    last = item;
    addMeasure(item, row, errors);
  }
  const items = [...growing.values()].flatMap(({ value, places, row }): NegativeRow[] => {
    const parsed = NegativeListItemSchema.safeParse(value, { reportInput: true });
    const place = row.place({ header: '事项编码' });
    if (parsed.success) return [{ row: row.rowIndex + 1, sheet: place.sheet, item: parsed.data }];
    errors.push(...issuesAtCells(parsed.error.issues, places, place));
    return [];
  });
  return { items, errors, unknown: filled.unknown.map((column) => ({ sheet: grid.name, ...column })) };
}

interface Growing {
  readonly value: Record<string, unknown>;
  readonly places: Map<string, CellPlace>;
  readonly row: FilledRow;
}

function openItem(row: FilledRow, errors: CellError[]): Growing {
  const value = { schema: 'negative-list-item/1', list: '', state: 'in-force', measures: [] };
  const item: Growing = { value, places: new Map(), row };
  readInto(item, row, NEGATIVE_SHEET.columns, '', errors);
  return item;
}

function compareWithFirst(item: Growing, row: FilledRow, errors: CellError[]): void {
  for (const { header, note } of NEGATIVE_SHEET.columns) {
    const text = row.text(header);
    if (text !== '' && text !== item.row.text(header))
      errors.push(errorAt(row.place({ header, note }), '与同一事项编码的第一行不同；请留空或改成一样。'));
  }
}

function addMeasure(item: Growing, row: FilledRow, errors: CellError[]): void {
  const columns = NEGATIVE_SHEET.details?.columns ?? [];
  if (columns.every(({ header }) => row.text(header) === '')) return;
  const measures = valueAt(item.value, 'measures');
  const path = joinPath('measures', Array.isArray(measures) ? measures.length.toString() : '0');
  putAt(item.value, path, {});
  readInto(item, row, columns, path, errors);
}

function readInto(
  item: Growing,
  row: FilledRow,
  columns: typeof NEGATIVE_SHEET.columns,
  base: string,
  errors: CellError[],
): void {
  readColumns(columns, row, {
    value: (path, value) => {
      putAt(item.value, joinPath(base, path), value);
    },
    place: (path, place) => item.places.set(joinPath(base, path), place),
    error: (error) => errors.push(error),
  });
}
