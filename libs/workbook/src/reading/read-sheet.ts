import { mendText, withoutFaults } from '@mandate/encoding';
import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { WorkbookLimits } from '../limits.ts';
import { DAMAGED_ADVICE, WorkbookError } from '../workbook.errors.ts';
import { columnLetters, type GridCell, type MendedCell, type Merge, SheetGrid } from './sheet-grid.ts';

/** Reads the sheets of one workbook, which share what a workbook may hold at most. */
export class SheetReader {
  readonly #limits: WorkbookLimits;
  #cells = 0;
  #characters = 0;

  constructor(limits: WorkbookLimits) {
    this.#limits = limits;
  }

  /** @throws WorkbookError `too-large` */
  read(name: string, hidden: boolean, sheet: WorkSheet): SheetGrid {
    const cells: GridCell[] = [];
    const errors: GridCell[] = [];
    const mended: MendedCell[] = [];
    for (const [row, line] of placed(sheet['!data']))
      for (const [column, cell] of placed(line)) {
        const address = `${columnLetters(column)}${(row + 1).toString()}`;
        const shown = this.#text(cell, `工作表“${name}”的单元格 ${address}`);
        // Half a character, which XML can name (_xD800_), or one that turns the direction: in no list, and never signed.
        const { text, mendings } = mendText(shown);
        if (mendings.length > 0) mended.push({ row, column, text, mendings });
        if (text === '') continue;
        // Only rows with words count: sheets are often formatted down to their last row.
        this.#verifyPlace(name, row, column);
        // An error stays what the list shows: a name that were blank instead would make of its row no row at all.
        if (cell.t === 'e') errors.push({ row, column, text });
        cells.push({ row, column, text });
      }
    return new SheetGrid({
      name: withoutFaults(name),
      hidden,
      cells,
      errors,
      mended,
      merges: this.#merges(name, sheet, cells),
      hiddenRows: hiddenOf(sheet['!rows']),
      hiddenColumns: hiddenOf(sheet['!cols']),
    });
  }

  #text(cell: CellObject, place: string): string {
    const { cellCharacters, cells, textCharacters } = this.#limits;
    const shown = shownText(cell);
    if (shown.length > cellCharacters)
      throw tooLarge(`${place} 超过 ${cellCharacters.toString()} 个字，未读取。`);
    if (shown !== '') this.#cells += 1;
    this.#characters += shown.length;
    if (this.#cells > cells) throw tooLarge(`工作簿超过 ${cells.toString()} 个单元格，未读取。`);
    if (this.#characters > textCharacters)
      throw tooLarge(`工作簿的文字超过 ${textCharacters.toString()} 个字，未读取。`);
    return shown;
  }

  #verifyPlace(name: string, row: number, column: number): void {
    const { rows, columns } = this.#limits;
    if (row >= rows) throw tooLarge(`工作表“${name}”超过 ${rows.toString()} 行，未读取。`);
    if (column >= columns) throw tooLarge(`工作表“${name}”超过 ${columns.toString()} 列，未读取。`);
  }

  #merges(name: string, sheet: WorkSheet, cells: readonly GridCell[]): Merge[] {
    const rows = cells.reduce((most, { row }) => Math.max(most, row + 1), 0);
    const columns = cells.reduce((most, { column }) => Math.max(most, column + 1), 0);
    let area = 0;
    const merges: Merge[] = [];
    for (const { s, e } of sheet['!merges'] ?? []) {
      const bottom = Math.min(e.r, rows - 1);
      const right = Math.min(e.c, columns - 1);
      if (s.r > bottom || s.c > right || s.r < 0 || s.c < 0) continue;
      area += (bottom - s.r + 1) * (right - s.c + 1);
      if (area > this.#limits.mergedCells) throw tooLarge(`工作表“${name}”的合并单元格过多，未读取。`);
      merges.push({ top: s.r, left: s.c, bottom, right });
    }
    return merges;
  }
}

/** A number or a date as the list shows it, a text as it is; also one that begins with = + - or @. */
function shownText(cell: CellObject): string {
  if (cell.v === undefined) return '';
  if (typeof cell.v === 'string') return cell.v;
  // A code of twelve digits in a cell without a format is shown as 6.50102E+11, but it is its digits.
  if (Number.isSafeInteger(cell.v) && /\dE\+\d/.test(cell.w ?? '')) return String(cell.v);
  return cell.w ?? String(cell.v);
}

function hiddenOf(places: readonly ({ hidden?: boolean } | undefined)[] | undefined): Set<number> {
  return new Set(placed(places).flatMap(([n, { hidden }]) => (hidden === true ? [n] : [])));
}

/**
 * What a list holds, by place: a file may put one thing at place 4,294,967,290, and nobody walks there over nothing.
 * @throws WorkbookError `damaged-workbook` for a thing at no place: the reader of a damaged file puts some at `NaN`
 */
function placed<T>(list: readonly (T | undefined)[] = []): [place: number, value: T][] {
  return Object.entries(list).flatMap(([key, value]): [number, T][] => {
    if (value === undefined) return [];
    const place = Number(key);
    if (!Number.isSafeInteger(place) || place < 0)
      throw new WorkbookError('damaged-workbook', DAMAGED_ADVICE);
    return [[place, value]];
  });
}

function tooLarge(message: string): WorkbookError {
  return new WorkbookError('too-large', message);
}
