import { describe, expect, test } from '@jest/globals';
import { type ComparedName, explainMostlyChanged, isMostlyChanged } from './mostly-changed.ts';

const many = (count: number, name: (n: number) => string, category = '02'): ComparedName[] =>
  Array.from({ length: count }, (_, n) => ({ name: name(n), category }));
const penalty = (n: number): string => `对第${n.toString()}种违法行为的处罚`;

describe('an edition against its list', () => {
  test.each([
    ['a first list', { found: 400, new: 400, listed: 0, missing: 0 }, false],
    ['a small list', { found: 9, new: 9, listed: 9, missing: 9 }, false],
    ['half new', { found: 40, new: 20, listed: 40, missing: 20 }, false],
    ['more than half new', { found: 40, new: 21, listed: 40, missing: 0 }, true],
    ['more than half missing', { found: 19, new: 0, listed: 40, missing: 21 }, true],
    ['a list that grows by a tenth', { found: 440, new: 40, listed: 400, missing: 0 }, false],
    ['one item left, of three', { found: 1, new: 0, listed: 3, missing: 2 }, false],
  ])('%s', (_, counts, expected) => {
    expect(isMostlyChanged(counts)).toBe(expected);
  });
});

describe('the likeliest cause', () => {
  const listed = [...many(20, penalty), ...many(30, (n) => `第${n.toString()}类许可`, '01')];
  const statutes = [
    '【法律】《中华人民共和国计量法》第八条：企业、事业单位根据需要',
    '《食品安全法》第三十五条 国家对食品生产经营实行许可制度',
    '1.《某省消防条例》（2020年修正）第十二条规定：公安机关应当',
  ];
  const explain = (
    found: readonly ComparedName[],
    fresh: readonly ComparedName[],
    missing: readonly ComparedName[],
    other?: { name: string; count: number },
  ) =>
    explainMostlyChanged(
      { found: found.length, new: fresh.length, listed: listed.length, missing: missing.length },
      { list: '示例局', found, fresh, listed, missing, other },
    );

  test('is another organ’s file where most of what is new is on that organ’s list', () => {
    const fresh = many(30, penalty);
    const told = explain(fresh, fresh, listed, { name: '示例市交通局', count: 16 });
    expect(told).toMatchObject({ cause: 'other-organ', message: expect.stringContaining('“示例市交通局”') });
    expect(explain(fresh, fresh, listed, { name: '示例市交通局', count: 15 }).cause).toBe('all-reworded');
  });

  test('is two columns swapped where the names read like statutes', () => {
    const fresh = many(30, (n) => statutes[n % statutes.length] ?? '');
    expect(explain(fresh, fresh, listed).cause).toBe('swapped-columns');
  });

  test('is not that for names that cite a law', () => {
    const fresh = many(30, (n) => `对违反《计量法》第八条的第${n.toString()}种行为的处罚`);
    expect(explain(fresh, fresh, listed).cause).toBe('all-reworded');
  });

  test('is a part of the workbook, naming the kinds of power that are not there', () => {
    const found = listed.slice(0, 20);
    const told = explain(found, [], listed.slice(20));
    expect(told).toMatchObject({
      cause: 'part-of-the-list',
      message: expect.stringContaining('全部行政许可'),
    });
    expect(told.message).toContain('清单现有 50 项，文件里 20 项');
  });

  test('is not known for what only comes on top', () => {
    const fresh = many(80, (n) => `第${n.toString()}类确认`, '07');
    expect(explain([...listed, ...fresh], fresh, []).cause).toBe('unclear');
  });
});
