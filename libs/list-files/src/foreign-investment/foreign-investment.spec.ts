import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type NegativeListItem, NegativeListItemSchema } from '@mandate/lists';
import { SheetGrid } from '@mandate/workbook';
import { describeWithSharedData } from '../../../../test/support/shared-data.ts';
import { readSourceFile } from '../read-source-file.ts';
import { matchMeasures } from './match-measures.ts';
import { readNegativeSheets } from './read-negative-sheets.ts';
import { chapterOf } from './restriction.ts';

function grid(
  rows: readonly (readonly string[])[],
  merges: readonly (readonly [number, number, number, number])[] = [],
): SheetGrid {
  return new SheetGrid({
    name: 'Sheet1',
    hidden: false,
    cells: rows.flatMap((row, r) =>
      row.flatMap((text, column) => (text === '' ? [] : [{ row: r, column, text }])),
    ),
    merges: merges.map(([top, left, bottom, right]) => ({ top, left, bottom, right })),
    hiddenRows: new Set(),
    hiddenColumns: new Set(),
    errors: [],
  });
}
const read = (...args: Parameters<typeof grid>) => {
  const { sheets, derivedCodes } = readNegativeSheets([grid(...args)]);
  return {
    items: sheets.flatMap(({ items }) => items.map(({ item }) => item)),
    sheet: sheets[0],
    derivedCodes,
  };
};
const TITLE = ['外商投资准入特别管理措施（负面清单）（2026年版）'];

// In our own words: the forms of the official list, not its text.
const BY_TRADE = [
  TITLE,
  ['序号', '特别管理措施'],
  ['一、农、林、牧、渔业'],
  ['1', '示例种子生产的中方股比不低于34%，示例育种须由中方控股。'],
  ['2', '禁止投资示例优良品种的研发。'],
  ['二、采矿业'],
  ['序号', '特别管理措施'],
  ['3', '禁止投资示例矿产勘查、'],
  ['', '开采及选矿。'],
  ['注：示例说明。'],
];

describe('a list of special management measures', () => {
  test('under headings of trades: its measures, by what they forbid or ask', () => {
    const { items, sheet, derivedCodes } = read(BY_TRADE);
    expect(derivedCodes).toBe(true);
    expect(sheet?.titles).toEqual(TITLE);
    expect(
      items.map(({ number, code, chapter, section, sectionName }) => [
        number,
        code,
        chapter,
        section,
        sectionName,
      ]),
    ).toEqual([
      ['1', '010001', 'permitted', 'A', '一、农、林、牧、渔业'],
      ['2', '010002', 'prohibited', 'A', '一、农、林、牧、渔业'],
      ['3', '020003', 'prohibited', 'B', '二、采矿业'],
    ]);
    expect(items[2]?.measures).toEqual([{ text: '禁止投资示例矿产勘查、开采及选矿。' }]);
    expect(sheet?.warnings.map(({ row, code }) => [row, code])).toEqual([
      [4, 'derived-code'],
      [9, 'continued-measure'],
      [10, 'note'],
    ]);
  });

  test('with a column of fields and one of matters', () => {
    const { items } = read(
      [
        TITLE,
        ['序号', '领域', '事项', '特别管理措施'],
        ['1', '种业', '示例育种', '示例中方股比不低于34%'],
        ['2', '渔业', '禁止捕捞', '禁止投资示例水产品捕捞'],
        ['3', '', '示例养殖', '限于合资'],
      ],
      [[3, 1, 4, 1]],
    );
    expect(
      items.map(({ name, chapter, sectionName, measures }) => [
        name,
        chapter,
        sectionName,
        measures[0]?.text,
      ]),
    ).toEqual([
      ['示例育种', 'permitted', '种业', '示例中方股比不低于34%'],
      ['禁止捕捞', 'prohibited', '渔业', '禁止投资示例水产品捕捞'],
      ['示例养殖', 'permitted', '渔业', '限于合资'],
    ]);
  });

  test.each([
    [['序号', '领域', '特别管理措施']],
    [['编号', '所属行业', '管理措施']],
    [['序号', '行业（领域）', '外商投资特别管理措施']],
    [['序 号', '门类', '禁止或限制措施']],
    [['项目号', '国民经济行业分类', '特别管理措施内容']],
  ])('headed %s', (header) => {
    const { items } = read([TITLE, header, ['1', '采矿业', '禁止投资示例矿产。']]);
    expect(items.map(({ section, chapter }) => [section, chapter])).toEqual([['B', 'prohibited']]);
  });

  test('without numbers, under subheadings, in several measures to one number', () => {
    const { items, sheet } = read([
      ['示例区跨境服务贸易特别管理措施（负面清单）'],
      ['领域', '特别管理措施'],
      ['一、金融业'],
      ['（一）银行服务'],
      ['示例银行', '须由中方控股。'],
      ['示例保险', '禁止投资示例险。'],
    ]);
    expect(items.map(({ number, sectionName }) => [number, sectionName])).toEqual([
      ['1', '一、金融业 （一）银行服务 示例银行'],
      ['2', '一、金融业 （一）银行服务 示例保险'],
    ]);
    expect(sheet?.warnings.map(({ code }) => code)).toContain('missing-column');
    const numbered = read([TITLE, ['序号', '特别管理措施'], ['1', '限于合资。'], ['', '须由中方控股。']]);
    expect(numbered.items[0]?.measures.map(({ text }) => text)).toEqual(['限于合资。', '须由中方控股。']);
  });

  test('says of words that neither forbid nor ask, and of those that do both', () => {
    const { items, sheet } = read([
      TITLE,
      ['序号', '特别管理措施'],
      ['1', '示例活动。'],
      ['2', '示例公司须由中方控股。禁止投资示例节目。'],
    ]);
    expect(items.map(({ chapter }) => chapter)).toEqual(['permitted', 'permitted']);
    expect(sheet?.warnings.filter(({ code }) => code === 'chapter-unclear').map(({ row }) => row)).toEqual([
      3, 4,
    ]);
  });

  test.each([
    ['禁止投资示例法律事务，不得成为示例合伙人。', 'prohibited'],
    ['公司须由中方控股，且一家的比例不得超过25%。', 'permitted'],
    ['市场示例限于合资，其中示例须由中方控股。', 'permitted'],
    ['示例机场须由中方相对控股。外方不得参与示例。', 'permitted'],
    ['法定代表人须具有中国国籍', 'permitted'],
    ['示例活动', undefined],
  ])('%s is %s', (words, chapter) => {
    expect(chapterOf(words)).toBe(chapter);
  });

  test('is not made of the official table of market access, nor of a list of powers', () => {
    const official = read([
      ['市场准入负面清单（2026年版）'],
      ['项目号', '禁止或许可事项', '事项编码', '禁止或许可准入措施描述', '主管部门'],
      ['一、禁止准入类'],
      ['1', '示例', '100001', '不得从事', '示例部'],
    ]);
    expect([official.derivedCodes, official.items.map(({ code }) => code)]).toEqual([false, ['100001']]);
    expect(
      read([['示例局权责清单'], ['序号', '事项名称', '权力类型', '实施依据'], ['1', '甲', '行政许可', '乙']])
        .items,
    ).toEqual([]);
  });
});

