import { SingleBar } from 'cli-progress';

/** A bar on standard error, where a person watches: what is written to standard output stays clean. */
export function importProgress(): {
  readonly show: (file: string, done: number, total: number) => void;
  readonly stop: () => void;
} {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} 项  {file}',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  let current: string | undefined;
  return {
    show: (file, done, total) => {
      if (file === current) bar.update(done);
      else {
        bar.start(total, done, { file });
        current = file;
      }
    },
    stop: () => {
      bar.stop();
    },
  };
}
