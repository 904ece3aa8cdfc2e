import { copyFile, link, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { BLOBS_FOLDER, DATA_FOLDER } from '@mandate/published';
import { systemCode } from '../files/system-code.ts';
import { inParallel } from '../files/in-parallel.ts';

const WORKERS = 16;

const BLOBS = join(BLOBS_FOLDER);

/**
 * A second name for every data file that pages are made of. Published files are replaced, never changed in place, so the
 * pinned ones stay as they are; where the file system has no links they are copied. Blobs are named by their content and
 * never replaced: their folder is pointed to, and the log, which no page reads, is left out.
 */
export async function pinData(root: string, to: string): Promise<void> {
  const files = await listFiles(root, DATA_FOLDER);
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    await mkdir(join(to, folder), { recursive: true });
  }
  await inParallel(files, WORKERS, (file) => linkOrCopy(root, to, file));
  // A junction needs no privilege on Windows; elsewhere the type is ignored.
  await symlink(join(root, BLOBS), join(to, BLOBS), 'junction');
}

/** A second name for every file below `root`, which is replaced and never changed; no file where there is no folder. */
export async function pinFiles(root: string, to: string): Promise<void> {
  const found = await readdir(root, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  await mkdir(to, { recursive: true, mode: 0o700 });
  const files = found.filter((entry) => entry.isFile());
  const pathOf = (entry: (typeof found)[number]): string =>
    join(relative(root, entry.parentPath), entry.name);
  for (const folder of new Set(files.map((entry) => dirname(pathOf(entry)))))
    await mkdir(join(to, folder), { recursive: true });
  await inParallel(files, WORKERS, (entry) => linkOrCopy(root, to, pathOf(entry)));
}

async function linkOrCopy(root: string, to: string, file: string): Promise<void> {
  try {
    await link(join(root, file), join(to, file));
  } catch (error) {
    if (['ENOENT', 'EEXIST', 'ENOSPC'].includes(systemCode(error) ?? '')) throw error;
    await copyFile(join(root, file), join(to, file));
  }
}

/** Relative paths of the files below a folder, blobs left out. */
async function listFiles(root: string, folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const found of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, found.name);
    if (path === BLOBS) continue;
    if (found.isDirectory()) files.push(...(await listFiles(root, path)));
    else files.push(path);
  }
  return files;
}
