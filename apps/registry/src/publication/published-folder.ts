import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes } from '@mandate/encoding';
import { systemCode } from '../runtime/runtime.errors.ts';

/**
 * The folder that is served as `/log` and `/data`. A file appears whole or not at all: written and synced elsewhere on the
 * same file system, then renamed. One process at a time writes; its caller holds the lock.
 */
export class PublishedFolder {
  readonly #root: string;
  readonly #incoming: string;
  /** folders whose list of names has changed since the last `sync` */
  readonly #touched = new Set<string>();
  #written = 0;

  private constructor(root: string, incoming: string) {
    this.#root = root;
    this.#incoming = incoming;
  }

  /** Also removes what a crash left half written. */
  static async open({ root, incoming }: { root: string; incoming: string }): Promise<PublishedFolder> {
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    await mkdir(root, { recursive: true });
    return new PublishedFolder(root, incoming);
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
    const temporary = join(this.#incoming, randomBytes(12).toString('hex'));
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

  /** Makes every rename so far survive a power cut: what comes next may rely on it. */
  async sync(): Promise<void> {
    for (const folder of this.#touched) await syncFolder(folder);
    this.#touched.clear();
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.#root, path), { recursive: true, force: true });
  }

  async #makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
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
