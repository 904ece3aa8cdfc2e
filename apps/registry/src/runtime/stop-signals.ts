const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// npm passes on the Ctrl-C that the terminal has sent to everybody already.
const ECHO_MS = 800;

export interface StopSignals {
  /** resolves at the first signal */
  readonly first: Promise<NodeJS.Signals>;
  /** resolves at the second, which says: hurry */
  readonly second: Promise<NodeJS.Signals>;
  release(): void;
}

export function listenForStop(): StopSignals {
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
  return {
    first: first.promise,
    second: second.promise,
    release() {
      for (const name of NAMES) process.off(name, onSignal);
    },
  };
}
