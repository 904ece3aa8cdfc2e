import type { RefusedFile } from './refused-file.ts';

export type ListFileErrorCode =
  'no-list' | 'no-column' | 'swapped-columns' | 'no-organ' | 'unknown-organ' | 'no-negative-list';

/** A file that holds no list, or does not say whose it is. The message tells a person what to do. */
export class ListFileError extends Error {
  override readonly name = 'ListFileError';
  readonly code: ListFileErrorCode;
  /** what a program needs besides the message */
  readonly extension: RefusedFile | undefined;

  constructor(code: ListFileErrorCode, message: string, extension?: RefusedFile) {
    super(message);
    this.code = code;
    this.extension = extension;
  }
}
