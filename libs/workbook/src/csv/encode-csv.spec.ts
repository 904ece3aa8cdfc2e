import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeCsv, parseCsvCell } from './encode-csv.ts';

const cellOf = (text: string): string =>
  encodeCsv([[text]])
    .replace(/^\ufeff"?|"?\r\n$/g, '')
    .replaceAll('""', '"');

describe('a cell of CSV', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@A',
    '\t=1',
    '\r=1',
    '\tA',
    '\nA',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    "'=1",
  ])('is no formula: %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  });

  test.each(['一、=', "'甲'", 'a=b', '1-2', ''])('stays as it is: %j', (text) => {
    expect(cellOf(text)).toBe(text);
  });

  test('of a number is a number', () => {
    expect(encodeCsv([[-3, undefined, 0.5]])).toBe('\ufeff-3,,0.5\r\n');
  });

  test('comes back as it was, whatever stands in it', () => {
    const start = fc.constantFrom('', "'", "''", '=', '+', '＝', '\t', ' -');
    fc.assert(
      fc.property(start, fc.string(), (before, rest) => {
        expect(parseCsvCell(cellOf(before + rest))).toBe(before + rest);
      }),
    );
  });
});

test('rows end with CR LF, and what would part cells or rows stands in quotes', () => {
  expect(
    encodeCsv([
      ['甲', '乙,丙'],
      ['"丁"', '戊\n己'],
    ]),
  ).toBe('\ufeff甲,"乙,丙"\r\n"""丁""","戊\n己"\r\n');
});
