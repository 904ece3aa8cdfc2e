export { requireOverruleReason } from './overrule-reason.ts';
export { DRAFT_ACTIONS, EDITING_ACTIONS, type DraftAction } from './actions.ts';
export { allowedSteps, mayRead, type DraftActor } from './allowed-steps.ts';
export { candidateOf, type Candidate } from './candidate.ts';
export { cleanJson, quotedJson } from './clean-json.ts';
export { parseComment } from './comment.ts';
export {
  dayOfEffect,
  entryReason,
  requireEditionOfScope,
  requireTimely,
  requireVersion,
} from './conditions.ts';
export {
  REGISTRY_LIST,
  type AccountName,
  type ChangePair,
  type ChangePlace,
  type Doubt,
  type Draft,
  type DraftChange,
  type DraftEdition,
  type DraftEvent,
  type DraftHeadings,
  type DraftSource,
  type MissingItem,
  type NewDraft,
  type NewDraftChange,
  type PairCandidate,
  type PairState,
  type PublishedChange,
  type PublishedDraft,
} from './draft.ts';
export { DraftError } from './errors.ts';
export {
  describeOpen,
  findingId,
  openByRule,
  requireSettled,
  settle,
  type MustFinding,
  type OpenFindings,
  type Overrule,
} from './findings.ts';
export { GUARDS, requireGuards, type GuardName, type StepFacts } from './guards.ts';
export { ChangeBody, Day, HeadingsBody, parseChangeHeadings, parseHeadings } from './headings.ts';
export {
  ENDINGS,
  MOST_NAMED,
  problemsOf,
  requireNoProblems,
  requireWhole,
  unlistedProblem,
  type ListedState,
  type Problem,
} from './problems.ts';
export {
  editionReason,
  MISSING_CHOICES,
  MISSING_DECISIONS,
  missingState,
  requireAnswered,
  type MissingChange,
  type MissingChoice,
  type MissingState,
  type OpenQuestions,
} from './missing.ts';
export { rewordReason, sourceReason, withPairDoubt } from './pairs.ts';
export { parseRegisterValue, type RegisterValue } from './register-value.ts';
export {
  DRAFT_REGISTER_NAMES,
  DRAFT_REGISTERS,
  recordsWrittenBy,
  registersOfList,
  type DraftRegister,
  type WholeCheck,
} from './registers.ts';
export { DRAFT_STATE_CODES, DRAFT_STATES, FIRST_STATE, type DraftState } from './states.ts';
export {
  DRAFT_STEP_NAMES,
  DRAFT_STEPS,
  EDITING,
  OVERRULING,
  requireState,
  REVIEW_STEPS,
  type DraftRole,
  type DraftStep,
  type ReviewStep,
} from './steps.ts';
