import { strToU8, zipSync } from 'fflate';
import { type LookName, LOOKS } from './looks.ts';
import { comments, noteShapes } from './notes-xml.ts';
import { type SheetToWrite, XML } from './sheet-to-write.ts';
import { worksheet } from './sheet-xml.ts';
import { sheetName } from './xml-text.ts';

// Written out rather than by a library: a list of 30,000 items takes a second instead of ten, and none of the libraries
// that are kept writes notes and drop-downs without its weight. Outside readers open it in the tests.

/** The first day a ZIP file knows, told as local by the format: the same everywhere. */
const NO_DATE = new Date(1980, 0, 1);

/**
 * Sheets → an .xlsx (ECMA-376) of text and numbers: no formula, no link, no macro, nothing from outside. The same sheets
 * give the same bytes.
 */
export function encodeWorkbook(sheets: readonly SheetToWrite[], lookName: LookName): Uint8Array<ArrayBuffer> {
  const look = LOOKS[lookName];
  const parts: Record<string, Uint8Array> = {};
  const put = (path: string, xml: string): void => {
    parts[path] = strToU8(XML.declaration + xml);
  };
  put('[Content_Types].xml', contentTypes(sheets));
  put('_rels/.rels', relations([[`${XML.relations}/officeDocument`, 'xl/workbook.xml']]));
  const listed = sheets.map(
    ({ name }, n) => `<sheet name="${sheetName(name)}" sheetId="${number(n)}" r:id="r${number(n)}"/>`,
  );
  put(
    'xl/workbook.xml',
    `<workbook xmlns="${XML.main}" xmlns:r="${XML.relations}"><sheets>${listed.join('')}</sheets></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    relations([
      ...sheets.map((_, n) => [`${XML.relations}/worksheet`, `worksheets/sheet${number(n)}.xml`] as const),
      [`${XML.relations}/styles`, 'styles.xml'],
    ]),
  );
  put('xl/styles.xml', look.styles);
  sheets.forEach((sheet, n) => {
    put(`xl/worksheets/sheet${number(n)}.xml`, worksheet(sheet, look));
    const { notes = [] } = sheet;
    if (notes.length === 0) return;
    put(
      `xl/worksheets/_rels/sheet${number(n)}.xml.rels`,
      relations([
        [`${XML.relations}/vmlDrawing`, `../drawings/notes${number(n)}.vml`],
        [`${XML.relations}/comments`, `../comments${number(n)}.xml`],
      ]),
    );
    put(`xl/comments${number(n)}.xml`, comments(notes));
    put(`xl/drawings/notes${number(n)}.vml`, noteShapes(notes));
  });
  return new Uint8Array(zipSync(parts, { mtime: NO_DATE }));
}

function contentTypes(sheets: readonly SheetToWrite[]): string {
  const noted = sheets.flatMap(({ notes = [] }, n) => (notes.length > 0 ? [number(n)] : []));
  const parts = [
    ['/xl/workbook.xml', `${XML.types}.sheet.main+xml`],
    ...sheets.map((_, n) => [`/xl/worksheets/sheet${number(n)}.xml`, `${XML.types}.worksheet+xml`]),
    ['/xl/styles.xml', `${XML.types}.styles+xml`],
    ...noted.map((n) => [`/xl/comments${n}.xml`, `${XML.types}.comments+xml`]),
  ].map(([name = '', type = '']) => `<Override PartName="${name}" ContentType="${type}"/>`);
  const drawings =
    noted.length > 0
      ? '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
      : '';
  return `<Types xmlns="${XML.package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${drawings}${parts.join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], n) => `<Relationship Id="r${number(n)}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${XML.package}/relationships">${all.join('')}</Relationships>`;
}

/** Counted from 1, as OOXML does. */
function number(n: number): string {
  return (n + 1).toString();
}
