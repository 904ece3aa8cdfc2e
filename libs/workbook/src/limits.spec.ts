import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import { makeWorkbook } from '../../../test/support/workbook.ts';
import { readCsv } from './csv/read-csv.ts';
import { WORKBOOK_LIMITS, type WorkbookLimits } from './limits.ts';
import { readWorkbook } from './reading/read-workbook.ts';
import { WorkbookError } from './workbook.errors.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const WORDS = makeWorkbook([{ rows: [['甲', '乙'], ['丙丁'], [undefined, '戊']], merges: ['A2:B2'] }]);
const XLS = makeWorkbook([{ rows: [['甲', '乙']] }], 'biff8');
const CSV = bytesOf('甲,乙,丙\n丁戊\n');
const parts = unzipSync(WORDS);
const sizes = Object.values(parts).map(({ length }) => length);

/** An .xlsx whose one sheet is this, or with these parts changed. */
function withParts(changed: Readonly<Record<string, string>>): Uint8Array {
  const texts = Object.entries(changed).map(([name, text]) => [name, bytesOf(text)] as const);
  return zipSync({ ...parts, ...Object.fromEntries(texts) });
}
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const sheet = (data: string, prefix = ''): Uint8Array =>
  withParts({
    'xl/worksheets/sheet1.xml': `<${prefix}worksheet xmlns${prefix && ':x'}="${MAIN}"><${prefix}sheetData>${data}</${prefix}sheetData></${prefix}worksheet>`,
  });
const XLSB = makeWorkbook([{ rows: [['甲'.repeat(2_000)]] }], 'xlsb');
const xlsbPart = Math.max(
  ...Object.entries(unzipSync(XLSB)).flatMap(([name, { length }]) => (name.endsWith('.bin') ? [length] : [])),
);
/** A spreadsheet of one cell that stands for twelve. */
const ODS = ((): Uint8Array => {
  const ods = unzipSync(makeWorkbook([{ rows: [['甲']] }], 'ods'));
  const content = new TextDecoder().decode(ods['content.xml']);
  const many = content
    .replace('<table:table-row>', '<table:table-row table:number-rows-repeated="3">')
    .replace('<table:table-cell ', '<table:table-cell table:number-columns-repeated="4" ');
  return zipSync({ ...ods, 'content.xml': bytesOf(many) });
})();
const TALK = sheet(`<row r="1">${'<c t="str"><v>甲</v></c>'.repeat(100)}</row>`);
const BOMB = withParts({ 'xl/worksheets/blank.xml': ' '.repeat(100_000) });

interface Case {
  readonly limit: keyof WorkbookLimits;
  readonly what: string;
  readonly bytes: Uint8Array;
  /** the file has so much, and is read where so much is allowed */
  readonly most: number;
  readonly with?: Partial<WorkbookLimits>;
  readonly read?: (bytes: Uint8Array, limits: WorkbookLimits) => unknown;
}

const CASES: readonly Case[] = [
  { limit: 'fileBytes', what: 'an .xlsx', bytes: WORDS, most: WORDS.length },
  { limit: 'fileBytes', what: 'an .xls', bytes: XLS, most: XLS.length },
  { limit: 'binaryBytes', what: 'an .xls', bytes: XLS, most: XLS.length },
  { limit: 'binaryBytes', what: 'a part of an .xlsb', bytes: XLSB, most: xlsbPart },
  { limit: 'csvBytes', what: 'a CSV', bytes: CSV, most: CSV.length, read: readCsv },
  { limit: 'zipParts', what: 'an archive of many parts', bytes: WORDS, most: sizes.length },
  { limit: 'partBytes', what: 'a long part', bytes: WORDS, most: Math.max(...sizes) },
  {
    limit: 'unpackedBytes',
    what: 'parts that are long together',
    bytes: WORDS,
    most: sizes.reduce((sum, size) => sum + size, 0),
  },
  {
    limit: 'unpackedRatio',
    what: 'a bomb',
    bytes: BOMB,
    most: 1_032,
    with: { ratioFromBytes: 50_000 },
  },
  { limit: 'ratioFromBytes', what: 'a bomb', bytes: BOMB, most: 100_000, with: { unpackedRatio: 20 } },
  {
    limit: 'cells',
    what: 'cells without words',
    bytes: sheet(`<row r="1">${'<c/><c s="0"/><c\ns="0"></c><c></c>'.repeat(5)}</row>`),
    most: 20,
  },
  {
    limit: 'cells',
    what: 'cells of a prefix',
    bytes: sheet(`<x:row r="1">${'<x:c s="0"/>'.repeat(20)}</x:row>`, 'x:'),
    most: 20,
  },
  { limit: 'cells', what: 'one cell of OpenDocument that stands for many', bytes: ODS, most: 12 },
  { limit: 'cells', what: 'cells of an .xls', bytes: XLS, most: 2 },
  {
    limit: 'sheets',
    what: 'sheets',
    bytes: makeWorkbook([{ rows: [['甲']] }, { rows: [['乙']] }, { rows: [] }]),
    most: 3,
  },
  { limit: 'rows', what: 'rows', bytes: WORDS, most: 3 },
  { limit: 'rows', what: 'rows of a CSV', bytes: CSV, most: 2, read: readCsv },
  { limit: 'columns', what: 'columns', bytes: WORDS, most: 2 },
  { limit: 'columns', what: 'columns of a CSV', bytes: CSV, most: 3, read: readCsv },
  { limit: 'mergedCells', what: 'merged cells', bytes: WORDS, most: 2 },
  { limit: 'cellCharacters', what: 'a cell', bytes: WORDS, most: 2 },
  { limit: 'cellCharacters', what: 'a cell of a CSV', bytes: CSV, most: 2, read: readCsv },
  { limit: 'textCharacters', what: 'all cells together', bytes: TALK, most: 100 },
];

