import { describe, expect, test } from '@jest/globals';
import { parseReadingOptions, readingOptions } from './reading-options.ts';

describe('what a person says of a file’s columns', () => {
  test('is fields with the words that head their columns, a category and the column of the organs', () => {
    expect(
      parseReadingOptions({
        column: ['名称=许可事项名称', '实施依据＝设定和实施依据', '备注= a=b '],
        category: '行政许可',
        splitBy: ' 行使主体 ',
      }),
    ).toEqual({
      columns: { name: '许可事项名称', basisText: '设定和实施依据', remarks: 'a=b' },
      category: '01',
      splitBy: '行使主体',
    });
    expect(parseReadingOptions({ category: '06' })).toEqual({ category: '06' });
  });

  test('is nothing where nothing is said', () => {
    expect(parseReadingOptions({})).toEqual({});
    expect(readingOptions({ columns: {}, category: undefined })).toEqual({});
  });

  test.each([
    [{ column: ['许可事项名称'] }, '请写作“字段=文件里的表头”'],
    [{ column: ['=许可事项名称'] }, '请写作“字段=文件里的表头”'],
    [{ column: ['名称='] }, '请写作“字段=文件里的表头”'],
    [{ column: ['颜色=许可事项名称'] }, '没有“颜色”这个字段；可用的有：序号、事项名称'],
    [{ column: ['名称=甲', '事项名称=乙'] }, '“事项名称”只能指明一列'],
    [{ column: [`名称=${'长'.repeat(101)}`] }, '表头最多 100 个字'],
    [{ column: Array.from({ length: 41 }, () => '名称=甲') }, '最多 40 列'],
    [{ category: '行政备案' }, '不认识的权力类型“行政备案”；请用：行政许可、'],
    [{ splitBy: ' ' }, '请写出文件里的表头'],
  ])('%j is refused with words that help', (said, message) => {
    expect(() => parseReadingOptions(said)).toThrow(
      expect.objectContaining({
        issues: [expect.objectContaining({ message: expect.stringContaining(message) })],
      }),
    );
  });
});
