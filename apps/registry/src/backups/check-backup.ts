import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { MIGRATIONS } from '../database/migrate.ts';
import { readBounded } from '../files/read-bounded.ts';
import { systemCode } from '../files/system-code.ts';
import { BackupError } from './backup.errors.ts';
import { findDigest } from './durable-files.ts';
import { findSums, type Manifest, MANIFEST, ManifestSchema, SUMS, tablePath } from './manifest.ts';

/** A line for each file: three million of them. */
const MOST_TEXT_BYTES = 512 * 2 ** 20;

export interface CheckedBackup {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest, hex */
  readonly digest: string;
  /** path → SHA-256 of every file */
  readonly sums: ReadonlyMap<string, string>;
}

/**
 * Reads every byte of a backup before any of it is used.
 * @param expected SHA-256 of the manifest as it was noted when the backup was taken
 * @throws BackupError `incomplete-backup` | `damaged-backup` | `newer-backup`, naming the file
 */
export async function readBackup(folder: string, expected?: string): Promise<CheckedBackup> {
  const text = await readText(folder, MANIFEST).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new BackupError(
      'incomplete-backup',
      `没有 ${join(folder, MANIFEST)}：这不是一份完整的备份。备份中断的，再运行一次 npx mandate backup。`,
    );
  });
  const digest = createHash('sha256').update(text).digest('hex');
  if (expected !== undefined && expected.replace(/^sha256:/, '') !== digest)
    throw damaged(MANIFEST, `它的 SHA-256 是 ${digest}，不是给出的那个`);
  const manifest = parseManifest(text);
  return { manifest, digest, sums: await checkBackup(folder, manifest) };
}

/** @returns what SHA256SUMS says, each of it true @throws BackupError `damaged-backup` | `incomplete-backup` */
export async function checkBackup(folder: string, manifest: Manifest): Promise<ReadonlyMap<string, string>> {
  const text = await readText(folder, SUMS).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new BackupError('incomplete-backup', `备份里少了 ${SUMS}。请换一份完整的备份。`);
  });
  if (createHash('sha256').update(text).digest('hex') !== manifest.sums)
    throw damaged(SUMS, '与清单文件所记的不符');
  const sums = findSums(text);
  if (sums === undefined) throw damaged(SUMS, '有一行不合格式');
  for (const [path, digest] of sums) {
    await requirePlainFile(folder, path);
    const found = await findDigest(join(folder, path));
    if (found === undefined)
      throw new BackupError('incomplete-backup', `备份里少了 ${path}。请换一份完整的备份。`);
    if (found !== digest) throw damaged(path, '内容与写入时不同');
  }
  for (const { name } of manifest.tables)
    if (!sums.has(tablePath(name)))
      throw new BackupError('incomplete-backup', `备份里少了 ${tablePath(name)}。请换一份完整的备份。`);
  return sums;
}

/** Of a folder that somebody else may have filled: no pipe that is read for ever, no link that leads out. */
async function readText(folder: string, path: string): Promise<string> {
  await requirePlainFile(folder, path);
  return new TextDecoder().decode(await readBounded(folder, path, MOST_TEXT_BYTES));
}

/** Every folder on the way is one, and the file is one; what is not there is said by whoever reads it. */
async function requirePlainFile(folder: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let n = 1; n <= parts.length; n += 1) {
    const found = await lstat(join(folder, ...parts.slice(0, n))).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw error;
      return undefined;
    });
    if (found === undefined) return;
    if (n === parts.length ? !found.isFile() : !found.isDirectory())
      throw damaged(path, '它或它所在的文件夹是链接、管道或设备，不是备份写下的');
  }
}

function parseManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(MANIFEST, '不是 JSON');
  }
  const parsed = ManifestSchema.safeParse(json);
  if (!parsed.success) throw damaged(MANIFEST, '不合格式，或由较新的程序写成');
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const newer = parsed.data.migrations.filter((name) => !known.has(name));
  if (newer.length > 0)
    throw new BackupError(
      'newer-backup',
      `这份备份由较新的程序写成，本程序没有这些数据库结构：${newer.join('、')}。请用写成它的那一版或更新的程序恢复。`,
    );
  return parsed.data;
}

function damaged(file: string, why: string): BackupError {
  return new BackupError('damaged-backup', `备份里的 ${file} 已损坏：${why}。请换一份备份。`);
}
