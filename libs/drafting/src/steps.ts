import { requireWholeTable } from './check-steps.ts';
import { DraftError } from './errors.ts';
import type { GuardName } from './guards.ts';
import { DRAFT_STATES, type DraftState } from './states.ts';

/** Roles that work on drafts; an auditor reads them. */
export type DraftRole = 'editor' | 'reviewer' | 'publisher';

export interface Step {
  readonly from: readonly DraftState[];
  readonly to: DraftState;
  /** that of the draft's own organ, or of the registry */
  readonly role: DraftRole;
  readonly guards: readonly GuardName[];
  /** the whole draft is held against the lists as they are at that moment */
  readonly heldAgainstLists: boolean;
  /** whether items are the same is answered, and what becomes of those that the source no longer has is decided */
  readonly answered: boolean;
  /** what findings of grade `must` do that no reviewer has overruled: who takes the step is told, or cannot */
  readonly openFindings: 'passed-over' | 'told' | 'stop';
  /** what the trail calls it */
  readonly action: string;
  /** what is made of the draft: the last part of its address in the API */
  readonly route: string;
  readonly words: {
    /** on a button, and in «不能…» */
    readonly name: string;
    /** in the trail, behind the name of who did it */
    readonly past: string;
    /** in the description of the API */
    readonly summary: string;
    /** in the help of the command line */
    readonly help: string;
  };
}

/** What can be done with a draft: from which states, where it leads, who may, and what must be so. */
export const DRAFT_STEPS = {
  submit: {
    from: ['draft'],
    to: 'submitted',
    role: 'editor',
    guards: [],
    heldAgainstLists: true,
    answered: true,
    openFindings: 'told',
    action: 'submitted',
    route: 'submission',
    words: { name: '提交', past: '提交', summary: '提交审核', help: '提交审核' },
  },
  /** back to its editors: what was approved no longer is */
  reopen: {
    from: ['submitted', 'approved', 'rejected'],
    to: 'draft',
    role: 'editor',
    guards: [],
    heldAgainstLists: false,
    answered: false,
    openFindings: 'passed-over',
    action: 'reopened',
    route: 'reopening',
    words: {
      name: '取回修改',
      past: '取回修改',
      summary: '取回修改；已有的通过随之失效',
      help: '取回修改；已有的通过随之失效',
    },
  },
  withdraw: {
    from: ['draft', 'submitted', 'approved', 'rejected'],
    to: 'withdrawn',
    role: 'editor',
    guards: [],
    heldAgainstLists: false,
    answered: false,
    openFindings: 'passed-over',
    action: 'withdrawn',
    route: 'withdrawal',
    words: { name: '撤回', past: '撤回', summary: '撤回，不再办理', help: '撤回，不再办理' },
  },
  approve: {
    from: ['submitted'],
    to: 'approved',
    role: 'reviewer',
    guards: ['other-person'],
    heldAgainstLists: false,
    answered: true,
    openFindings: 'stop',
    action: 'approved',
    route: 'approval',
    words: {
      name: '通过',
      past: '通过',
      summary: '由没有参与起草的人通过',
      help: '由没有参与起草的人通过',
    },
  },
  reject: {
    from: ['submitted', 'approved'],
    to: 'rejected',
    role: 'reviewer',
    guards: ['says-why'],
    heldAgainstLists: false,
    answered: false,
    openFindings: 'passed-over',
    action: 'rejected',
    route: 'rejection',
    words: { name: '退回', past: '退回', summary: '退回，写明理由', help: '退回，须用 --comment 写明理由' },
  },
  publish: {
    from: ['approved'],
    to: 'published',
    role: 'publisher',
    guards: [],
    heldAgainstLists: true,
    answered: true,
    openFindings: 'stop',
    action: 'published',
    route: 'publication',
    words: {
      name: '发布',
      past: '发布',
      summary: '发布：写入清单，自生效日期起生效',
      help: '发布：写入清单并更新公开的数据文件',
    },
  },
} as const satisfies Record<string, Step>;

export type DraftStep = keyof typeof DRAFT_STEPS;
/** All but the one that writes into the lists and answers with entries. */
export type ReviewStep = Exclude<DraftStep, 'publish'>;

// Object.keys forgets the names; they are those of the table.
export const DRAFT_STEP_NAMES = Object.keys(DRAFT_STEPS) as readonly DraftStep[];
export const REVIEW_STEPS = DRAFT_STEP_NAMES.filter((step): step is ReviewStep => step !== 'publish');

/** Changing what is in a draft: its state stays, and the trail says what was changed. */
export const EDITING = { from: ['draft'], role: 'editor', words: { name: '修改' } } as const;

/**
 * Setting a finding aside, with a reason that is published with the entry: an act of review, as approval is. Also of what is
 * approved: the lists may have changed since, and so what is found.
 */
export const OVERRULING = {
  from: ['submitted', 'approved'],
  role: 'reviewer',
  guards: ['other-person'],
  words: { name: '保留体检问题' },
} as const satisfies Pick<Step, 'from' | 'role' | 'guards'> & { words: { name: string } };

requireWholeTable(DRAFT_STEPS);

/** @throws DraftError `wrong-state` unless a draft in this state may be edited, or taken this step */
export function requireState(
  state: DraftState,
  { from, words: { name } }: { from: readonly DraftState[]; words: { name: string } },
): void {
  if (from.includes(state)) return;
  const hint =
    state === 'published'
      ? '要再改动清单，请另起一份草稿。'
      : state === 'withdrawn'
        ? '请另起一份草稿。'
        : `须在“${from.map((one) => DRAFT_STATES[one]).join('”或“')}”时才能${name}。`;
  throw new DraftError('wrong-state', `这份草稿${DRAFT_STATES[state]}，不能${name}。${hint}`);
}
