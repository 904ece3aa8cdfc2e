import { columnLetters } from '../reading/sheet-grid.ts';
import type { Look } from './looks.ts';
import { type CellToWrite, type SheetToWrite, XML } from './sheet-to-write.ts';
import { attributeText, cellText } from './xml-text.ts';

/** What a drop-down may hold (ECMA-376 part 1, 18.3.1.33 as Excel reads it). */
const MAX_CHOICES = 255;
const MAX_ERROR_MESSAGE = 220;
/** Drop-downs reach so far, counted from 1. */
const LAST_ROW = 100_000;

/** One sheet as `xl/worksheets/sheet1.xml`. */
export function worksheet(sheet: SheetToWrite, look: Look): string {
  const { rows, headRows = 0, widths = [], choices = [], notes = [], filter = false } = sheet;
  const top = (headRows + 1).toString();
  const columns = rows[0]?.length ?? 0;
  return [
    notes.length > 0
      ? `<worksheet xmlns="${XML.main}" xmlns:r="${XML.relations}">`
      : `<worksheet xmlns="${XML.main}">`,
    headRows > 0
      ? `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRows.toString()}" topLeftCell="A${top}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      : '',
    widths.length > 0 ? `<cols>${widths.map((width, n) => column(width, n, look)).join('')}</cols>` : '',
    '<sheetData>',
    ...sheetRows(sheet, look),
    '</sheetData>',
    filter ? `<autoFilter ref="A1:${columnLetters(columns - 1)}${rows.length.toString()}"/>` : '',
    validations(choices, headRows),
    notes.length > 0 ? '<legacyDrawing r:id="r1"/>' : '',
    '</worksheet>',
  ].join('');
}

function column(width: number, n: number, look: Look): string {
  const number = (n + 1).toString();
  return `<col min="${number}" max="${number}" width="${width.toString()}"${look.column} customWidth="1"/>`;
}

function sheetRows({ rows, headRows = 0, notes = [] }: SheetToWrite, look: Look): string[] {
  const errors = new Set(
    notes.filter(({ error }) => error === true).map(({ row, column: at }) => `${row}:${at}`),
  );
  // A row may be shorter than the cells that are marked in it.
  const reach = new Map<number, number>();
  for (const { row, column: at } of notes) reach.set(row, Math.max(reach.get(row) ?? 0, at + 1));
  const most = [...reach.keys()].reduce((last, row) => Math.max(last, row + 1), rows.length);
  return Array.from({ length: most }, (_, row) => {
    const cells = rows[row] ?? [];
    const line = (row + 1).toString();
    const written = Array.from({ length: Math.max(cells.length, reach.get(row) ?? 0) }, (__, at) => {
      const error = errors.has(`${row}:${at}`);
      const style = error ? look.error : row < headRows ? look.head : look.text;
      const place = look.blank === '' ? ` r="${columnLetters(at)}${line}"` : '';
      return cellXml(cells[at], {
        place,
        style: ` s="${style.toString()}"`,
        blank: error ? undefined : look.blank,
      });
    });
    return `${look.blank === '' ? `<row r="${line}">` : '<row>'}${written.join('')}</row>`;
  });
}

/** @param said.blank for a cell without words; absent where its style says something */
function cellXml(
  value: CellToWrite,
  said: { readonly place: string; readonly style: string; readonly blank: string | undefined },
): string {
  const { place, style, blank } = said;
  if (value === undefined || value === '') return blank ?? `<c${place}${style}/>`;
  if (typeof value === 'number') return `<c${place}><v>${value.toString()}</v></c>`;
  return `<c${place} t="inlineStr"${style}><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
}

function validations(choices: NonNullable<SheetToWrite['choices']>, headRows: number): string {
  const fitting = choices.filter(({ words }) => words.join(',').length <= MAX_CHOICES);
  if (fitting.length === 0) return '';
  const lists = fitting.map(({ column: at, words }) => {
    const letter = columnLetters(at);
    const area = `${letter}${(headRows + 1).toString()}:${letter}${LAST_ROW.toString()}`;
    const error = `请从下拉列表中选择：${words.join('、')}`.slice(0, MAX_ERROR_MESSAGE);
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="填写有误" error="${attributeText(error)}" sqref="${area}"><formula1>"${cellText(words.join(','))}"</formula1></dataValidation>`;
  });
  return `<dataValidations count="${lists.length.toString()}">${lists.join('')}</dataValidations>`;
}
