import { describe, expect, test } from '@jest/globals';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseCsvCell } from '@mandate/workbook';
import { encodeCsv } from '../../site/src/downloads/csv.ts';
import type { Table } from '../../site/src/downloads/table.ts';
import { encodeXlsx } from '../../site/src/downloads/xlsx.ts';

function table(rows: Table['rows'], title = '测试'): Table {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => ({
    key: `k${at}`,
    heading: `列${at}`,
    about: '',
  }));
  return { title, page: '/', columns, rows };
}

/** Texts of all kinds, and those that begin like a formula more often than by chance. */
const Text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '＝', "'="), fc.string())
    .map((parts) => parts.join('')),
);
const Rows = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.array(fc.array(Text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
  );

describe('CSV', () => {
  test('comes back as it was, but for an apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(Rows, (rows) => {
        const [, ...back] = parse(encodeCsv(table(rows)), { bom: true });
        expect(back.map((row) => row.map(parseCsvCell))).toEqual(rows);
      }),
    );
  });

  test('never begins a cell with what a spreadsheet runs', () => {
    fc.assert(
      fc.property(Rows, (rows) => {
        const back = parse(encodeCsv(table(rows)), { bom: true });
        for (const cell of back.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }),
    );
  });

  test('leaves numbers numbers, also below zero, and joins several values by lines', () => {
    expect(encodeCsv(table([[-3, ['甲', '乙'], true, undefined]])).split('\r\n')[1]).toBe('-3,"甲\n乙",是,');
  });
});

describe('XLSX', () => {
  test('comes back as it was to an outside reader, every text a text', () => {
    fc.assert(
      fc.property(Rows, (rows) => {
        const book = read(encodeXlsx(table(rows)), { cellFormula: true });
        const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
        const back: unknown[][] = utils.sheet_to_json(sheet, { header: 1, defval: '', blankrows: true });
        expect(back.slice(1).map((row) => row.map(plain))).toEqual(rows.map((row) => row.map(plain)));
        expect(JSON.stringify(sheet)).not.toContain('"f":');
      }),
      { numRuns: 60 },
    );
  });

  test('is the same file for the same table', () => {
    const rows = [['甲', 1, ['乙', '丙'], true]];
    expect(Buffer.from(encodeXlsx(table(rows)))).toEqual(Buffer.from(encodeXlsx(table(rows))));
  });

  test('cuts a text that no cell can hold, and says so; a sheet is named as sheets may be', () => {
    const book = read(encodeXlsx(table([['长'.repeat(40_000)]], "[示例]'市/场*监?督\\管:理".repeat(4))));
    const [name = ''] = book.SheetNames;
    expect(name.length).toBeLessThanOrEqual(31);
    expect(name).not.toMatch(/[:\\/?*[\]']/);
    const cell: unknown = book.Sheets[name]?.['A2']?.v;
    expect(cell).toMatch(/^长{32000,}……（过长/);
    expect(String(cell)).toHaveLength(32_767);
  });
});

/** What XML cannot hold, and how it ends lines; a text of nothing but `_x000D_` must come back as that. */
function plain(cell: unknown): string {
  return (
    String(cell)
      // eslint-disable-next-line no-control-regex -- they are what is meant
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
      .replace(/\r\n?/g, '\n')
  );
}
