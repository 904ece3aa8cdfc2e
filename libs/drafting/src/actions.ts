import { DRAFT_STEPS, type DraftStep } from './steps.ts';

/** What the trail of a draft can say. */
export type DraftAction =
  | 'created'
  | 'described'
  | 'change-added'
  | 'change-edited'
  | 'change-removed'
  | 'pair-answered'
  | 'missing-decided'
  | 'replaced'
  | 'commented'
  | 'overruled'
  | 'overrule-ended'
  | (typeof DRAFT_STEPS)[DraftStep]['action'];

/** Of each act: what it is called, and whether who did it had a hand in the draft and may not approve it. */
export const DRAFT_ACTIONS: Readonly<
  Record<DraftAction, { readonly name: string; readonly edits: boolean }>
> = {
  created: { name: '起草', edits: true },
  described: { name: '修改说明', edits: true },
  'change-added': { name: '加入一项', edits: true },
  'change-edited': { name: '修改一项', edits: true },
  'change-removed': { name: '移出一项', edits: true },
  'pair-answered': { name: '答复是否同一事项', edits: true },
  'missing-decided': { name: '决定来源中没有的事项', edits: true },
  replaced: { name: '以改正后的文件替换内容', edits: true },
  commented: { name: '意见', edits: false },
  overruled: { name: '说明理由，保留体检问题', edits: false },
  'overrule-ended': { name: '收回对体检问题的保留', edits: false },
  submitted: { name: DRAFT_STEPS.submit.words.past, edits: true },
  reopened: { name: DRAFT_STEPS.reopen.words.past, edits: false },
  withdrawn: { name: DRAFT_STEPS.withdraw.words.past, edits: false },
  approved: { name: DRAFT_STEPS.approve.words.past, edits: false },
  rejected: { name: DRAFT_STEPS.reject.words.past, edits: false },
  published: { name: DRAFT_STEPS.publish.words.past, edits: false },
};

// Object.keys forgets the names; they are those of the table.
export const EDITING_ACTIONS = (Object.keys(DRAFT_ACTIONS) as DraftAction[]).filter(
  (action) => DRAFT_ACTIONS[action].edits,
);
