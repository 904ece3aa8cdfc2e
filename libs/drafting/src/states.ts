/** Where a draft stands, in the words officials use. */
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

/** In which every draft begins. */
export const FIRST_STATE = 'draft' satisfies DraftState;
