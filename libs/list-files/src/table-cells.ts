import { cutText } from '@mandate/encoding';
import { joinName } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';

/** The cells of a table whose header names one column a field. Rows from 0; what no column holds is an empty text. */
export class TableCells<Field> {
  readonly #grid: SheetGrid;
  readonly #columns: ReadonlyMap<Field, number>;

  constructor(grid: SheetGrid, columns: ReadonlyMap<Field, number>) {
    this.#grid = grid;
    this.#columns = columns;
  }

  /** What is written in the row itself. */
  own(row: number, field: Field): string {
    const column = this.#columns.get(field);
    return column === undefined ? '' : this.#grid.own(row, column);
  }

  /** What the row shows, merged areas from above included. */
  shown(row: number, field: Field): string {
    const column = this.#columns.get(field);
    return column === undefined ? '' : this.#grid.text(row, column);
  }

  columnsOf(...fields: readonly Field[]): number[] {
    return fields.flatMap((field) => this.#columns.get(field) ?? []);
  }
}

/** The one thing written in a row, be it in one cell or in each of several; undefined where there is more, or nothing. */
export function onlyText(grid: SheetGrid, row: number): string | undefined {
  const texts = new Set<string>();
  for (let column = 0; column < grid.columns; column += 1) {
    const text = grid.own(row, column);
    if (text !== '') texts.add(text);
  }
  return texts.size === 1 ? [...texts][0] : undefined;
}

/** As much of a text as a message quotes, on one line. @param most UTF-16 units */
export function shorten(text: string, most = 60): string {
  const line = joinName(text);
  return line.length > most ? `${cutText(line, most)}…` : line;
}
