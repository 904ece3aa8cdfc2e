import type { Json } from '@mandate/encoding';

export type ImportErrorCode =
  | 'unreadable-file'
  | 'not-a-workbook'
  | 'too-large'
  | 'edition-taken'
  | 'cell-errors'
  | 'open-draft'
  | 'already-listed'
  | 'list-not-found'
  | 'mapping-not-found'
  | 'empty-list'
  | 'mostly-changed'
  | 'import-failed'
  /** reading it was ended at a limit, or ended itself; or it was not begun */
  | 'reading-too-long'
  | 'reading-too-large'
  | 'reading-lost'
  | 'reading-busy';

const RETRY_AFTER_SECONDS: Readonly<Partial<Record<ImportErrorCode, number>>> = {
  'reading-busy': 60,
  'reading-lost': 5,
};

/** A file that cannot be imported, or options that cannot be followed; what the readers refuse are errors of theirs. The message tells a person what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: ImportErrorCode;
  /** what a program needs besides the message */
  readonly extension: Readonly<Record<string, Json>> | undefined;
  /** when it is worth sending it again; undefined where it is not the moment that is wrong */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ImportErrorCode,
    message: string,
    options?: ErrorOptions & { readonly extension?: Readonly<Record<string, Json>> },
  ) {
    super(message, options);
    this.code = code;
    this.extension = options?.extension;
    this.retryAfterSeconds = RETRY_AFTER_SECONDS[code];
  }
}
