import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const HOOKS = new URL('../../bin/typescript-hooks.js', import.meta.url).href;
/** With these Node runs our TypeScript. */
export const TYPESCRIPT_ARGS = ['--disable-warning=ExperimentalWarning', '--import', HOOKS];
// An orderly end waits for requests under way; what takes longer than this will not end.
const PATIENCE_MS = 15_000;

/** A part of the program in a process of its own, tied to this one by an IPC channel. */
export interface Part {
  readonly name: string;
  /** resolves when it has ended, whatever the reason, to words for people */
  readonly ended: Promise<string>;
  readonly exitCode: number | null;
  /** resolves at its first message of this type */
  message(type: string): Promise<unknown>;
  /** Tells it something. One that has ended, or is about to, does not hear it. */
  send(message: object): void;
  /** Asks it to end by closing the channel, and ends it by force when it does not. */
  stop(): Promise<void>;
  kill(): void;
}

/**
 * @param file TypeScript file below `src`, such as `bootstrap/main.ts`
 */
export function startPart(
  name: string,
  file: string,
  options: { args?: readonly string[]; env: NodeJS.ProcessEnv },
): Part {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), [...(options.args ?? [])], {
    env: options.env,
    execArgv: TYPESCRIPT_ARGS,
    // A process group of its own: Ctrl-C in the terminal reaches the supervisor only, who ends things in order. When
    // the supervisor dies, the channel closes, and the part ends itself.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = endOf(child);
  return {
    name,
    ended,
    get exitCode() {
      return child.exitCode;
    },
    message: (type) => messageOf(child, type),
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    stop: () => stop(child, ended),
    kill: () => void child.kill('SIGKILL'),
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `退出码 ${code ?? '?'}` : `信号 ${signal}`),
    );
  });
}

function messageOf(child: ChildProcess, type: string): Promise<unknown> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (message === type) resolve(undefined);
      else if (typeof message === 'object' && 'type' in message && message.type === type) resolve(message);
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.connected) child.disconnect();
  const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(force);
}
