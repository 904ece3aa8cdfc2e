import { strToU8, zipSync } from 'fflate';
import { columnLetters } from '../sheet-grid.ts';

/** A sheet to be written. Rows and columns count from 0; every cell is text, whatever it begins with. */
export interface SheetToWrite {
  readonly name: string;
  readonly rows: readonly (readonly (string | undefined)[])[];
  /** rows at the top that stay in sight and are set as a header */
  readonly headRows?: number;
  /** in characters */
  readonly widths?: readonly number[];
  /** drop-down lists; the words together at most 255 characters */
  readonly choices?: readonly { readonly column: number; readonly words: readonly string[] }[];
  /** notes that a program shows at the cell; `error` also paints it */
  readonly notes?: readonly {
    readonly row: number;
    readonly column: number;
    readonly text: string;
    readonly error?: boolean;
  }[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** What a drop-down may hold (ECMA-376 part 1, 18.3.1.33 as Excel reads it). */
const MAX_CHOICES = 255;
const LAST_ROW = 100_000;

/** Places in the table of cell styles below. */
const STYLE = { text: 1, head: 2, error: 3 } as const;

/**
 * Sheets → an .xlsx (ECMA-376) of plain text: no formula, no link, no macro, nothing from outside. Every cell has the
 * text format and is marked as quoted, so that `=1+1` stays what it is also when somebody edits it, and a code of twelve
 * digits is not turned into a number. The same sheets give the same bytes.
 */
export function encodeWorkbook(sheets: readonly SheetToWrite[]): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const put = (path: string, xml: string): void => {
    files[path] = strToU8(HEAD + xml);
  };
  const noted = sheets.map(({ notes = [] }) => notes.length > 0);
  put('[Content_Types].xml', contentTypes(noted));
  put('_rels/.rels', relations([[`${RELATIONS}/officeDocument`, 'xl/workbook.xml']]));
  put(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets
      .map(({ name }, n) => `<sheet name="${attribute(name)}" sheetId="${id(n)}" r:id="rId${id(n)}"/>`)
      .join('')}</sheets></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, n) => [`${RELATIONS}/worksheet`, `worksheets/sheet${id(n)}.xml`] as const),
      [`${RELATIONS}/styles`, 'styles.xml'],
    ]),
  );
  put('xl/styles.xml', STYLES);
  sheets.forEach((sheet, n) => {
    put(`xl/worksheets/sheet${id(n)}.xml`, worksheet(sheet));
    if (!noted[n]) return;
    put(
      `xl/worksheets/_rels/sheet${id(n)}.xml.rels`,
      relations([
        [`${RELATIONS}/vmlDrawing`, `../drawings/notes${id(n)}.vml`],
        [`${RELATIONS}/comments`, `../comments${id(n)}.xml`],
      ]),
    );
    put(`xl/comments${id(n)}.xml`, comments(sheet));
    put(`xl/drawings/notes${id(n)}.vml`, noteShapes(sheet));
  });
  // A time of its own, told as local by the format: the same everywhere.
  return zipSync(files, { mtime: new Date(2000, 0, 1), level: 6 });
}

