import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobName, fromUtf8 } from '@mandate/encoding';
import { blobPath, checkpointPath, type LogName, logPath } from '@mandate/published';
import {
  entryBundlePath,
  LogError,
  type LogIdentity,
  parseEntryBundle,
  TILE_WIDTH,
  tileWidth,
  verifyCheckpoint,
} from '@mandate/transparency-log';
import { systemCode } from '../files/system-code.ts';
import { BackupError } from './backup.errors.ts';

/** Checkpoint and leaves of a published log; undefined where none was published. @throws BackupError `not-recoverable` */
export async function findPublishedLeaves(
  root: string,
  log: LogName,
  identity: LogIdentity,
): Promise<{ note: string; leaves: readonly Uint8Array[] } | undefined> {
  const bytes = await findBytes(root, checkpointPath(log));
  if (bytes === undefined) return undefined;
  return naming(checkpointPath(log), async () => {
    const { size } = verifyCheckpoint(bytes, identity);
    const leaves: Uint8Array[] = [];
    for (let bundle = 0; bundle * TILE_WIDTH < size; bundle += 1) {
      const width = tileWidth(0, bundle, size);
      const path = logPath(log, entryBundlePath(bundle, width));
      leaves.push(...(await naming(path, async () => parseEntryBundle(await getBytes(root, path), width))));
    }
    return { note: fromUtf8(bytes), leaves };
  });
}

/** A published blob, once it is what its name says. @throws BackupError `not-recoverable` */
export async function getBlob(root: string, name: string): Promise<Uint8Array> {
  const bytes = await getBytes(root, blobPath(name));
  if (blobName(bytes) !== name) throw notRecoverable(blobPath(name), '内容与它的名称不符');
  return bytes;
}

export async function findBytes(root: string, path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(root, path));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function getBytes(root: string, path: string): Promise<Uint8Array> {
  const bytes = await findBytes(root, path);
  if (bytes === undefined) throw notRecoverable(path, '没有这个文件');
  return bytes;
}

async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw notRecoverable(path, `${cause.code}：${cause.message}`, cause);
  }
}

export function notRecoverable(path: string, why: string, cause?: unknown): BackupError {
  return new BackupError(
    'not-recoverable',
    `不能由已发布的文件续接，什么都没有写：${path}（${why}）。请换一份完好的已发布文件，并检查 MANDATE_PUBLIC_URL 和密钥是否是原来的。`,
    { cause },
  );
}
