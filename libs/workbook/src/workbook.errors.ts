export type WorkbookErrorCode = 'not-a-workbook' | 'password-protected' | 'damaged-workbook' | 'too-large';

/** A file that cannot be read as a workbook or a CSV. The message tells a person what to do. */
export class WorkbookError extends Error {
  override readonly name = 'WorkbookError';
  readonly code: WorkbookErrorCode;

  constructor(code: WorkbookErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
