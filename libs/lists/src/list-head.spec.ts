import { describe, expect, test } from '@jest/globals';
import { headOf, REGISTERS, summarize } from './index.ts';
import type { SummarizedItem } from './summary.ts';

const ITEM = {
  name: '示例许可',
  category: '01',
  state: 'suspended',
  bases: [],
  levels: [{ level: '4' }, { level: '2' }, {}],
  subItems: [{ name: '子项', levels: [{ level: '3' }, { level: '4' }] }, { name: '无层级' }],
} as const satisfies SummarizedItem;

describe('the head of a content', () => {
  test('is what an item is called, its category, its state and its levels, each once', () => {
    expect(headOf('authority-item', ITEM)).toEqual({
      name: '示例许可',
      category: '01',
      section: null,
      state: 'suspended',
      levels: ['2', '3', '4'],
    });
  });

  test('says of an item what its published summary says', () => {
    const entry = {
      v: 1,
      register: 'authority-item',
      key: 'o-a.00001',
      time: '2026-01-01T00:00:00Z',
      effectiveDate: '2026-01-01',
      blob: `sha256:${'0'.repeat(64)}`,
      reason: '示例',
    } as const;
    const { name, category, state, levels } = summarize('o-a.00001', [{ index: 0, entry, item: ITEM }]);
    expect(headOf('authority-item', ITEM)).toMatchObject({ name, category, state, levels });
  });

  test('has chapter and section of a negative-list item, and no levels', () => {
    const content = {
      name: '禁止事项',
      chapter: 'prohibited',
      section: 'A',
      state: 'in-force',
      levels: ITEM.levels,
    };
    expect(headOf('negative-list-item', content)).toEqual({
      name: '禁止事项',
      category: 'prohibited',
      section: 'A',
      state: 'in-force',
      levels: null,
    });
  });

  test.each(['organ', 'region'] as const)(
    'lets an abolished %s be cancelled, any other be in force',
    (register) => {
      expect(headOf(register, { name: '某局' }).state).toBe('in-force');
      expect(headOf(register, { name: '某局', abolished: true }).state).toBe('cancelled');
    },
  );

  test.each(REGISTERS)('of a redacted or foreign content of %s says nothing', (register) => {
    const nothing = { name: null, category: null, section: null, state: null, levels: null };
    expect(headOf(register, undefined)).toEqual(nothing);
    for (const value of [null, 7, 'text', [ITEM]]) expect(headOf(register, value)).toEqual(nothing);
  });

  test('leaves out a member that is something else than it should be', () => {
    const content = {
      name: 7,
      category: ['01'],
      state: 'gone',
      levels: [{ level: '9' }, 'x', null],
      subItems: 'x',
    };
    expect(headOf('authority-item', content)).toEqual({
      name: null,
      category: null,
      section: null,
      state: null,
      levels: [],
    });
  });
});