describe('a new edition', () => {
  const measure = (number: string, text: string, changes: Partial<NegativeListItem> = {}): NegativeListItem =>
    NegativeListItemSchema.parse({
      schema: 'negative-list-item/1',
      list: 'n-x',
      number,
      code: `01${number.padStart(4, '0')}`,
      chapter: 'prohibited',
      section: 'A',
      name: text,
      measures: [{ text }],
      state: 'in-force',
      ...changes,
    });
  const listed = [
    measure('1', '禁止投资甲类种质资源。'),
    measure('2', '乙类养殖须由中方控股。'),
    measure('3', '禁止投资丙类水产品捕捞及其相关加工。'),
  ];
  const codes = (...found: NegativeListItem[]) => matchMeasures(found, listed).map(({ code }) => code);

  test('counts anew and keeps the codes of what it still says', () => {
    expect(
      codes(measure('1', '乙类养殖须由中方控股'), measure('2', '禁止投资丙类水产品捕捞及其相关加工。')),
    ).toEqual(['010002', '010003']);
  });

  test('gives what is new a code that nothing has had, and reworded measures theirs', () => {
    const [first, second] = matchMeasures(
      [measure('1', '禁止投资丁类矿产。'), measure('2', '禁止投资丙类水产品的捕捞及相关加工。')],
      listed,
    );
    expect(first).toEqual({ code: '010004' });
    expect(second).toMatchObject({ code: '010003', reworded: { number: '3' } });
  });

  test('never gives one code twice, nor that of one that is cancelled to another', () => {
    const again = [...listed, measure('4', '禁止投资戊。', { state: 'cancelled' })];
    const found = ['甲', '乙', '丙', '丁'].map((word, n) =>
      measure((n + 1).toString(), `${word}须由中方控股`),
    );
    const given = matchMeasures(found, again).map(({ code }) => code);
    expect(new Set(given).size).toBe(4);
    expect(given).not.toContain('010004');
    expect(matchMeasures([measure('9', '禁止投资戊。')], again)).toEqual([{ code: '010004' }]);
  });
});

describeWithSharedData('cases/headers-foreign-investment', 'the two forms as they came', (folder) => {
  test('are 3 measures under 2 sections, and 2 measures', () => {
    const counts = readdirSync(folder).map((name) => {
      const source = readSourceFile(name, readFileSync(join(folder, name)));
      if (source.register !== 'negative-list-item') throw new Error(`${name} is no negative list`);
      return [source.items.length, new Set(source.items.map(({ item }) => item.sectionName)).size];
    });
    expect(counts.sort()).toEqual([
      [2, 2],
      [3, 2],
    ]);
  });
});
