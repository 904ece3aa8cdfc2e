import { columnLetters } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';
import { ITEM_SHEET } from '../template/authority-sheets.ts';
import { putAt, valueAt } from '../template/paths.ts';
import type { FilledRow } from '../template/read-sheet-rows.ts';
import { itemName } from './keep-listed.ts';
import { CODE_PATHS, readSavedCode } from './saved-codes.ts';

const COLUMNS = ITEM_SHEET.columns.filter(({ path }) => CODE_PATHS.includes(path));

/** Codes in the rows of a sheet that a spreadsheet may have saved; all rows are seen before the first is mended. */
export class SavedCodesReader {
  /** as `SavedSheet` has them */
  readonly unread = new Map<string, Readonly<Record<string, string>>>();
  readonly #zerosKept = new Set<string>();
  readonly #doubtful: ListWarning[] = [];
  readonly #restored: { readonly row: number; readonly column: string; readonly code: string }[] = [];

  see(row: FilledRow): void {
    for (const { header, path } of COLUMNS) if (/^0\d/.test(row.text(header))) this.#zerosKept.add(path);
  }

  /** Puts back what is missing of the codes of an item, or takes out what cannot be read, so that the rest of it is read. */
  mend(item: Record<string, unknown>, row: FilledRow): void {
    for (const column of COLUMNS) {
      const { header, path } = column;
      const text = valueAt(item, path);
      if (typeof text !== 'string') continue;
      const [category = '', name = ''] = [valueAt(item, 'category'), valueAt(item, 'name')].map(String);
      const code = readSavedCode(path, text, { category, zerosKept: this.#zerosKept.has(path) });
      if (code.is === 'whole') continue;
      const place = row.place(column);
      const at = { row: place.rowIndex + 1, column: columnLetters(place.columnIndex) };
      if (code.is === 'restored') {
        putAt(item, path, code.code);
        this.#restored.push({ ...at, code: code.code });
      } else {
        takeOut(item, path);
        this.#doubtful.push({ ...at, code: 'invalid-code', message: `${header}${code.message}` });
        const id = itemName({ category, name });
        this.unread.set(id, { ...this.unread.get(id), [path]: text });
      }
    }
  }

  /** What was put back is said once. */
  get warnings(): readonly ListWarning[] {
    const [first] = this.#restored;
    if (first === undefined) return this.#doubtful;
    const count = this.#restored.length.toString();
    const message = `${count} 个基本编码开头的 0 被表格软件去掉了，已按权力类型补回（如第 ${first.row.toString()} 行的 ${first.code}）。`;
    return [{ row: first.row, column: first.column, code: 'restored-code', message }, ...this.#doubtful];
  }
}

/** @param path of a code: `codes.base` */
function takeOut(item: Record<string, unknown>, path: string): void {
  const codes = valueAt(item, 'codes');
  if (typeof codes !== 'object' || codes === null) return;
  Reflect.deleteProperty(codes, path.slice(path.indexOf('.') + 1));
  if (Object.keys(codes).length === 0) Reflect.deleteProperty(item, 'codes');
}
