import { escapeXml } from '../text/xml.ts';
import { shownCell, type Cell, type Table } from './table.ts';

// Written out rather than by a library: a list of 30,000 items takes a second instead of ten, and a change of one item
// writes its category's whole list anew. Outside readers open it in the tests.

/** What a cell of a workbook holds at most, in UTF-16 units. */
const MAX_CELL = 32_767;
const CUT = '……（过长，全文见 JSON 或事项页面）';
/** Sheet names: none of : \ / ? * [ ], no quote at an end, 31 units. */
const NOT_IN_SHEET_NAME = /[:\\/?*[\]']/g;
/** `_x000D_` in a text would be read as the character it names (ECMA-376 part 1, 22.9.2.19). */
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** One file in a workbook, which is a ZIP archive. */
export interface WorkbookPart {
  readonly name: string;
  readonly text: string;
}

/** A workbook of one sheet, not yet packed. Every text is a text cell, so nothing in it is ever a formula. */
export function workbookParts(table: Table): WorkbookPart[] {
  const name = escapeXml(table.title.replace(NOT_IN_SHEET_NAME, ' ').slice(0, 31));
  return [
    {
      name: '[Content_Types].xml',
      text: `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', text: XML + STYLES },
    { name: 'xl/worksheets/sheet1.xml', text: XML + sheet(table) },
  ];
}

/** 0 plain, 1 the heading, 2 text that breaks its lines. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"><alignment vertical="top"/></xf><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

function sheet({ columns, rows }: Table): string {
  const widths = columns.map(
    ({ width = 16 }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const lines = [columns.map(({ heading }) => textCell(heading, 1)), ...rows.map((row) => row.map(cellXml))];
  return [
    `<worksheet xmlns="${MAIN}">`,
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols>${widths.join('')}</cols>`,
    '<sheetData>',
    ...lines.map((cells) => `<row>${cells.join('')}</row>`),
    '</sheetData>',
    `<autoFilter ref="A1:${columnName(columns.length)}${rows.length + 1}"/>`,
    '</worksheet>',
  ].join('');
}

function cellXml(cell: Cell): string {
  const shown = shownCell(cell);
  if (shown === '') return '<c/>';
  if (typeof shown === 'number') return `<c><v>${shown}</v></c>`;
  return textCell(shown.length <= MAX_CELL ? shown : shown.slice(0, MAX_CELL - CUT.length) + CUT, 2);
}

function textCell(text: string, style: number): string {
  const words = escapeXml(text.replace(ESCAPE, '_x005F_'));
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${words}</t></is></c>`;
}

/** 1 → A, 27 → AA */
function columnName(number: number): string {
  const letter = String.fromCharCode(65 + ((number - 1) % 26));
  return number > 26 ? columnName(Math.floor((number - 1) / 26)) + letter : letter;
}