// The reader of workbooks writes what it makes of strange ones to the console.
beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  jest.restoreAllMocks();
});

function codeOf({ bytes, read = readWorkbook }: Case, limits: WorkbookLimits): string {
  try {
    read(bytes, limits);
    return 'read';
  } catch (error) {
    if (error instanceof WorkbookError) return error.code;
    throw error;
  }
}

describe('a limit', () => {
  test.each(CASES)('of $limit lets through just what it allows: $what', (one) => {
    const limits = { ...WORKBOOK_LIMITS, ...one.with };
    expect(codeOf(one, { ...limits, [one.limit]: one.most })).toBe('read');
    const less = one.limit === 'unpackedRatio' ? 20 : one.most - 1;
    expect(codeOf(one, { ...limits, [one.limit]: less })).toBe('too-large');
  });

  test('is there for everything that is bounded, and each is held by a case', () => {
    expect(new Set(CASES.map(({ limit }) => limit))).toEqual(new Set(Object.keys(WORKBOOK_LIMITS)));
  });

  test('holds also where nobody gives one', () => {
    const long = bytesOf(`${'甲'.repeat(WORKBOOK_LIMITS.cellCharacters + 1)}\n`);
    expect(() => readCsv(long)).toThrow(expect.objectContaining({ code: 'too-large' }));
    const wide = makeWorkbook([{ rows: [Array.from({ length: WORKBOOK_LIMITS.columns + 1 }, () => '甲')] }]);
    expect(() => readWorkbook(wide)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

test('a row or column of a number that no sheet has costs no time', () => {
  for (const place of ['A4294967290', 'ZZZZZZ1'])
    expect(() =>
      readWorkbook(sheet(`<row r="${place.replace(/\D/g, '')}"><c r="${place}" t="str"><v>甲</v></c></row>`)),
    ).toThrow(WorkbookError);
});

test('a width said of columns that no sheet has is refused', () => {
  const cols = (max: string): Uint8Array =>
    withParts({
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><cols><col min="1" max="${max}" width="9"/></cols><sheetData/></worksheet>`,
    });
  expect(readWorkbook(cols('16384'))).toHaveLength(1);
  expect(() => readWorkbook(cols('4000000000'))).toThrow(expect.objectContaining({ code: 'too-large' }));
});

test.each([
  ['a half character', '_xD800_'],
  ['NUL', '_x0000_'],
  ['an override of the direction', '\u202e'],
  ['a zero-width joiner', '\u200d'],
])('%s in a cell is left out, and told', (_name, sign) => {
  const row = `<row r="1"><c t="inlineStr"><is><t>甲${sign}乙</t></is></c><c t="inlineStr"><is><t>𠀀</t></is></c></row>`;
  const [grid] = readWorkbook(sheet(row));
  expect([grid?.text(0, 0), grid?.text(0, 1)]).toEqual(['甲乙', '𠀀']);
  expect(grid?.mended).toEqual([{ row: 0, column: 0, text: '甲乙', mendings: ['hidden-signs'] }]);
});

test('of a file that is .xlsx and .ods at once only what Excel would see is read', () => {
  const ods = unzipSync(makeWorkbook([{ rows: [['给别人看的']] }], 'ods'));
  const [grid] = readWorkbook(zipSync({ ...ods, ...parts }));
  expect(grid?.text(0, 0)).toBe('甲');
});

test('a part in UTF-16, in which no cell would be counted, is refused', () => {
  const text = new Uint8Array(Buffer.from('\ufeff<worksheet/>', 'utf16le'));
  const file = zipSync({ ...parts, 'xl/worksheets/sheet1.xml': text });
  expect(() => readWorkbook(file)).toThrow(expect.objectContaining({ code: 'damaged-workbook' }));
});
