import { execFile, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { RuntimeError } from './runtime.errors.ts';

const run = promisify(execFile);

/** Who runs PostgreSQL: ourselves, or, since it refuses root, an unprivileged user. */
export interface ServerAccount {
  readonly name: string;
  /** undefined: the user of this process */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

const OURSELVES: ServerAccount = { name: 'self', ids: undefined };
const OWN_NAME = 'mandate';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Root uses the owner of the data folder, so that this person can go on without root; where root owns it, a user that
 * exists for such work, made if need be.
 */
export async function findServerAccount(dataDir: string): Promise<ServerAccount> {
  if (!isRoot()) return OURSELVES;
  const { uid } = await stat(dataDir);
  // initdb looks its user up by id, so a bare number (a mounted volume in a container) will not do.
  const owner = uid === 0 ? undefined : await findAccount(String(uid));
  return (
    owner ??
    (await findAccount(OWN_NAME)) ??
    (await findAccount('postgres')) ??
    (await createAccount()) ??
    (await findAccount('nobody')) ??
    noAccount()
  );
}

/** The account that owns an existing cluster: PostgreSQL accepts no other. */
export async function findAccountById(uid: number): Promise<ServerAccount> {
  if (!isRoot()) return OURSELVES;
  return (await findAccount(String(uid))) ?? noAccount();
}

async function findAccount(nameOrId: string): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid, name] = await Promise.all(
      ['-u', '-g', '-un'].map(async (flag) => (await run('id', [flag, '--', nameOrId])).stdout.trim()),
    );
    if (uid === undefined || gid === undefined || name === undefined || uid === '0') return undefined;
    return { name, ids: { uid: Number(uid), gid: Number(gid) } };
  } catch {
    return undefined; // no such user
  }
}

async function createAccount(): Promise<ServerAccount | undefined> {
  try {
    await run('useradd', [
      ...['--system', '--user-group', '--no-create-home'],
      ...['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', OWN_NAME],
    ]);
  } catch {
    // No useradd here, or another process was quicker: what exists now decides.
  }
  return findAccount(OWN_NAME);
}

function noAccount(): never {
  throw new RuntimeError(
    'no-account',
    `PostgreSQL 不能以 root 身份运行，而系统中没有可用的普通用户。\n` +
      `请执行 useradd --system mandate 后再试，或以普通用户身份启动。\n` +
      `PostgreSQL refuses root: create a system user named mandate, or start as an ordinary user.`,
  );
}

/** Starts a program as the account, in a folder everyone may enter. */
export function spawnAs(
  account: ServerAccount,
  command: string,
  args: readonly string[],
  options: { stdio: StdioOptions; detached?: boolean },
): ChildProcess {
  return spawn(command, args, {
    ...options,
    ...account.ids,
    windowsHide: true,
    ...(process.platform === 'win32'
      ? {}
      : {
          cwd: '/',
          // Our environment may hold secrets, which the other user could read in /proc; and PG* variables change
          // what the server does.
          env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
        }),
  });
}

export interface Finished {
  /** exit code; -1 after a signal or when the program could not be started */
  readonly code: number;
  /** standard output and error together */
  readonly output: string;
}

export async function runAs(
  account: ServerAccount,
  command: string,
  args: readonly string[],
  input = '',
): Promise<Finished> {
  return new Promise((resolve) => {
    // Out of the terminal's group: Ctrl-C must not break off initdb, which is done in a second anyway.
    const detached = process.platform !== 'win32';
    const child = spawnAs(account, command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', (error) => resolve({ code: -1, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
    // A program that ends before it has read everything says why in its output.
    child.stdin?.on('error', () => undefined).end(input);
  });
}

/** Whether the account itself, not only root, can work in the folder: no mode bits of a parent in its way. */
export async function canWorkIn(account: ServerAccount, folder: string): Promise<boolean> {
  if (account.ids === undefined) return true;
  const { code } = await runAs(account, '/bin/sh', ['-c', 'cd -- "$0" && test -w . && test -x .', folder]);
  return code === 0;
}
