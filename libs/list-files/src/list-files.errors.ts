export type ListFileErrorCode =
  'no-list' | 'no-column' | 'swapped-columns' | 'no-organ' | 'unknown-organ' | 'no-negative-list';

/** A file that holds no list, or does not say whose it is. The message tells a person what to do. */
export class ListFileError extends Error {
  override readonly name = 'ListFileError';
  readonly code: ListFileErrorCode;

  constructor(code: ListFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
