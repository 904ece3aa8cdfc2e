import { createHash, randomBytes } from 'node:crypto';
import {
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { dataFolderFault, RuntimeError } from './runtime.errors.ts';
import { DataFolderError } from '../files/data-folder.errors.ts';
import { systemCode } from '../files/system-code.ts';
import { canWorkIn, isRoot, type ServerAccount } from './server-account.ts';
import { OUTSIDE_DIR } from './server-binaries.ts';

const Pointer = z.object({ cluster: z.string().min(1), folder: z.string().min(1) });

/**
 * The folder of the cluster: `<folder>/cluster`, or, where the account may not enter that, one outside that
 * `<folder>/location.json` names. It need not exist yet.
 */
export async function findClusterPlace(
  folder: string,
  account: ServerAccount,
  log: (line: string) => void,
): Promise<string> {
  const inside = join(folder, 'cluster');
  const pointed = await readPointer(folder);
  if (pointed !== undefined) return pointed;
  const reachable = await canWorkInside(folder, account);
  if (reachable) return inside;
  if ((await stat(inside).catch(() => undefined)) !== undefined) {
    throw new DataFolderError(
      'data-folder-unusable',
      `运行数据库的用户 ${account.name} 进不了数据文件夹：${folder}\n` +
        `请把数据文件夹放到该用户能进入的地方，或用 MANDATE_DATA_DIR 指定。\n` +
        `User ${account.name}, who runs the database, may not enter the data folder; move it or set MANDATE_DATA_DIR.`,
    );
  }
  return makeOutside(folder, account, log);
}

async function readPointer(folder: string): Promise<string | undefined> {
  const path = join(folder, 'location.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw dataFolderFault(path, error);
  });
  if (text === undefined) return undefined;
  const pointer = Pointer.parse(JSON.parse(text));
  if (pointer.folder !== folder) await refuseCopy(pointer, folder);
  return pointer.cluster;
}

/** Two copies of a data folder must not run one cluster; a folder that was only moved may go on. */
async function refuseCopy(pointer: z.infer<typeof Pointer>, folder: string): Promise<void> {
  const original = await readFile(join(pointer.folder, 'location.json'), 'utf8').catch(() => undefined);
  if (original === undefined) {
    await writePointer(folder, pointer.cluster);
    return;
  }
  throw new RuntimeError(
    'data-folder-copied',
    `${dirname(folder)} 是 ${dirname(pointer.folder)} 的副本，而数据库本身在 ${pointer.cluster}，没有一起复制。\n` +
      `请删除副本中的 ${folder}，或用 MANDATE_DATA_DIR 指定另一个文件夹。\n` +
      `This data folder is a copy whose database lies elsewhere; delete its database folder or set MANDATE_DATA_DIR.`,
  );
}

async function writePointer(folder: string, cluster: string): Promise<void> {
  const path = join(folder, 'location.json');
  await writeFile(`${path}.new`, `${JSON.stringify({ cluster, folder })}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function canWorkInside(folder: string, account: ServerAccount): Promise<boolean> {
  if (account.ids === undefined) return true;
  const probe = await mkdtemp(join(folder, 'probe-'));
  try {
    await chown(probe, account.ids.uid, account.ids.gid);
    return await canWorkIn(account, probe);
  } catch (error) {
    // A file system without owners: PostgreSQL would not take it either.
    if (systemCode(error) === 'EPERM') return false;
    throw error;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

async function makeOutside(
  folder: string,
  account: ServerAccount,
  log: (line: string) => void,
): Promise<string> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const temp = await realpath(tmpdir());
  // What belongs to a temporary folder is temporary too.
  const parents = folder.startsWith(join(temp, '/')) ? [temp, OUTSIDE_DIR] : [OUTSIDE_DIR, temp];
  for (const parent of parents) {
    // Random, so that a data folder made anew under the old path does not find the old cluster.
    const home = join(parent, `mandate-${name}-${randomBytes(6).toString('hex')}`);
    try {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      await mkdir(home, { mode: 0o711 });
    } catch {
      continue;
    }
    if (await canWorkInside(home, account)) {
      const cluster = join(home, 'cluster');
      await writePointer(folder, cluster);
      log(`用户 ${account.name} 进不了 ${folder}，数据库放在 ${home}（the database lies there）`);
      return cluster;
    }
    await rm(home, { recursive: true, force: true });
  }
  throw new DataFolderError(
    'data-folder-unusable',
    `运行数据库的用户 ${account.name} 进不了 ${folder}，也没有别的地方可放数据库。\n` +
      `请用 MANDATE_DATA_DIR 指定一个该用户能进入的文件夹，或以普通用户身份启动。\n` +
      `Set MANDATE_DATA_DIR to a folder that user ${account.name} may enter, or start as an ordinary user.`,
  );
}

/** Removes the cluster that lies outside of its data folder, if one does. For throw-away databases. */
export async function removeOutsideCluster(folder: string): Promise<void> {
  const cluster = await readPointer(folder);
  if (cluster !== undefined && basename(cluster) === 'cluster') {
    await rm(dirname(cluster), { recursive: true, force: true });
  }
}

/** The user id that owns the cluster; undefined while there is none. */
export async function findClusterOwner(cluster: string): Promise<number | undefined> {
  const found = await lstat(cluster).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw dataFolderFault(cluster, error);
  });
  if (found !== undefined && !isRoot() && found.uid !== (process.getuid?.() ?? found.uid)) {
    throw new RuntimeError(
      'data-folder-of-another-user',
      `数据文件夹中的数据库属于另一个用户（uid ${found.uid}）：${cluster}\n` +
        `请以该用户或 root 身份运行，或用 MANDATE_DATA_DIR 换一个文件夹。\n` +
        `The database belongs to another user; run as that user or root, or set MANDATE_DATA_DIR.`,
    );
  }
  return found?.uid;
}
