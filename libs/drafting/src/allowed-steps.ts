import type { Draft } from './draft.ts';
import { GUARDS, type GuardName } from './guards.ts';
import { DRAFT_STEP_NAMES, DRAFT_STEPS, type DraftStep, type Step } from './steps.ts';

/** Who looks at a draft. */
export interface DraftActor {
  readonly roles: readonly string[];
  /** key of the organ for which he acts; null: the registry's own, who act for all */
  readonly organ: string | null;
}

/** Auditors read every draft; others those of their organ, the registry's own all. */
export function mayRead({ roles, organ }: DraftActor, list: string): boolean {
  return roles.includes('auditor') || actsFor({ organ }, list);
}

/**
 * The steps that an actor may take with a draft as it is, in the order of the table: what a console offers. The registry
 * asks everything again, and holds the draft against the lists besides.
 * @param actor.edited whether he ever wrote, changed or submitted it: in its trail there is an act of his that
 *   `DRAFT_ACTIONS` says `edits`
 */
export function allowedSteps(
  draft: Pick<Draft, 'state' | 'list'>,
  actor: DraftActor & { readonly edited: boolean },
): readonly DraftStep[] {
  if (!actsFor(actor, draft.list)) return [];
  return DRAFT_STEP_NAMES.filter((name) => {
    const { from, role, guards }: Step = DRAFT_STEPS[name];
    return from.includes(draft.state) && actor.roles.includes(role) && guards.every(mayHold(actor.edited));
  });
}

/** What is still to be written, he may yet write. */
const mayHold = (edited: boolean) => (guard: GuardName) => GUARDS[guard].holds({ edited, comment: '…' });

function actsFor({ organ }: Pick<DraftActor, 'organ'>, list: string): boolean {
  return organ === null || organ === list;
}
