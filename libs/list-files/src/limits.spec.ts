import { describe, expect, test } from '@jest/globals';
import { encodeWorkbook, readWorkbook, WORKBOOK_LIMITS } from '@mandate/workbook';
import { IMPORT_LIMITS } from './limits.ts';
import { readSourceFile } from './read-source-file.ts';
import { markErrors } from './template/mark-errors.ts';

describe('a limit of the import', () => {
  test('of errors that are marked leaves out those beyond it, and says how many', () => {
    const file = encodeWorkbook([{ name: '事项', rows: [['甲'], ['乙'], ['丙']] }], 'form');
    const errors = [1, 2, 3].map((row) => ({ sheet: '事项', row, column: 'A', message: `错误${row}` }));
    const marked = (markedErrors: number): string[] => {
      const [list] = readWorkbook(markErrors(readWorkbook(file), errors, { markedErrors }));
      return Array.from({ length: list?.rows ?? 0 }, (_, row) => list?.text(row, 2) ?? '').slice(1);
    };
    expect(marked(3)).toEqual(['错误1', '错误2', '错误3']);
    expect(marked(2)).toEqual(['错误1', '错误2', '另有 1 处没有标出；请改好这些后重新提交。']);
  });

  test('of a workbook or a CSV is that of the reader, whatever the file is called', () => {
    expect(IMPORT_LIMITS).toMatchObject(WORKBOOK_LIMITS);
    const workbook = encodeWorkbook([{ name: '事项', rows: [['甲', '乙']] }], 'form');
    const csv = new TextEncoder().encode('甲,乙\n');
    for (const [name, bytes] of [
      ['a.xlsx', workbook],
      ['a.csv', workbook],
      ['a.csv', csv],
    ] as const)
      expect(() => readSourceFile(name, bytes, { limits: { ...IMPORT_LIMITS, columns: 1 } })).toThrow(
        expect.objectContaining({ code: 'too-large' }),
      );
  });

  test('allows over the network less than what is read', () => {
    expect(IMPORT_LIMITS.uploadBytes).toBeLessThan(IMPORT_LIMITS.fileBytes);
  });
});
