export type RuntimeErrorCode =
  | 'platform-unsupported'
  | 'data-folder-unusable'
  | 'data-folder-of-another-user'
  | 'data-folder-copied'
  | 'no-account'
  | 'lock-timeout'
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

/** `ENOENT` and the like of a failed system call. */
export function systemCode(error: unknown): string | undefined {
  // Not `instanceof Error`: an error of Node itself is of another realm where code runs in a vm context.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Record<string, string> = {
  ENOSPC: '磁盘已满（no space left on device）',
  EDQUOT: '磁盘配额已用完（disk quota exceeded）',
  EACCES: '没有权限（permission denied）',
  EPERM: '没有权限（operation not permitted）',
  EROFS: '文件系统是只读的（read-only file system）',
  ENOTDIR: '路径中有一段不是文件夹（not a directory）',
  EEXIST: '同名文件挡住了路（a file is in the way）',
};

/** The error of a file operation in the data folder, said so that a person can act on it. */
export function dataFolderError(path: string, cause: unknown): RuntimeError {
  if (cause instanceof RuntimeError) return cause;
  const code = systemCode(cause);
  const reason = REASONS[code ?? ''] ?? String(cause);
  return new RuntimeError(
    'data-folder-unusable',
    `数据文件夹不能用：${path}\n原因：${reason}\n` +
      `请腾出空间或改正权限，或用 MANDATE_DATA_DIR 换一个文件夹。\n` +
      `The data folder cannot be used; free space, mend permissions, or set MANDATE_DATA_DIR.`,
    { cause },
  );
}
