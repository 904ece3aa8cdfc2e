import { describe, expect, test } from '@jest/globals';
import { type Organ, organKey } from '@mandate/lists';
import {
  readOwners as read,
  registeredOrgan as organ,
  rowsBy,
  shares,
} from '../../../../test/support/file-owners.ts';
import { listRows } from '../../../../test/support/workbook.ts';

const TITLE = '示例市行政许可事项清单（2025年版）';

describe('an organ that is registered', () => {
  const known = [
    organ('示例市发展和改革委员会'),
    organ('示例市市场监督管理局', { formerNames: ['示例市工商行政管理局'] }),
    organ('示例市卫生健康委员会'),
    organ('示例市公安局'),
    organ('示例市公安局交通警察支队'),
    organ('示例市文化广播电视和旅游局'),
    organ('示例市旧国土资源局', { abolished: true, successors: [organKey({ name: '示例市自然资源局' })] }),
    organ('示例市自然资源局'),
    organ('示例市经济局', {
      abolished: true,
      successors: [organKey({ name: '示例市公安局' }), organKey({ name: '示例市自然资源局' })],
    }),
    organ('示例市教育体育局'),
    organ('示例市撤销局', { abolished: true }),
    organ('样本市公安局'),
  ];
  const meant = (words: string): string | undefined => {
    const owners = read([{ rows: listRows(rowsBy([words, words, '市气象局', '市信访局']), TITLE) }], {
      known,
    });
    const part = owners.parts.find(({ source }) => source.items.some(({ serial }) => serial === '1'));
    return part?.organ.name ?? owners.unowned[0]?.message;
  };

  test.each([
    ['市发改委', '示例市发展和改革委员会'],
    ['市发展改革委', '示例市发展和改革委员会'],
    ['示例市发展和改革委员会', '示例市发展和改革委员会'],
    ['市市场监管局', '示例市市场监督管理局'],
    ['示例市工商行政管理局', '示例市市场监督管理局'],
    ['市工商行政管理局', '示例市市场监督管理局'],
    // short for a name that it had
    ['市工商局', '示例市市场监督管理局'],
    ['市卫健委', '示例市卫生健康委员会'],
    ['市公安局交警支队', '示例市公安局交通警察支队'],
    ['市文广旅局', '示例市文化广播电视和旅游局'],
    ['市旧国土资源局', '示例市自然资源局'],
    ['公安局', '示例市公安局'],
    // 局 is not 委.
    ['市卫生健康局', '示例市卫生健康局'],
    ['样本市公安局', '样本市公安局'],
  ])('%s is %s', (words, name) => {
    expect(meant(words)).toBe(name);
  });

  test.each([
    ['市经济局', '“示例市公安局”、“示例市自然资源局”'],
    ['市教育局', '“示例市教育体育局”'],
    // may be short for a name that one had
    ['市工商管局', '“示例市市场监督管理局”'],
    ['市撤销局', '已撤销'],
    ['县公安局', '没有写明是哪一个地区'],
  ])('%s is not guessed', (words, message) => {
    expect(meant(words)).toContain(message);
  });

  test('by a name without its place, which two have, is neither', () => {
    const two = [organ('甲甲市公安局'), organ('乙乙市公安局')];
    const owners = read(
      [{ rows: listRows(rowsBy(['市公安局', '丙丙市气象局', '丁丁市气象局']), '事项清单') }],
      { known: two },
    );
    expect(owners.unowned.map(({ message }) => message)).toEqual([
      expect.stringContaining('“甲甲市公安局”、“乙乙市公安局”'),
    ]);
  });

  test('is the bureau above its branches that are founded', () => {
    const owners = read([{ rows: listRows(rowsBy(['市公安局', '市公安局高新分局', '市气象局']), TITLE) }], {
      known,
    });
    const branch = owners.parts.find(({ organ: { name } }) => name === '示例市公安局高新分局')?.organ;
    expect(branch).toMatchObject({
      parent: organKey({ name: '示例市公安局' }),
      regionName: '示例市',
      level: '3',
    });
  });

  test('one file’s short and full name are one organ, under the full one', () => {
    const owners = read([
      { rows: listRows(rowsBy(['市人社局', '市人力资源和社会保障局', '市气象局']), TITLE) },
    ]);
    expect(shares(owners)).toEqual({ 示例市人力资源和社会保障局: 2, 示例市气象局: 1 });
  });

  test('has its region by name and code, the registered one first', () => {
    const rows = rowsBy(['独山子区教育局', '市公安局']);
    const said = { areas: [{ code: '999900', name: '克拉玛依市' }] };
    const owners = read([{ rows: listRows(rows, '克拉玛依市行政许可事项清单') }], said);
    const placed = (one: Organ): unknown => [one.name, one.regionName, one.region, one.level];
    expect(owners.parts.map(({ organ: one }) => placed(one))).toEqual([
      ['克拉玛依市独山子区教育局', '克拉玛依市独山子区', '650202', '4'],
      ['克拉玛依市公安局', '克拉玛依市', '999900', '3'],
    ]);
  });
});
