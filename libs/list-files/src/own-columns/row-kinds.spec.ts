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

  test('the title of the next section is no word of 主管部门 of the item above it', () => {
    const list = read({
      rows: [
        ['序号', '主管部门', '事项名称', '权力类型', '实施机关', '实施依据'],
        ['1', '市教育局', '校车使用许可', '行政许可', '县级教育部门', '《示例法》第三条'],
        ['二、市公安局（1项）', '', '', '', '', ''],
        ['1', '市公安局', '集会许可', '行政许可', '县级公安机关', '《示例法》第四条'],
      ],
      merges: ['A3:F3'],
    });
    expect(list.items.map(({ department }) => department)).toEqual(['市教育局', '市公安局']);
  });
});

describe('tables that say one thing in several places', () => {
  const LAW = '《示例法》第三条';

  test('法律, 行政法规 and 规章 under 设定依据 are all bases', () => {
    const list = read({
      rows: [
        ['示例市档案局权责清单'],
        ['序号', '事项名称', '权力类型', '设定依据', '', '', '实施主体'],
        ['', '', '', '法律', '行政法规', '规章', ''],
        ['1', '档案检查', '行政检查', LAW, '《示例条例》第四条', '', '示例市档案局'],
        ['2', '对涂改的处罚', '行政处罚', '', '《示例条例》第五条', '《示例办法》第六条', '示例市档案局'],
      ],
      merges: ['A2:A3', 'B2:B3', 'C2:C3', 'D2:F2', 'G2:G3'],
    });
    expect(contents(list)).toMatchObject([
      { bases: [{ title: '示例法' }, { title: '示例条例' }] },
      { bases: [{ title: '示例条例' }, { title: '示例办法' }] },
    ]);
    expect(codesOf(list)).toEqual(['missing-column']);
  });

  test('without numbers two rows of one name are two organs’ items, and of one organ one', () => {
    const list = read({
      rows: [
        ['示例市权责清单'],
        ['事项名称', '权力类型', '实施依据', '行使主体'],
        ['行政应诉', '其他行政权力', LAW, '市教育局'],
        ['行政应诉', '其他行政权力', LAW, '市公安局'],
        ['行政应诉', '其他行政权力', '《示例条例》第四条', '市公安局'],
      ],
    });
    expect(list.items.map(({ name, wordings }) => [name, wordings])).toEqual([
      ['行政应诉', ['市教育局']],
      ['行政应诉', ['市公安局']],
    ]);
  });

  test('a second table beside the first is told row by row', () => {
    const head = ['序号', '事项名称', '权力类型', '设定依据'];
    const list = read({
      rows: [
        [...head, '', ...head],
        ['1', '甲许可', '行政许可', LAW, '', '3', '丙许可', '行政许可', LAW],
        ['2', '乙许可', '行政许可', LAW, '', '4', '丁许可', '行政许可', LAW],
      ],
    });
    expect(names(list)).toEqual(['甲许可', '乙许可']);
    expect(messages(list)).toContain('没有取 G 列的“丙许可”');
    expect(messages(list)).toContain('没有取 G 列的“丁许可”');
  });
});

test('statutes under 责任事项内容 and duties under a basis are refused, with options that read them', () => {
  for (const basis of ['实施依据', '责任事项依据']) {
    const head = ['序号', '事项名称', '权力类型', '行使主体', '责任事项内容', basis];
    const rows = ['甲', '乙', '丙'].map((name, n) => [
      (n + 1).toString(),
      `${name}类检查`,
      '行政检查',
      '示例市档案局',
      '《示例法》第三十条：应当检查。',
      '1.受理责任：公示材料。2.审查责任：审查材料',
    ]);
    expect(() => read({ rows: [head, ...rows] })).toThrow(
      `--column ${basis}=责任事项内容 --column 责任事项内容=${basis}`,
    );
    expect(read({ rows: [head.with(4, basis).with(5, '责任事项内容'), ...rows] }).items).toHaveLength(3);
  }
});
