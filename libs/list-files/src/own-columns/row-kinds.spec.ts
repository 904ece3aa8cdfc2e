import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type TestSheet } from '../../../../test/support/workbook.ts';
import type { AuthoritySource } from '../source-file.ts';
import { readSourceFile } from '../read-source-file.ts';

function read(sheet: TestSheet): AuthoritySource {
  const source = readSourceFile('清单.xlsx', makeWorkbook([sheet]));
  if (source.register !== 'authority-item') throw new Error('no list of powers');
  return source;
}
const codesOf = ({ sheets }: AuthoritySource): string[] =>
  sheets.flatMap(({ warnings }) => warnings.map(({ code }) => code));
const messages = ({ sheets }: AuthoritySource): string =>
  sheets.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join('\n');
const contents = ({ items }: AuthoritySource) => items.map(({ content }) => content);
const names = ({ items }: AuthoritySource): string[] => items.map(({ name }) => name);

describe('rows that are no items', () => {
  const HEAD = ['事项名称', '设定依据', '行使主体', '备注'];
  const CHECK = ['档案检查', '《示例法》第三条', '示例市档案局', ''];

  test('sums and signatures under a list without numbers are told, and are no powers', () => {
    const list = read({
      rows: [
        ['示例市档案局行政检查事项清单'],
        HEAD,
        CHECK,
        ['对档案馆的检查', '《示例法》第四条', '示例市档案局', ''],
        ['合计', '2项', '', ''],
        ['填表人：张三', '审核人：李四', '', ''],
        ['示例市档案局', '', '', '2024年3月1日'],
      ],
    });
    expect(names(list)).toEqual(['档案检查', '对档案馆的检查']);
    expect(codesOf(list).filter((code) => code === 'note')).toHaveLength(3);
    expect(codesOf(list)).not.toContain('claimed-count');
    expect(messages(list)).toContain('合计或落款，未作为事项导入：“合计2项”');
  });

  test('the organ and the day at the right are no words of the last item', () => {
    const list = read({
      rows: [
        ['示例市档案局行政检查事项清单'],
        ['序号', ...HEAD],
        ['1', ...CHECK],
        ['', '', '', '示例市档案局', ''],
        ['', '', '', '二〇二四年三月一日', ''],
      ],
    });
    expect(contents(list)).toMatchObject([{ name: '档案检查', implementingOrgan: '示例市档案局' }]);
    expect(codesOf(list).filter((code) => code === 'note')).toHaveLength(2);
  });

  test('a telephone in a row of its own under an item stays the item’s', () => {
    const list = read({
      rows: [
        ['示例市档案局行政检查事项清单'],
        ['序号', ...HEAD],
        ['1', ...CHECK],
        ['', '', '', '', '联系电话：12345'],
        ['2', ...CHECK.with(0, '对档案馆的检查')],
      ],
    });
    expect(contents(list)).toMatchObject([{ remarks: '联系电话：12345' }, {}]);
  });

  test('heads numbered 一 二 三 or A B C below are no item', () => {
    for (const numbers of [
      ['一', '二', '三', '四'],
      ['A', 'B', 'C', 'D'],
      ['甲', '乙', '丙', '丁'],
    ])
      expect(names(read({ rows: [['示例市档案局行政检查事项清单'], HEAD, numbers, CHECK] }))).toEqual([
        '档案检查',
      ]);
  });

  test('a heading in two cells, 一 and 行政许可 or an organ, opens a section', () => {
    const head = ['序号', '事项名称', '实施依据', '行使主体'];
    const row = (serial: string, name: string): string[] => [serial, name, '《示例法》第三条', ''];
    const heading = (serial: string, name: string): string[] => [serial, name, '', ''];
    const byCategory = read({
      rows: [
        ['示例市档案局权责清单'],
        head,
        heading('一', '行政许可（共1项）'),
        row('1', '档案开放审批'),
        heading('二', '行政处罚（共1项）'),
        row('2', '对涂改的处罚'),
      ],
    });
    expect(byCategory.items.map(({ name, category }) => [name, category])).toEqual([
      ['档案开放审批', '01'],
      ['对涂改的处罚', '02'],
    ]);
    const byOrgan = read({
      rows: [
        ['示例市行政许可事项清单'],
        head,
        heading('（一）', '市教育局'),
        row('1', '校车使用许可'),
        heading('（二）', '市公安局'),
        row('1', '集会许可'),
      ],
    });
    expect(byOrgan.items.map(({ name, organName }) => [name, organName])).toEqual([
      ['校车使用许可', '市教育局'],
      ['集会许可', '市公安局'],
    ]);
  });

  test('1.1 with a sub-item and no name is of item 1', () => {
    const list = read({
      rows: [
        ['序号', '事项名称', '子项名称', '权力类型', '实施依据'],
        ['1', '档案违法处罚', '', '行政处罚', '《示例法》第三条'],
        ['1.1', '', '涂改', '行政处罚', '《示例法》第四条'],
        ['1.2', '', '伪造', '行政处罚', '《示例法》第五条'],
      ],
    });
    expect(contents(list)).toMatchObject([
      { name: '档案违法处罚', subItems: [{ name: '涂改' }, { name: '伪造' }] },
    ]);
  });
});
