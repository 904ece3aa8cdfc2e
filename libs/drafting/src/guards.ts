import { cleanText } from '@mandate/encoding';
import { DraftError } from './errors.ts';

/** What a guard looks at, beside state, role and organ. */
export interface StepFacts {
  /** whether the actor ever wrote, changed or submitted the draft: the trail knows */
  readonly edited: boolean;
  readonly comment?: string | undefined;
}

interface Guard {
  readonly code: DraftError['code'];
  readonly refusal: string;
  readonly holds: (facts: StepFacts) => boolean;
}

/** What must be so for a step, and what is said where it is not. */
export const GUARDS = {
  /** four eyes: nobody decides about what he had a hand in */
  'other-person': {
    code: 'own-draft',
    refusal: '您起草、修改或提交过这份草稿，须由另一位审核人办理。',
    holds: ({ edited }) => !edited,
  },
  'says-why': {
    code: 'comment-missing',
    refusal: '退回草稿须写明理由，好让起草人知道改什么。',
    holds: ({ comment = '' }) => cleanText(comment) !== '',
  },
} as const satisfies Record<string, Guard>;

export type GuardName = keyof typeof GUARDS;

/** @throws DraftError `own-draft` | `comment-missing` by the first guard that does not hold */
export function requireGuards(guards: readonly GuardName[], facts: StepFacts): void {
  for (const name of guards) {
    const { code, refusal, holds } = GUARDS[name];
    if (!holds(facts)) throw new DraftError(code, refusal);
  }
}
