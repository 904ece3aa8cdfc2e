import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { RefusedColumn, RefusedSheet } from '../refused-file.ts';
import type { ListHeader } from './list-header.ts';
import { COLUMN_NAMES, type Field } from './vocabulary/fields.ts';

const MOST_COLUMNS = 60;
const MOST_SAMPLES = 3;
/** Rows below the header in which cells are looked for. */
const SAMPLED_ROWS = 30;
/** in characters; of a head as many as `--column` takes */
const HEAD_LENGTH = 100;
const SAMPLE_LENGTH = 40;
const SHEET_LENGTH = 60;
/** Without these there is no item. */
const NEEDED: readonly Field[] = ['name', 'category', 'basisText'];

/** @param hasCategory whether title, file or a person say of what category all items are */
export function describeSheet(grid: SheetGrid, header: ListHeader, hasCategory: boolean): RefusedSheet {
  const fieldAt = new Map(header.placed.placed.map(({ column, field }) => [column, field]));
  const all = header.heads.flatMap(({ column, words }): RefusedColumn[] => {
    const samples = samplesOf(grid, column, header.end);
    const field = fieldAt.get(column);
    if (words === '' && samples.length === 0) return [];
    return [
      {
        column: columnLetters(column),
        header: cut(words.replace(/\s+/g, ''), HEAD_LENGTH),
        ...(field !== undefined && { understoodAs: COLUMN_NAMES[field] }),
        samples,
      },
    ];
  });
  const missing = NEEDED.filter(
    (field) => !header.columns.has(field) && !(field === 'category' && hasCategory),
  );
  return {
    sheet: cut(grid.name, SHEET_LENGTH),
    headerRow: header.top + 1,
    columns: all.slice(0, MOST_COLUMNS),
    ...(all.length > MOST_COLUMNS && { columnsLeftOut: all.length - MOST_COLUMNS }),
    missing: missing.map((field) => COLUMN_NAMES[field]),
  };
}

function samplesOf(grid: SheetGrid, column: number, from: number): string[] {
  const samples = new Set<string>();
  for (let row = from; row < Math.min(grid.rows, from + SAMPLED_ROWS); row += 1) {
    const text = cut(grid.own(row, column).replace(/\s+/g, ' ').trim(), SAMPLE_LENGTH);
    if (text !== '') samples.add(text);
    if (samples.size === MOST_SAMPLES) break;
  }
  return [...samples];
}

/** By characters: half of one cannot be sent. A cell may be 32,767 long, of which little is looked at. */
function cut(text: string, most: number): string {
  const chars = [...text.slice(0, most * 2 + 2)];
  return chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : chars.join('');
}
