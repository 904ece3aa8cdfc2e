import { dataFolderError, type DataFolderError } from '../files/data-folder.errors.ts';

export type RuntimeErrorCode =
  | 'platform-unsupported'
  | 'data-folder-of-another-user'
  | 'data-folder-copied'
  | 'no-account'
  | 'cluster-version'
  | 'cluster-failed'
  | 'server-failed'
  | 'server-timeout'
  | 'schema-outdated'
  | 'port-taken'
  | 'port-blocked'
  | 'process-failed';

/** Something around the program is not as it must be; the message says what to do, in Chinese and in short English. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  readonly code: RuntimeErrorCode;

  constructor(code: RuntimeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What went wrong in the data folder, unless it was told apart already. */
export function dataFolderFault(path: string, cause: unknown): RuntimeError | DataFolderError {
  return cause instanceof RuntimeError ? cause : dataFolderError(path, cause);
}
