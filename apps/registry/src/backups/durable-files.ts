import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemCode } from '../files/system-code.ts';

/** A file under this ending is on its way to its name. */
const PART = '.part';
// Personal data and, if asked for, keys: nobody but the owner.
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

interface WriteOptions {
  readonly mode?: number;
  readonly folderMode?: number;
  readonly through?: Transform;
}

/**
 * Writes a file whole or not at all, and durably: a power cut leaves the old one, the new one, or none.
 * @returns SHA-256, hex
 */
export async function writeDurably(
  path: string,
  content: Readable | string,
  { mode = FILE_MODE, folderMode = FOLDER_MODE, through }: WriteOptions = {},
): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: folderMode });
  const part = `${path}${PART}`;
  await rm(part, { force: true });
  const hash = createHash('sha256');
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const from = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content;
  const to = createWriteStream(part, { flags: 'wx', mode, flush: true });
  if (through === undefined) await pipeline(from, counted, to);
  else await pipeline(from, through, counted, to);
  await rename(part, path);
  return hash.digest('hex');
}

/** SHA-256 of a file, hex; undefined where there is none. */
export async function findDigest(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    // A stream without an encoding gives buffers.
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** What stands below a folder and is neither file nor folder: links, pipes, devices. */
export async function foreignBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  return found
    .filter((entry) => !entry.isFile() && !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Every file below a folder, by its path with `/`; none where there is no folder. */
export async function filesBelow(folder: string, below = ''): Promise<string[]> {
  const found = await readdir(join(folder, below), { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files: string[] = [];
  for (const entry of found) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesBelow(folder, path)));
    else files.push(path);
  }
  return files.sort();
}

/** Makes the names in these folders survive a power cut, and those of the folders above them. */
export async function syncFolders(root: string, files: Iterable<string>): Promise<void> {
  if (process.platform === 'win32') return;
  const folders = new Set([root]);
  for (const file of files)
    for (let at = dirname(file); at !== '.' && at !== '/'; at = dirname(at)) folders.add(join(root, at));
  for (const folder of folders) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
