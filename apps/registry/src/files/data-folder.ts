import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { dataFolderError } from './data-folder.errors.ts';

const OWNER_ONLY = 0o700;
/** Others may pass through, to what is theirs below, and see nothing. */
const PASS_THROUGH = 0o711;

/**
 * Makes the data folder, for its owner alone: it holds keys, log files with addresses, the database. One that is open to
 * others is closed, and `say` tells so. Root's own folder with the embedded database in it stays passable: PostgreSQL
 * refuses root, and its user has to reach its files.
 * @throws DataFolderError
 */
export async function openDataFolder(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  say: (line: string) => void,
): Promise<void> {
  // Windows has no such modes: there the folder's own access list decides.
  if (process.platform === 'win32') return;
  try {
    // Processes that work with the embedded database are given its address.
    const passable = databaseUrl === undefined || existsSync(join(dataDir, 'database'));
    const isRoots = process.getuid?.() === 0;
    await mkdir(dataDir, { recursive: true, mode: isRoots && passable ? PASS_THROUGH : OWNER_ONLY });
    const { mode, uid } = await stat(dataDir);
    const allowed = isRoots && uid === 0 && passable ? PASS_THROUGH : OWNER_ONLY;
    const loose = mode & 0o777 & ~allowed;
    if (loose === 0) return;
    const right = (mode & allowed) | OWNER_ONLY;
    if (uid !== process.getuid?.() && !isRoots) {
      // A volume of another's, as some containers have it: its owner has to close it.
      say(
        `数据文件夹对别的用户开放（${octal(mode)}），请其所有者改为 ${octal(right)}：${dataDir}\n` +
          `The data folder is open to others; its owner should close it.`,
      );
      return;
    }
    await chmod(dataDir, right);
    say(
      `数据文件夹原来对别的用户开放（${octal(mode)}），已改为 ${octal(right)}：${dataDir}\n` +
        `The data folder was open to others and has been closed.`,
    );
  } catch (error) {
    throw dataFolderError(dataDir, error);
  }
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}
