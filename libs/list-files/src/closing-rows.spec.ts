import { describe, expect, test } from '@jest/globals';
import { makeWorkbook } from '../../../test/support/workbook.ts';
import type { SourceFile } from './source-file.ts';
import { readSourceFile } from './read-source-file.ts';

const read = (rows: string[][]): SourceFile => readSourceFile('清单.xlsx', makeWorkbook([{ rows }]));
const notes = ({ sheets }: SourceFile): string[] =>
  sheets.flatMap(({ warnings }) =>
    warnings.filter(({ code }) => code === 'note').map(({ message }) => message),
  );
/** A sum, then organ and day at the right, then who signs. */
const closing = (width: number): string[][] => {
  const blank = Array.from({ length: width }, () => '');
  return [
    ['合计', '2项', ...blank.slice(2)],
    blank.with(width - 1, '示例市城市管理局'),
    blank.with(width - 1, '2025年3月1日'),
    ['填表人：张三', ...blank.slice(2), '审核人：李四'],
  ];
};

describe('what closes a table', () => {
  test('is no standard of discretion and no tier of the last one', () => {
    const source = read([
      ['示例市城市管理局行政处罚裁量基准'],
      ['序号', '违法行为', '处罚依据', '裁量阶次', '适用条件', '具体标准'],
      ['1', '占道经营', '《条例》第三十条', '轻微', '首次', '警告'],
      ['2', '乱贴广告', '《条例》第三十一条', '轻微', '首次', '警告'],
      ...closing(6),
    ]);
    if (source.register !== 'discretion') throw new Error(source.register);
    expect(source.items.map(({ standard }) => [standard.conduct, standard.tiers.length])).toEqual([
      ['占道经营', 1],
      ['乱贴广告', 1],
    ]);
    expect(notes(source)).toHaveLength(4);
  });

  test('is no measure of foreign investment and goes on with none', () => {
    const source = read([
      ['外商投资准入特别管理措施（负面清单）（2025年版）'],
      ['序号', '领域', '特别管理措施'],
      ['1', '渔业', '禁止投资水产品捕捞。'],
      ['2', '稀土', '禁止投资稀土勘查。'],
      ...closing(3),
    ]);
    if (source.register !== 'negative-list-item') throw new Error(source.register);
    expect(source.items.map(({ item }) => item.measures.map(({ text }) => text))).toEqual([
      ['禁止投资水产品捕捞。'],
      ['禁止投资稀土勘查。'],
    ]);
    expect(notes(source)).toHaveLength(4);
  });

  test('is nothing unread of the official negative list', () => {
    const source = read([
      ['市场准入负面清单（2025年版）'],
      ['项目号', '禁止或许可事项', '事项编码', '禁止或许可准入措施描述', '主管部门'],
      ['一、禁止准入类', '', '', '', ''],
      ['1', '法律明确禁止的', '100001', '有关禁止性规定', ''],
      ['2', '不符合政策的', '100002', '有关限制性规定', ''],
      ...closing(5),
    ]);
    if (source.register !== 'negative-list-item') throw new Error(source.register);
    expect(source.items).toHaveLength(2);
    expect(source.unread).toEqual([]);
    expect(notes(source)).toHaveLength(4);
  });
});
