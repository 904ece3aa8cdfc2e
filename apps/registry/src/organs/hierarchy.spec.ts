import { describe, expect, test } from '@jest/globals';
import { type Organ, organKey, type Region } from '@mandate/lists';
import fc from 'fast-check';
import { requireHierarchy, requireRegions } from './hierarchy.ts';

const organ = (name: string, more: Partial<Organ> = {}): Organ => ({
  schema: 'organ/1',
  key: organKey({ name }),
  name,
  ...more,
});
const byKey = (...organs: readonly Organ[]) => new Map(organs.map((one) => [one.key, one]));
const city = organ('示例市人民政府', { level: '3' });

describe('the hierarchy of organs', () => {
  test('takes an organ under one of its own level or above', () => {
    for (const level of ['3', '4'] as const) {
      const bureau = organ('示例局', { level, parent: city.key });
      expect(() => requireHierarchy(byKey(city, bureau), [bureau.key])).not.toThrow();
    }
  });

  test.each<[string, string, readonly Organ[]]>([
    ['a parent that nobody knows', 'parent-not-found', [organ('局', { parent: 'o-aaaaaaaaaaaaaaaa' })]],
    ['a parent of a lower level', 'wrong-level', [organ('局', { level: '2', parent: city.key }), city]],
    ['itself as its parent', 'circle', [organ('局', { parent: organKey({ name: '局' }) })]],
    [
      'a circle of two',
      'circle',
      [
        organ('甲局', { parent: organKey({ name: '乙局' }) }),
        organ('乙局', { parent: organKey({ name: '甲局' }) }),
      ],
    ],
    [
      'a parent that is abolished',
      'abolished',
      [organ('局', { parent: organKey({ name: '旧厅' }) }), organ('旧厅', { abolished: true })],
    ],
    [
      'a successor that nobody knows',
      'successor-not-found',
      [organ('局', { abolished: true, successors: ['o-aaaaaaaaaaaaaaaa'] })],
    ],
    [
      'a successor that is abolished itself',
      'abolished',
      [
        organ('局', { abolished: true, successors: [organKey({ name: '新局' })] }),
        organ('新局', { abolished: true }),
      ],
    ],
    [
      'itself as its successor',
      'abolished',
      [organ('局', { abolished: true, successors: [organKey({ name: '局' })] })],
    ],
  ])('refuses %s', (_name, code, organs) => {
    const [first = city] = organs;
    expect(() => requireHierarchy(byKey(...organs), [first.key])).toThrow(expect.objectContaining({ code }));
  });

  test('ends, whatever stands above whom', () => {
    const names = ['甲', '乙', '丙', '丁'].map((name) => `${name}局`);
    const parents = fc.array(fc.option(fc.constantFrom(...names), { nil: undefined }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(parents, (above) => {
        const organs = names.map((name, n) => {
          const parent = above[n];
          return organ(name, parent === undefined ? {} : { parent: organKey({ name: parent }) });
        });
        const keys = organs.map(({ key }) => key);
        let refused = false;
        try {
          requireHierarchy(byKey(...organs), keys);
        } catch {
          refused = true;
        }
        // A circle is found exactly where four steps up do not end.
        const endless = names.some((name) => {
          let at: string | undefined = name;
          for (let step = 0; step < 5 && at !== undefined; step += 1) at = above[names.indexOf(at)];
          return at !== undefined;
        });
        expect(refused).toBe(endless);
      }),
    );
  });
});

test('a region stands under one of a higher level that is known', () => {
  const region = (code: string, level: Region['level'], parent?: string): Region => ({
    schema: 'region/1',
    code,
    name: `区划${code}`,
    level,
    ...(parent === undefined ? {} : { parent }),
  });
  const check =
    (...regions: readonly Region[]) =>
    () =>
      requireRegions(
        new Map(regions.map((one) => [one.code, one])),
        regions.map(({ code }) => code),
      );
  expect(check(region('650000', '2'), region('650100', '3', '650000'))).not.toThrow();
  expect(check(region('650100', '3', '650000'))).toThrow(
    expect.objectContaining({ code: 'parent-not-found' }),
  );
  expect(check(region('650000', '2', '650100'), region('650100', '3', '650000'))).toThrow(
    expect.objectContaining({ code: 'wrong-level' }),
  );
});
