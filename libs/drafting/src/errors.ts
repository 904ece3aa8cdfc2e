import type { Json } from '@mandate/encoding';

/** A draft that cannot be found, changed or published. The message says what to do. */
export class DraftError extends Error {
  override readonly name: string = 'DraftError';
  readonly code:
    | 'draft-not-found'
    | 'change-not-found'
    | 'list-not-found'
    | 'wrong-state'
    | 'own-draft'
    | 'draft-changed'
    | 'change-changed'
    | 'stale'
    | 'invalid-draft'
    | 'invalid-change'
    | 'invalid-kind'
    | 'related-not-found'
    | 'nothing-changed'
    | 'key-taken'
    | 'edition-taken'
    | 'no-changes'
    | 'backdated'
    | 'comment-missing'
    | 'invalid-comment'
    | 'pairs-unanswered'
    | 'missing-undecided'
    | 'reason-missing'
    | 'open-findings'
    | 'nothing-to-overrule'
    | 'overrule-not-found'
    | 'invalid-cursor';
  /** what a program needs besides the message */
  readonly extension: Readonly<Record<string, Json>> | undefined;

  constructor(code: DraftError['code'], message: string, extension?: Readonly<Record<string, Json>>) {
    super(message);
    this.code = code;
    this.extension = extension;
  }
}
