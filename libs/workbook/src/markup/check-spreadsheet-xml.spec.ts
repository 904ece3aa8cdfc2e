import { expect, test } from '@jest/globals';
import { WORKBOOK_LIMITS } from '../limits.ts';
import { checkSpreadsheetXml } from './check-spreadsheet-xml.ts';

const LIMITS = { ...WORKBOOK_LIMITS, cells: 4, sheets: 2 };
const wide = (count: number): string => '<Column ss:Span="16384"/>'.repeat(count);

// What a sheet may hold is asked again of what was read: this is asked before anything is made of it.
test.each([
  ['cells', '<Cell/>'.repeat(4), '<Cell/>'.repeat(5)],
  ['cells of a prefix', '<ss:Cell ss:Index="2">'.repeat(4), '<ss:Cell ss:Index="2">'.repeat(5)],
  ['sheets', '<Worksheet>'.repeat(2), '<Worksheet>'.repeat(3)],
  ['columns that are spanned', wide(65), wide(66)],
  ['rows of one number', '<Row ss:Index="1048576">', '<Row ss:Index="1048577">'],
])('XML is read up to its limit of %s, and no further', (_what, most, more) => {
  expect(() => {
    checkSpreadsheetXml(most, LIMITS);
  }).not.toThrow();
  expect(() => {
    checkSpreadsheetXml(more, LIMITS);
  }).toThrow(expect.objectContaining({ code: 'too-large' }));
});
