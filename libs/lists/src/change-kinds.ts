import type { ItemState } from './authority-item.ts';

/** 变更类型 of an item, with the states between which it leads. `none` stands before the first entry. */
export const CHANGE_KINDS = {
  added: { name: '新增', from: ['none', 'cancelled'], to: ['in-force'] },
  changed: { name: '变更', from: ['in-force', 'suspended'], to: ['in-force', 'suspended'] },
  cancelled: { name: '取消', from: ['in-force', 'suspended'], to: ['cancelled'] },
  /** 下放: to a lower level or another organ, which takes it over; the organ may keep a part of it */
  delegated: { name: '下放', from: ['in-force'], to: ['in-force', 'cancelled'] },
  'taken-over': { name: '承接', from: ['none', 'in-force', 'cancelled'], to: ['in-force'] },
  entrusted: { name: '委托', from: ['in-force'], to: ['in-force'] },
  suspended: { name: '暂停', from: ['in-force'], to: ['suspended'] },
  resumed: { name: '恢复', from: ['suspended'], to: ['in-force'] },
  /** 首次收录: it was in force before the registry knew of it, and is new to the registry alone */
  recorded: { name: '首次收录', from: ['none'], to: ['in-force'] },
} as const satisfies Record<
  string,
  { name: string; from: readonly (ItemState | 'none')[]; to: readonly ItemState[] }
>;

export type ChangeKind = keyof typeof CHANGE_KINDS;

/** In the order in which they are offered. Object.keys forgets the names; they are those of the table. */
export const CHANGE_KIND_CODES = Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]];

/** Whether a change of this kind leads from one state to the other; 变更 leaves the state as it is. */
export function kindLeads(kind: ChangeKind, from: ItemState | 'none', to: ItemState): boolean {
  const { from: before, to: after } = CHANGE_KINDS[kind];
  // The tuples of the table are narrower than what is looked for in them.
  const leads = (before as readonly string[]).includes(from) && (after as readonly string[]).includes(to);
  return leads && (kind !== 'changed' || from === to);
}

/** The kind that two states and nothing else suggest: what an entry without a kind is shown as. */
export function kindOf(from: ItemState | 'none', to: ItemState): ChangeKind {
  if (from === 'none') return 'added';
  if (to === 'cancelled') return 'cancelled';
  if (from === 'cancelled') return 'added';
  if (from === to) return 'changed';
  return to === 'suspended' ? 'suspended' : 'resumed';
}
