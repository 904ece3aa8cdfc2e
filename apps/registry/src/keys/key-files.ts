import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The file's bytes; where there is none, what `make` gives, written whole or not at all, readable by its owner only.
 * Of two processes that make the same key at once, one wins and both use its key.
 */
export async function readOrCreate(path: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const existing = await findFile(path);
  if (existing !== undefined) return existing;
  const temporary = await writeBeside(path, await make());
  try {
    await link(temporary, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path);
}

/** Replaces the file in one step. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  await rename(await writeBeside(path, bytes), path);
}

export async function findFile(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

function isCode(error: unknown, code: string): boolean {
  // Not by instanceof: an error of Node's own may come from another realm than this module.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
