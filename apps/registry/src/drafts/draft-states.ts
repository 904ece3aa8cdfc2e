import { DraftError } from './drafts.errors.ts';

export const DRAFT_STATES = {
  draft: '起草中',
  submitted: '待审核',
  approved: '已通过，待发布',
  rejected: '已退回',
  published: '已发布',
  withdrawn: '已撤回',
} as const;
export type DraftState = keyof typeof DRAFT_STATES;

// Object.keys forgets the names; they are those of the table.
export const DRAFT_STATE_CODES = Object.keys(DRAFT_STATES) as [DraftState, ...DraftState[]];

/** What can be done with a draft, from which states, and where it leads. */
const STEPS = {
  edit: { name: '修改', from: ['draft'], to: 'draft' },
  submit: { name: '提交', from: ['draft'], to: 'submitted' },
  /** back to its editors: what was approved no longer is */
  reopen: { name: '取回修改', from: ['submitted', 'approved', 'rejected'], to: 'draft' },
  withdraw: { name: '撤回', from: ['draft', 'submitted', 'approved', 'rejected'], to: 'withdrawn' },
  approve: { name: '通过', from: ['submitted'], to: 'approved' },
  reject: { name: '退回', from: ['submitted', 'approved'], to: 'rejected' },
  publish: { name: '发布', from: ['approved'], to: 'published' },
} as const satisfies Record<string, { name: string; from: readonly DraftState[]; to: DraftState }>;

export type DraftStep = keyof typeof STEPS;

/** The state to which a step leads. @throws DraftError `wrong-state` */
export function nextState(state: DraftState, step: DraftStep): DraftState {
  const { name, from, to } = STEPS[step];
  // The tuples of the table are narrower than what is looked for in them.
  if ((from as readonly DraftState[]).includes(state)) return to;
  const hint =
    state === 'published'
      ? '要再改动清单，请另起一份草稿。'
      : state === 'withdrawn'
        ? '请另起一份草稿。'
        : `须在“${from.map((one) => DRAFT_STATES[one]).join('”或“')}”时才能${name}。`;
  throw new DraftError('wrong-state', `这份草稿${DRAFT_STATES[state]}，不能${name}。${hint}`);
}
