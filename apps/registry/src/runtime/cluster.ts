import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { dataFolderFault, RuntimeError } from './runtime.errors.ts';
import { systemCode } from '../files/system-code.ts';
import { runAs, type ServerAccount } from './server-account.ts';
import type { ServerBinaries } from './server-binaries.ts';

const MAJOR = '18';
export const DATABASE = 'mandate';
export const OWNER_ROLE = 'mandate_owner';
export const APP_ROLE = 'mandate_app';

const Credentials = z.object({ owner: z.string().min(20), app: z.string().min(20) });
/** Passwords of the two roles. The superuser has none and is let in by nobody. */
export type Credentials = z.infer<typeof Credentials>;

// Only the two roles, only from this machine, only with their passwords.
const HOST_RULES = [OWNER_ROLE, APP_ROLE]
  .map((role) => `host all ${role} 127.0.0.1/32 scram-sha-256\n`)
  .join('');

/** @returns undefined where no credentials have been made yet */
export async function readCredentials(folder: string): Promise<Credentials | undefined> {
  const path = join(folder, 'credentials.json');
  try {
    return Credentials.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw dataFolderFault(path, error);
  }
}

export async function createCredentials(folder: string): Promise<Credentials> {
  const path = join(folder, 'credentials.json');
  const password = (): string => randomBytes(24).toString('base64url');
  const credentials = { owner: password(), app: password() };
  await writeFile(`${path}.new`, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return credentials;
}

export interface ClusterOptions {
  readonly account: ServerAccount;
  readonly binaries: ServerBinaries;
  /** loses data in a power cut, and its owner may create databases: for tests */
  readonly throwaway: boolean;
}

/** Makes the cluster with its roles and database; it gets its name last, so a half-made one is never met. */
export async function createCluster(
  cluster: string,
  credentials: Credentials,
  { account, binaries, throwaway }: ClusterOptions,
): Promise<void> {
  const parent = dirname(cluster);
  for (const name of await readdir(parent)) {
    if (name.startsWith('unfinished-')) await rm(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = join(parent, `unfinished-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    if (account.ids !== undefined) await chown(unfinished, account.ids.uid, account.ids.gid);
    const { code, output } = await runAs(account, binaries.initdb, [
      ...['-D', unfinished, '-U', 'postgres', '-A', 'reject', '--no-instructions'],
      // The builtin provider sorts the same on every host and needs no locale installed.
      ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ...(throwaway ? ['--no-sync'] : []),
    ]);
    if (code !== 0) throw clusterError(unfinished, output);
    await writeFile(join(unfinished, 'pg_hba.conf'), HOST_RULES);
    await runSingleUser(unfinished, { account, binaries }, [
      `CREATE ROLE ${OWNER_ROLE} LOGIN ${throwaway ? 'CREATEDB' : ''} PASSWORD '${credentials.owner}'`,
      `CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${credentials.app}'`,
      `CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`,
      `REVOKE ALL ON DATABASE ${DATABASE}, postgres, template1 FROM PUBLIC`,
      `GRANT CONNECT ON DATABASE ${DATABASE} TO ${APP_ROLE}`,
    ]);
    await chmod(unfinished, 0o700);
    await rename(unfinished, cluster);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** For a cluster whose credentials file was lost; the server must not be running. */
export async function resetPasswords(
  cluster: string,
  credentials: Credentials,
  options: Pick<ClusterOptions, 'account' | 'binaries'>,
): Promise<void> {
  await runSingleUser(cluster, options, [
    `ALTER ROLE ${OWNER_ROLE} PASSWORD '${credentials.owner}'`,
    `ALTER ROLE ${APP_ROLE} PASSWORD '${credentials.app}'`,
  ]);
}

/** The server without network, as superuser, a statement a line: the only way in for the superuser. */
async function runSingleUser(
  cluster: string,
  { account, binaries }: Pick<ClusterOptions, 'account' | 'binaries'>,
  statements: readonly string[],
): Promise<void> {
  const { code, output } = await runAs(
    account,
    binaries.postgres,
    ['--single', '-D', cluster, '-c', 'exit_on_error=true', '-c', 'log_checkpoints=off', 'postgres'],
    `${statements.join('\n')}\n`,
  );
  if (code !== 0) throw clusterError(cluster, output.replaceAll(/PASSWORD '[^']*'/g, "PASSWORD '…'"));
}

function clusterError(cluster: string, output: string): RuntimeError {
  const last = output.trim().split('\n').slice(-8).join('\n');
  const full = /No space left on device|Disk quota exceeded/.test(output);
  const hint = full
    ? '磁盘已满，请腾出空间后再试（the disk is full）'
    : '数据库无法建立（cannot create the database）';
  return new RuntimeError('cluster-failed', `${hint}：${dirname(cluster)}\n${last}`);
}

/** @throws RuntimeError `cluster-version` for a cluster of another major version */
export async function checkVersion(cluster: string): Promise<void> {
  const path = join(cluster, 'PG_VERSION');
  const version = await readFile(path, 'utf8').catch((error: unknown) => {
    throw dataFolderFault(path, error);
  });
  if (version.trim() === MAJOR) return;
  throw new RuntimeError(
    'cluster-version',
    `数据文件夹中的数据库是 PostgreSQL ${version.trim()} 的，本程序带的是 ${MAJOR}：${cluster}\n` +
      `请用原来版本的程序导出数据，或用 MANDATE_DATA_DIR 换一个文件夹。\n` +
      `The database in the data folder is of PostgreSQL ${version.trim()}, not ${MAJOR}.`,
  );
}