function worksheet(sheet: SheetToWrite): string {
  const { rows, headRows = 0, widths = [], choices = [], notes = [] } = sheet;
  const errors = new Set(
    notes.filter(({ error }) => error === true).map(({ row, column }) => `${row}:${column}`),
  );
  // A row may be shorter than the cells that are marked in it.
  const reach = new Map<number, number>();
  for (const { row, column } of notes) reach.set(row, Math.max(reach.get(row) ?? 0, column + 1));
  const most = [...reach.keys()].reduce((last, row) => Math.max(last, row + 1), rows.length);
  const lines = Array.from({ length: most }, (_, row) => {
    const cells = rows[row] ?? [];
    const columns = Math.max(cells.length, reach.get(row) ?? 0);
    const written = Array.from({ length: columns }, (__, column) => {
      const text = cells[column] ?? '';
      const error = errors.has(`${row}:${column}`);
      if (text === '' && !error) return '';
      const style = error ? STYLE.error : row < headRows ? STYLE.head : STYLE.text;
      const at = `<c r="${columnLetters(column)}${id(row)}" s="${style.toString()}"`;
      return text === ''
        ? `${at}/>`
        : `${at} t="inlineStr"><is><t xml:space="preserve">${content(text)}</t></is></c>`;
    });
    return `<row r="${id(row)}">${written.join('')}</row>`;
  });
  return [
    `<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}">`,
    headRows > 0
      ? `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRows.toString()}" topLeftCell="A${id(headRows)}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      : '',
    widths.length > 0
      ? `<cols>${widths
          .map(
            (width, n) =>
              `<col min="${id(n)}" max="${id(n)}" width="${width.toString()}" style="${STYLE.text.toString()}" customWidth="1"/>`,
          )
          .join('')}</cols>`
      : '',
    `<sheetData>${lines.join('')}</sheetData>`,
    validations(choices, headRows),
    notes.length > 0 ? '<legacyDrawing r:id="rId1"/>' : '',
    '</worksheet>',
  ].join('');
}

function validations(choices: SheetToWrite['choices'], headRows: number): string {
  const fitting = (choices ?? []).filter(({ words }) => words.join(',').length <= MAX_CHOICES);
  if (fitting.length === 0) return '';
  const lists = fitting.map(({ column, words }) => {
    const letter = columnLetters(column);
    const area = `${letter}${id(headRows)}:${letter}${LAST_ROW.toString()}`;
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorTitle="填写有误" error="${attribute(`请从下拉列表中选择：${words.join('、')}`.slice(0, 220))}" sqref="${area}"><formula1>"${content(words.join(','))}"</formula1></dataValidation>`;
  });
  return `<dataValidations count="${lists.length.toString()}">${lists.join('')}</dataValidations>`;
}

function comments({ notes = [] }: SheetToWrite): string {
  const list = notes.map(
    ({ row, column, text }) =>
      `<comment ref="${columnLetters(column)}${id(row)}" authorId="0"><text><r><t xml:space="preserve">${content(text)}</t></r></text></comment>`,
  );
  return `<comments xmlns="${MAIN}"><authors><author>明权</author></authors><commentList>${list.join('')}</commentList></comments>`;
}

/** Excel shows a comment only where this older drawing has a box for it. */
function noteShapes({ notes = [] }: SheetToWrite): string {
  const shapes = notes.map(({ row, column }, n) => {
    const anchor = [column + 1, 15, row, 2, column + 4, 15, row + 5, 4].join(', ');
    return `<v:shape id="_x0000_s${(1025 + n).toString()}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row.toString()}</x:Row><x:Column>${column.toString()}</x:Column></x:ClientData></v:shape>`;
  });
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`;
}

function contentTypes(noted: readonly boolean[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = [
    ['/xl/workbook.xml', `${type}.sheet.main+xml`],
    ['/xl/styles.xml', `${type}.styles+xml`],
    ...noted.map((_, n) => [`/xl/worksheets/sheet${id(n)}.xml`, `${type}.worksheet+xml`]),
    ...noted.flatMap((has, n) => (has ? [[`/xl/comments${id(n)}.xml`, `${type}.comments+xml`]] : [])),
  ].map(([name = '', kind = '']) => `<Override PartName="${name}" ContentType="${kind}"/>`);
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>${parts.join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], n) => `<Relationship Id="rId${id(n)}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

/** Normal, text, header, error: the last three quoted and of the text format (49). */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3EDF7"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color rgb="FF9AA5B1"/></left><right style="thin"><color rgb="FF9AA5B1"/></right><top style="thin"><color rgb="FF9AA5B1"/></top><bottom style="thin"><color rgb="FF9AA5B1"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${[
  [0, 0, 0],
  [1, 2, 1],
  [0, 3, 1],
]
  .map(
    ([font = 0, fill = 0, border = 0]) =>
      `<xf numFmtId="49" fontId="${font.toString()}" fillId="${fill.toString()}" borderId="${border.toString()}" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`,
  )
  .join(
    '',
  )}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** Counted from 1, as OOXML does. */
function id(n: number): string {
  return (n + 1).toString();
}

/** Text as XML can say it: what has no place in XML 1.0 goes, and `_x0041_` is kept from being read as A. */
function content(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- just those that XML cannot hold
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/\r/g, '&#13;')
  );
}

function attribute(text: string): string {
  return content(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;');
}
