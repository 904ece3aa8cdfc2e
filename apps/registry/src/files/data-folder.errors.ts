import { systemCode } from './system-code.ts';

/** The data folder cannot be used; the message says what to do, in Chinese and in short English. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
  readonly code: 'data-folder-unusable' | 'lock-timeout';

  constructor(code: DataFolderError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
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
export function dataFolderError(path: string, cause: unknown): DataFolderError {
  if (cause instanceof DataFolderError) return cause;
  const code = systemCode(cause);
  const reason = REASONS[code ?? ''] ?? String(cause);
  return new DataFolderError(
    'data-folder-unusable',
    `数据文件夹不能用：${path}\n原因：${reason}\n` +
      `请腾出空间或改正权限，或用 MANDATE_DATA_DIR 换一个文件夹。\n` +
      `The data folder cannot be used; free space, mend permissions, or set MANDATE_DATA_DIR.`,
    { cause },
  );
}
