import { expect, test } from '@jest/globals';
import type { Part } from './child-process.ts';
import { KeptPart } from './kept-part.ts';

const HOUR_MS = 3_600_000;

class Fake implements Part {
  readonly name = 'part';
  exitCode: number | null = null;
  readonly #end = Promise.withResolvers<string>();
  readonly ended = this.#end.promise;

  die(how: string): void {
    this.exitCode ??= 1;
    this.#end.resolve(how);
  }
  message(): Promise<unknown> {
    return new Promise(() => undefined);
  }
  send(): void {
    // Hears nothing.
  }
  stop(): Promise<void> {
    this.die('stopped');
    return Promise.resolve();
  }
  kill(): void {
    this.die('killed');
  }
}

function keep(options: { delayMs: number; waitForChange?: boolean }) {
  const started: Fake[] = [];
  const ends: string[] = [];
  let next = Promise.withResolvers<Fake>();
  const kept = new KeptPart({
    start: () => {
      const part = new Fake();
      started.push(part);
      return part;
    },
    onStart: () => {
      next.resolve(started.at(-1) ?? new Fake());
      next = Promise.withResolvers();
    },
    onEnd: (how) => {
      ends.push(how);
      return options.delayMs;
    },
    waitForChange: options.waitForChange ?? false,
  });
  return { kept, started, ends, next: () => next.promise };
}

test('starts what ended by itself again, each time', async () => {
  const { kept, started, ends, next } = keep({ delayMs: 1 });
  for (const how of ['first', 'second', 'third']) {
    const again = next();
    started.at(-1)?.die(how);
    await again;
  }
  expect(ends).toEqual(['first', 'second', 'third']);
  expect(started).toHaveLength(4);
  await kept.stop();
  expect(started).toHaveLength(4);
});

test('does not call an end that was asked for an end by itself', async () => {
  const { kept, started, ends, next } = keep({ delayMs: HOUR_MS });
  const again = next();
  await kept.renew();
  await again;
  await kept.stop();
  expect(ends).toEqual([]);
  expect(started).toHaveLength(2);
});

test('stops at once in the middle of a wait, and starts nothing more', async () => {
  const { kept, started, ends } = keep({ delayMs: HOUR_MS });
  started[0]?.die('x');
  await new Promise((resolve) => setImmediate(resolve));
  expect(ends).toEqual(['x']);
  await kept.stop();
  expect(started).toHaveLength(1);
});

test('renewing ends the wait, and the next end waits again', async () => {
  const { kept, started, ends, next } = keep({ delayMs: HOUR_MS });
  started[0]?.die('x');
  await new Promise((resolve) => setImmediate(resolve));
  const again = next();
  await kept.renew();
  (await again).die('y');
  await new Promise((resolve) => setImmediate(resolve));
  expect(ends).toEqual(['x', 'y']);
  expect(started).toHaveLength(2);
  await kept.stop();
});

test('where one writes code, what failed waits for a change', async () => {
  const { kept, started, next } = keep({ delayMs: 0, waitForChange: true });
  started[0]?.die('syntax');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started).toHaveLength(1);
  const again = next();
  await kept.renew();
  await again;
  expect(started).toHaveLength(2);
  await kept.stop();
});
