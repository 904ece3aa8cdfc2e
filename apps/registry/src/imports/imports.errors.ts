export type ImportErrorCode =
  | 'unreadable-file'
  | 'not-a-workbook'
  | 'password-protected'
  | 'damaged-workbook'
  | 'too-large'
  | 'no-list'
  | 'no-organ'
  | 'unknown-organ'
  | 'invalid-date'
  | 'import-failed';

/** A workbook that cannot be imported, or options that cannot be followed. The message tells a person what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: ImportErrorCode;

  constructor(code: ImportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
