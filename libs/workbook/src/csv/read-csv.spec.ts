import { describe, expect, test } from '@jest/globals';
import { cleanText, mendText, utf8 } from '@mandate/encoding';
import fc from 'fast-check';
import { WorkbookError } from '../workbook.errors.ts';
import { encodeCsv } from './encode-csv.ts';
import { readCsv } from './read-csv.ts';

/** 项目号,事项 and 1,甲 in GB 18030, as Excel on a Chinese Windows saves it. */
const GB18030 = Uint8Array.from([
  0xcf, 0xee, 0xc4, 0xbf, 0xba, 0xc5, 0x2c, 0xca, 0xc2, 0xcf, 0xee, 0x0d, 0x0a, 0x31, 0x2c, 0xbc, 0xd7, 0x0d,
  0x0a,
]);

describe('a CSV', () => {
  test.each([
    ['UTF-8', utf8('项目号,事项\r\n1,甲\r\n')],
    ['UTF-8 with BOM', utf8('\ufeff项目号,事项\n1,甲')],
    ['GB 18030', GB18030],
    ['UTF-16 with BOM, by tabs', Uint8Array.from(Buffer.from('\ufeff项目号\t事项\r\n1\t甲\r\n', 'utf16le'))],
    ['semicolons', utf8('项目号;事项\n1;甲\n')],
    ['quotes', utf8('"项目号","事项"\n"1","甲"\n')],
  ])('is read in %s', (_name, bytes) => {
    const grid = readCsv(bytes);
    expect([0, 1].map((row) => [grid.text(row, 0), grid.text(row, 1)])).toEqual([
      ['项目号', '事项'],
      ['1', '甲'],
    ]);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', "'=1", '=cmd|" /C calc"!A0', '-', '+86 0990'])(
    'writes %j so that no program runs it, and reads it as it was',
    (text) => {
      const bytes = utf8(encodeCsv([[text]]));
      expect(new TextDecoder().decode(bytes).replace(/^["\ufeff]+/, '')).toMatch(/^'/);
      expect(readCsv(bytes).text(0, 0)).toBe(cleanText(text));
    },
  );

  test('gives back any cells', () => {
    const cell = fc
      .tuple(
        fc.constantFrom('', '=', '+', '-', '@', "'", '"', ',', ';', '＝'),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
      )
      // What may not stand in a text at all is taken out of a cell: such signs are no part of what it says.
      .map(([head, body]) => mendText(head + body).text);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          // A header keeps the separator from being guessed out of the cells.
          const grid = readCsv(utf8(encodeCsv([['甲', '乙', '丙', '丁'], ...rows])));
          rows.forEach((row, r) => {
            row.forEach((text, column) => {
              expect(grid.text(r + 1, column)).toBe(text);
            });
          });
        },
      ),
    );
  });

  test('is refused with a reason, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          readCsv(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WorkbookError);
        }
      }),
    );
  });

  test.each([
    ['not-a-workbook', Uint8Array.from([0xff, 0xff, 0xff])],
    ['damaged-workbook', utf8('甲,"乙\n')],
    ['too-large', utf8('甲\n'.repeat(100_002))],
    ['too-large', utf8(','.repeat(401) + '甲')],
  ])('that is %s says so', (code, bytes) => {
    expect(() => readCsv(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
