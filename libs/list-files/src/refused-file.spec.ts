import { describe, expect, test } from '@jest/globals';
import { makeWorkbook, type TestSheet } from '../../../test/support/workbook.ts';
import { ListFileError } from './list-files.errors.ts';
import { chooseOrgan } from './owner/organ-choice.ts';
import { parseReadingOptions, type SaidOfColumns } from './reading-options.ts';
import { readSourceFile } from './read-source-file.ts';

function refusalOf(sheets: readonly TestSheet[], said: SaidOfColumns = {}): ListFileError {
  try {
    readSourceFile('a.xlsx', makeWorkbook([...sheets]), { options: parseReadingOptions(said) });
  } catch (error) {
    if (error instanceof ListFileError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const ODD = [
  ['序号', '干什么', '凭什么'],
  ['1', '甲许可', '口头约定'],
  ['2', '乙许可', ''],
];

describe('a refused file', () => {
  test('says of each column its head, what it was taken as, and its first cells', () => {
    const { code, extension } = refusalOf([{ rows: ODD }]);
    expect([code, extension]).toEqual([
      'no-list',
      {
        sheets: [
          {
            sheet: 'Sheet1',
            headerRow: 1,
            columns: [
              { column: 'A', header: '序号', understoodAs: '序号', samples: ['1', '2'] },
              { column: 'B', header: '干什么', samples: ['甲许可', '乙许可'] },
              { column: 'C', header: '凭什么', samples: ['口头约定'] },
            ],
            missing: ['事项名称', '权力类型', '实施依据'],
          },
        ],
        suggestions: [{ reads: 'likely', options: [{ option: 'column', value: '名称=干什么' }] }],
      },
    ]);
  });

  test('suggests a head in full, however long: one that is cut names no column', () => {
    const head = '本机关依法行使且须向社会公开的各类权力之全称以及其简要说明';
    const { extension, message } = refusalOf([{ rows: [['序号', head, '备注'], ...ODD.slice(1)] }]);
    expect(extension?.suggestions?.[0]?.options).toEqual([{ option: 'column', value: `名称=${head}` }]);
    expect(message).toContain(`--column 名称=${head}`);
  });

  test('shows the columns there are to whoever named one that is not there', () => {
    const list = [
      ['序号', '事项名称', '权力类型', '实施依据'],
      ['1', '甲许可', '行政许可', '《甲法》'],
    ];
    for (const said of [{ splitBy: '没有的列' }, { column: ['备注=没有的列'] }]) {
      const { code, extension } = refusalOf([{ rows: list }], said);
      expect(code).toBe('no-column');
      expect(extension?.sheets?.[0]?.columns.map(({ header }) => header)).toEqual(list[0]);
      expect(extension?.sheets?.[0]?.missing).toEqual([]);
    }
  });

  test('is told in a bounded size, and no character is halved', () => {
    const wide = Array.from({ length: 80 }, (_, n) => `𠀀栏${n.toString()}${'𠀀'.repeat(150)}`);
    const cells = wide.map((_, n) => `𠀀格${n.toString()}${'𠀀'.repeat(n === 0 ? 9_000 : 90)}`);
    const rows = [
      ['序号', '备注', '承办机构', '法定时限', ...wide],
      ['1', 'a', 'b', 'c', ...cells],
    ];
    const { extension } = refusalOf(
      Array.from({ length: 6 }, (_, n) => ({ name: `𠀀${n.toString()}`, rows })),
    );
    expect(extension?.sheets).toHaveLength(3);
    expect(extension?.sheets?.[0]).toMatchObject({ columnsLeftOut: 24 });
    const text = JSON.stringify(extension);
    expect(text.length).toBeLessThan(80_000);
    expect(text.isWellFormed() && !text.includes('\\ud')).toBe(true);
  });

  test('whose organ may be several names them to choose from', () => {
    const known = ['示例市甲区教育局', '示例市乙区教育局'].map((name, n) => ({
      schema: 'organ/1' as const,
      key: `o-${'ab'.charAt(n).repeat(16)}`,
      name,
      shortName: '区教育局',
      level: '4' as const,
    }));
    const choose = () =>
      chooseOrgan({ given: '区教育局', titles: [], file: '', regions: [], known, areas: [] });
    expect(choose).toThrow(
      expect.objectContaining({
        code: 'unknown-organ',
        extension: {
          suggestions: known.map(({ name }) => ({
            reads: 'likely',
            options: [{ option: 'organ', value: name }],
          })),
        },
      }),
    );
  });
});
