import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CHANGE_KIND_CODES,
  CHANGE_KINDS,
  kindLeads,
  kindOf,
  type ChangeKind,
  type ItemState,
} from './index.ts';

type Before = ItemState | 'none';
const STATES: readonly ItemState[] = ['in-force', 'suspended', 'cancelled'];
const BEFORE: readonly Before[] = ['none', ...STATES];

describe('kinds of change', () => {
  test('are those of the field, each by its own name', () => {
    expect(CHANGE_KIND_CODES.map((kind) => CHANGE_KINDS[kind].name)).toEqual([
      '新增',
      '变更',
      '取消',
      '下放',
      '承接',
      '委托',
      '暂停',
      '恢复',
      '首次收录',
    ]);
  });

  test.each<[ChangeKind, Before, ItemState]>([
    ['added', 'none', 'in-force'],
    ['added', 'cancelled', 'in-force'],
    ['changed', 'suspended', 'suspended'],
    ['cancelled', 'suspended', 'cancelled'],
    ['delegated', 'in-force', 'cancelled'],
    ['delegated', 'in-force', 'in-force'],
    ['taken-over', 'none', 'in-force'],
    ['entrusted', 'in-force', 'in-force'],
    ['suspended', 'in-force', 'suspended'],
    ['resumed', 'suspended', 'in-force'],
    ['recorded', 'none', 'in-force'],
  ])('%s leads from %s to %s', (kind, from, to) => {
    expect(kindLeads(kind, from, to)).toBe(true);
  });

  test.each<[ChangeKind, Before, ItemState]>([
    ['added', 'in-force', 'in-force'],
    ['added', 'none', 'suspended'],
    // 变更 is of the wording: a state is changed by the kind that names it.
    ['changed', 'in-force', 'suspended'],
    ['changed', 'suspended', 'in-force'],
    ['changed', 'cancelled', 'cancelled'],
    ['changed', 'none', 'in-force'],
    ['cancelled', 'cancelled', 'cancelled'],
    ['cancelled', 'none', 'cancelled'],
    ['delegated', 'suspended', 'cancelled'],
    ['suspended', 'suspended', 'suspended'],
    ['resumed', 'cancelled', 'in-force'],
    ['resumed', 'in-force', 'in-force'],
    // What was listed, and no more, is listed anew: it is not first recorded twice.
    ['recorded', 'cancelled', 'in-force'],
    ['recorded', 'in-force', 'in-force'],
    ['recorded', 'none', 'suspended'],
  ])('%s does not lead from %s to %s', (kind, from, to) => {
    expect(kindLeads(kind, from, to)).toBe(false);
  });

  test('a kind that is guessed from two states leads between them, wherever any does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BEFORE), fc.constantFrom(...STATES), (from, to) => {
        fc.pre(CHANGE_KIND_CODES.some((kind) => kindLeads(kind, from, to)));
        expect(kindLeads(kindOf(from, to), from, to)).toBe(true);
      }),
    );
  });

  test('what was cancelled is only listed anew or taken over', () => {
    const ways = CHANGE_KIND_CODES.filter((kind) => STATES.some((to) => kindLeads(kind, 'cancelled', to)));
    expect(ways).toEqual(['added', 'taken-over']);
  });
});
