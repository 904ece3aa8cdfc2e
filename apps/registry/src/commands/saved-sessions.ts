import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/config.ts';

/** Tokens by login. */
const Sessions = z.record(z.string(), z.string());

/**
 * Sessions of the command line, one file for each registry, which nobody but whoever signed in may read. The server ends them as it ends a browser's.
 */
export class SavedSessions {
  readonly #path: string;

  constructor({ dataDir, sessionsDir }: Pick<Config, 'dataDir' | 'sessionsDir'>) {
    const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 32);
    this.#path = join(sessionsDir, `${name}.json`);
  }

  async find(login: string): Promise<string | undefined> {
    return (await this.#read())[login];
  }

  async save(login: string, token: string): Promise<void> {
    await this.#write({ ...(await this.#read()), [login]: token });
  }

  async forget(login: string): Promise<void> {
    const { [login]: _forgotten, ...others } = await this.#read();
    if (Object.keys(others).length > 0) await this.#write(others);
    else await rm(this.#path, { force: true });
  }

  /** A file that is damaged, or that there is not, holds no session. */
  async #read(): Promise<Readonly<Record<string, string>>> {
    // Readable by others, it may be theirs by now: it counts as none, and the next sign-in writes it anew.
    const open =
      process.platform !== 'win32' && ((await stat(this.#path).catch(() => undefined))?.mode ?? 0) & 0o077;
    const text = open ? '{}' : await readFile(this.#path, 'utf8').catch(() => '{}');
    try {
      return Sessions.safeParse(JSON.parse(text)).data ?? {};
    } catch {
      return {};
    }
  }

  async #write(sessions: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await chmod(dirname(this.#path), 0o700);
    const temporary = `${this.#path}.${process.pid.toString()}.new`;
    await writeFile(temporary, JSON.stringify(sessions), { mode: 0o600 });
    await rename(temporary, this.#path);
  }
}
