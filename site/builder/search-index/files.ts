import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PublishedError } from '../../src/published/errors.ts';
import { syncFiles } from '../durable.ts';

/** The folder of an index while it is brought up to date. */
export class IndexFolder {
  readonly path: string;
  readonly #named = new Set<string>();
  readonly #written: string[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** @throws PublishedError `missing-file` */
  read(name: string): Uint8Array {
    try {
      return readFileSync(join(this.path, name));
    } catch (cause) {
      throw new PublishedError('missing-file', `the search index lacks ${name}`, { cause });
    }
  }

  /**
   * A file that already says so stays untouched; another is replaced whole, never written into: the folder may share its
   * files with an earlier release by hard links.
   */
  write(name: string, bytes: Uint8Array): void {
    const file = join(this.path, name);
    this.#named.add(name);
    if (existsSync(file) && Buffer.compare(readFileSync(file), bytes) === 0) return;
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.draft`;
    writeFileSync(draft, bytes);
    renameSync(draft, file);
    this.#written.push(file);
  }

  /** Removes what an earlier index left: every file that was not named since. */
  removeOthers(): void {
    for (const entry of readdirSync(this.path, { withFileTypes: true, recursive: true })) {
      const file = join(entry.parentPath, entry.name);
      const name = file.slice(this.path.length + 1).replaceAll('\\', '/');
      if (entry.isFile() && !this.#named.has(name)) rmSync(file);
    }
  }

  /** What was written outlives a power cut. */
  sync(): void {
    syncFiles(this.#written);
  }
}
