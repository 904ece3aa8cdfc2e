import { CFB, utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { makeWorkbook } from '../../../../test/support/workbook.ts';
import { makeArchive } from '../../../../test/support/zip-archive.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { readWorkbook } from './read-workbook.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (bytes: Uint8Array): string => {
  try {
    readWorkbook(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof WorkbookError) return error.code;
    throw error;
  }
};

// The reader of workbooks writes what it makes of damaged ones to the console.
beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  jest.restoreAllMocks();
});

describe('a workbook', () => {
  test.each(['xlsx', 'xls', 'biff8', 'xlsm', 'xlsb', 'ods'] as const)(
    'is read by what it is (%s), with its merged cells',
    (bookType) => {
      const bytes = makeWorkbook(
        [
          {
            name: '行政许可（2项）',
            rows: [['标题'], ['甲', '乙'], [undefined, '丙']],
            merges: ['A1:B1', 'A2:A3'],
          },
        ],
        bookType,
      );
      const [sheet] = readWorkbook(bytes);
      expect(sheet?.name).toBe('行政许可（2项）');
      expect([0, 1, 2].map((row) => [sheet?.text(row, 0), sheet?.text(row, 1)])).toEqual([
        ['标题', '标题'],
        ['甲', '乙'],
        ['甲', '丙'],
      ]);
      expect(sheet?.own(2, 0)).toBe('');
    },
  );

  test('keeps cells that look like formulas as the text they are', () => {
    const rows = [['=HYPERLINK("http://example.org")', '+1', '-1', '@SUM(A1)']];
    for (const bookType of ['xlsx', 'xls'] as const) {
      const [sheet] = readWorkbook(makeWorkbook([{ rows }], bookType));
      expect([0, 1, 2, 3].map((column) => sheet?.text(0, column))).toEqual(rows[0]);
    }
  });

  test('takes the saved value of a formula and never evaluates it', () => {
    const sheet = utils.aoa_to_sheet([['x', 'y', 'z']]);
    sheet['A1'] = { t: 'n', v: 7, f: '1+1' };
    sheet['B1'] = { t: 's', v: '已存', f: 'WEBSERVICE("http://example.org")' };
    sheet['C1'] = { t: 'e', v: 0x17, f: '1/0' };
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'a');
    // With type 'array' the writer gives an ArrayBuffer; its own type says any.
    const [grid] = readWorkbook(
      new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
    );
    expect([grid?.text(0, 0), grid?.text(0, 1), grid?.text(0, 2)]).toEqual(['7', '已存', '#REF!']);
    expect(grid?.errors).toEqual([{ row: 0, column: 2, text: '#REF!' }]);
  });

  test('tells what stands under a merged area apart from what is shown', () => {
    const bytes = makeWorkbook([{ rows: [['上面'], ['下面']], merges: ['A1:A2'] }]);
    const [sheet] = readWorkbook(bytes);
    expect(sheet?.text(1, 0)).toBe('上面');
    expect(sheet?.covered).toEqual([{ row: 1, column: 0, text: '下面' }]);
  });

  test('survives merged areas over the whole sheet', () => {
    const [sheet] = readWorkbook(makeWorkbook([{ rows: [['甲'], ['乙']], merges: ['A1:XFD1048576'] }]));
    expect([sheet?.rows, sheet?.columns, sheet?.text(1, 0)]).toEqual([2, 1, '甲']);
  });
});

describe('refuses', () => {
  const xlsx = makeWorkbook([{ rows: [['甲', '乙']] }]);
  const xls = makeWorkbook([{ rows: [['甲', '乙']] }], 'biff8');

  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(), 'not-a-workbook'],
    ['a text with commas', bytesOf('序号,事项名称\n1,甲\n'), 'not-a-workbook'],
    [
      'a web page named .xls',
      bytesOf('\n<html><table><tr><td>序号</td></tr></table></html>'),
      'not-a-workbook',
    ],
    ['an XML workbook', bytesOf('<?xml version="1.0"?><Workbook/>'), 'not-a-workbook'],
    ['a PDF', bytesOf('%PDF-1.7\n'), 'not-a-workbook'],
    ['an .xlsx cut in the middle', xlsx.subarray(0, xlsx.length >> 1), 'damaged-workbook'],
    ['an .xls cut in the middle', xls.subarray(0, 700), 'damaged-workbook'],
    ['a zip that is no workbook', makeArchive([{ name: 'a.txt', data: bytesOf('hello') }]), 'not-a-workbook'],
    [
      'a compound file that is no workbook',
      compound({ '/WordDocument': bytesOf('hello') }),
      'not-a-workbook',
    ],
    [
      'an encrypted workbook',
      compound({ '/EncryptionInfo': new Uint8Array(64), '/EncryptedPackage': new Uint8Array(64) }),
      'password-protected',
    ],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  test('an .xls whose records are out of step, so that its reader puts a cell at no place', () => {
    const changed = Uint8Array.from(makeWorkbook([{ rows: [['甲', '乙']] }], 'xls'));
    // CalcCount, two bytes long, 100 of them.
    const record = Buffer.from(changed).indexOf('0c0002006400', 'hex');
    changed[record + 2] = 188;
    expect(codeOf(changed)).toBe('damaged-workbook');
  });

  test('a part that unpacks to more than it says', () => {
    const bomb = makeArchive([{ name: 'xl/workbook.xml', data: new Uint8Array(50_000_000), stated: 10 }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(codeOf(bomb)).toBe('damaged-workbook');
  });

  test('parts that say they unpack to gigabytes', () => {
    const one = { data: new Uint8Array(1_000), stated: 0x1fffffff };
    expect(
      codeOf(
        makeArchive([
          { name: 'xl/a', ...one },
          { name: '[Content_Types].xml', ...one },
        ]),
      ),
    ).toBe('too-large');
  });

  test('a sheet of a million rows or of thousands of columns', () => {
    const far = (address: string): Uint8Array => {
      const book = utils.book_new();
      utils.book_append_sheet(book, { '!ref': `A1:${address}`, [address]: { t: 's', v: '甲' } }, 'a');
      // With type 'array' the writer gives an ArrayBuffer; its own type says any.
      return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    };
    expect(codeOf(far('A1048576'))).toBe('too-large');
    expect(codeOf(far('XFD1'))).toBe('too-large');
  });

  test('anything else with a coded error, never another', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom([], [0x50, 0x4b, 3, 4], [...xls.subarray(0, 8)]),
        (tail, head) => {
          expect(typeof codeOf(Uint8Array.from([...head, ...tail]))).toBe('string');
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(xlsx, xls),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        (bytes, changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, value] of changes) changed[at % changed.length] = value;
          expect(typeof codeOf(changed)).toBe('string');
        },
      ),
      { numRuns: 300 },
    );
  });
});

function compound(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const file = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, name, Buffer.from(content));
  // CFB.write gives bytes for type 'array'; its type says any.
  return new Uint8Array(CFB.write(file, { type: 'array' }) as number[]);
}
