import { copyFile, link, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../runtime/runtime.errors.ts';
import { inParallel } from './in-parallel.ts';
import { syncFolder } from './published-folder.ts';

const WORKERS = 16;

/**
 * A second name for every file of a folder. Published files are replaced, never changed in place, so the pinned ones stay
 * as they are; where the file system has no links they are copied.
 */
export async function pinTree(from: string, to: string): Promise<void> {
  const { folders, files } = await listTree(from);
  for (const folder of folders) await mkdir(join(to, folder), { recursive: true });
  await inParallel(files, WORKERS, async (file) => {
    try {
      await link(join(from, file), join(to, file));
    } catch (error) {
      if (['ENOENT', 'EEXIST', 'ENOSPC'].includes(systemCode(error) ?? '')) throw error;
      await copyFile(join(from, file), join(to, file));
    }
  });
}

/** Makes a finished tree survive a power cut. */
export async function syncTree(root: string): Promise<void> {
  const { folders, files } = await listTree(root);
  await inParallel(files, WORKERS, async (file) => {
    const handle = await open(join(root, file), 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
  await inParallel(folders, WORKERS, (folder) => syncFolder(join(root, folder)));
}

/** Relative paths; the root itself is the folder ''. */
export async function listTree(root: string): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    folders.push(folder);
    for (const found of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, found.name);
      if (found.isDirectory()) await visit(path);
      else files.push(path);
    }
  };
  await visit('');
  return { folders, files };
}
