import { describe, expect, test } from '@jest/globals';
import { SheetGrid } from '@mandate/workbook';
import { onlyText, shorten, TableCells } from './table-cells.ts';

const grid = new SheetGrid({
  name: '表',
  hidden: false,
  cells: [
    { row: 0, column: 0, text: '甲' },
    { row: 0, column: 1, text: '乙' },
    { row: 1, column: 1, text: '丙' },
    { row: 2, column: 0, text: '说明' },
    { row: 2, column: 1, text: '说明' },
  ],
  merges: [{ top: 0, bottom: 1, left: 0, right: 0 }],
  hiddenRows: new Set(),
  hiddenColumns: new Set(),
  errors: [],
  mended: [],
});

describe('the cells of a table', () => {
  test('are those of the row, or what it shows from above; a field without a column is empty', () => {
    const cells = new TableCells(grid, new Map<'one' | 'two', number>([['one', 0]]));
    expect([cells.own(1, 'one'), cells.shown(1, 'one'), cells.own(0, 'two')]).toEqual(['', '甲', '']);
    expect(cells.columnsOf('one', 'two')).toEqual([0]);
  });

  test('say one thing where it stands once or in each of several', () => {
    expect([0, 1, 2, 3].map((row) => onlyText(grid, row))).toEqual([undefined, '丙', '说明', undefined]);
  });

  test('are quoted without half of a character', () => {
    expect(shorten(`${'字'.repeat(59)}𠮷尾`)).toBe(`${'字'.repeat(59)}…`);
    expect(shorten('字'.repeat(60))).toBe('字'.repeat(60));
  });
});
