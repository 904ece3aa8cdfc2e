import { randomBytes } from 'node:crypto';
import { closeSync, fsync, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes } from '@mandate/encoding';
import { promisify } from 'node:util';
import { systemCode } from '../files/system-code.ts';
import { inParallel } from '../files/in-parallel.ts';
import type { PublishedPaths } from './published-paths.ts';

/** Files that wait for the disk together: it writes many in one go. */
const BATCH = 500;
/** Files that are asked for at once. */
const SYNCS = 16;

const syncFile = promisify(fsync);

type FolderPaths = Pick<PublishedPaths, 'root' | 'incoming' | 'format'>;

interface OpenFile {
  readonly descriptor: number;
  readonly temporary: string;
  readonly target: string;
}

/**
 * The folder that is served as `/log` and `/data`. A file appears whole or not at all: written and synced elsewhere on the
 * same file system, then renamed. One process at a time writes; its caller holds the lock.
 */
export class PublishedFolder {
  readonly #root: string;
  readonly #incoming: string;
  readonly #format: string;
  /** folders whose list of names has changed since the last `sync` */
  readonly #touched = new Set<string>();
  /** folders that are known to be there */
  readonly #made = new Set<string>();
  #written = 0;

  private constructor({ root, incoming, format }: FolderPaths) {
    this.#root = root;
    this.#incoming = incoming;
    this.#format = format;
  }

  /** Also removes what a crash left half written. */
  static async open(paths: FolderPaths): Promise<PublishedFolder> {
    const { root, incoming } = paths;
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    await mkdir(root, { recursive: true });
    return new PublishedFolder(paths);
  }

  /** The form in which the records were last written; undefined where that is not known. */
  async findFormat(): Promise<string | undefined> {
    return readFile(this.#format, 'utf8').catch(() => undefined);
  }

  /** Comes after the records. A power cut that loses it only has them written once more. */
  async setFormat(format: string): Promise<void> {
    if ((await this.findFormat()) !== format) await writeFile(this.#format, format);
  }

  /** Files written so far. */
  get written(): number {
    return this.#written;
  }

  async find(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#root, path));
    } catch (error) {
      // ENOTDIR: a part of the path is a file, so there is none of this name.
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
      throw error;
    }
  }

  /** Writes the file unless it holds these bytes already. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const existing = await this.find(path);
    if (existing !== undefined && equalBytes(existing, bytes)) return;
    const target = join(this.#root, path);
    await this.#makeFolder(dirname(target));
    const temporary = this.#temporary();
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    this.#touched.add(dirname(target));
    this.#written += 1;
  }

  /**
   * Writes those files that are not there, many of them quickly. For files whose name says their content: one that is
   * there is not looked into.
   */
  async writeMissing(files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>): Promise<void> {
    let batch: OpenFile[] = [];
    try {
      for (const { path, bytes } of files) {
        const target = join(this.#root, path);
        if (statSync(target, { throwIfNoEntry: false })?.isFile() === true) continue;
        await this.#makeFolder(dirname(target));
        const temporary = this.#temporary();
        // Small files, one after another: to wait for each by itself would cost more than to write it.
        const descriptor = openSync(temporary, 'wx');
        batch.push({ descriptor, temporary, target });
        writeFileSync(descriptor, bytes);
        if (batch.length < BATCH) continue;
        await this.#finish(batch);
        batch = [];
      }
      await this.#finish(batch);
      batch = [];
    } finally {
      for (const { descriptor } of batch) closeSync(descriptor);
    }
  }

  /** Makes every rename so far survive a power cut: what comes next may rely on it. */
  async sync(): Promise<void> {
    for (const folder of this.#touched) await syncFolder(folder);
    this.#touched.clear();
  }

  async remove(path: string): Promise<void> {
    this.#made.clear();
    await rm(join(this.#root, path), { recursive: true, force: true });
  }

  async #finish(batch: readonly OpenFile[]): Promise<void> {
    await inParallel(batch, SYNCS, ({ descriptor }) => syncFile(descriptor));
    for (const { temporary, target } of batch) {
      renameSync(temporary, target);
      this.#touched.add(dirname(target));
      this.#written += 1;
    }
    for (const { descriptor } of batch) closeSync(descriptor);
  }

  #temporary(): string {
    return join(this.#incoming, randomBytes(12).toString('hex'));
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    const first = await mkdir(folder, { recursive: true });
    this.#made.add(folder);
    if (first === undefined) return;
    // Every folder made on the way is a new name in the one above it.
    for (let made = folder; made.length >= first.length; made = dirname(made))
      this.#touched.add(dirname(made));
  }
}

export async function syncFolder(folder: string): Promise<void> {
  // Windows gives no handle on a folder, and keeps its names without being asked.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
