const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// npm passes on the Ctrl-C that the terminal has sent to everybody already.
const ECHO_MS = 800;
const PARENT_CHECK_MS = 500;

export interface StopSignals {
  /** resolves at the first signal */
  readonly first: Promise<NodeJS.Signals>;
  /** resolves at the second, which says: hurry */
  readonly second: Promise<NodeJS.Signals>;
  release(): void;
}

/**
 * @param withParent whether the end of the parent process counts as a signal: npm runs scripts in a shell, passes
 * SIGTERM on to that shell only, and the shell dies of it without a word to us
 */
export function listenForStop({ withParent }: { withParent: boolean }): StopSignals {
  const first = Promise.withResolvers<NodeJS.Signals>();
  const second = Promise.withResolvers<NodeJS.Signals>();
  let firstAt: number | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      first.resolve(name);
    } else if (Date.now() - firstAt > ECHO_MS) {
      second.resolve(name);
    }
  };
  for (const name of NAMES) process.on(name, onSignal);
  const parent = process.ppid;
  const check = setInterval(() => {
    if (!withParent || process.ppid === parent) return;
    clearInterval(check);
    onSignal('SIGTERM');
  }, PARENT_CHECK_MS).unref();
  return {
    first: first.promise,
    second: second.promise,
    release() {
      clearInterval(check);
      for (const name of NAMES) process.off(name, onSignal);
    },
  };
}
