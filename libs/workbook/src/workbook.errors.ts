export type WorkbookErrorCode = 'not-a-workbook' | 'password-protected' | 'damaged-workbook' | 'too-large';

export const DAMAGED_ADVICE =
  '工作簿无法读取：文件已损坏，或不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。';

/** A file that cannot be read as a workbook or a CSV. The message tells a person what to do. */
export class WorkbookError extends Error {
  override readonly name = 'WorkbookError';
  readonly code: WorkbookErrorCode;

  constructor(code: WorkbookErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
