import { describe, expect, test } from '@jest/globals';
import { HashGate } from './hash-gate.ts';

/** Work that ends when it is told to, and remembers that it began. */
class Job {
  begun = false;
  finish: () => void = () => undefined;
  readonly run = async (): Promise<void> => {
    this.begun = true;
    await new Promise<void>((resolve) => {
      this.finish = resolve;
    });
  };
}
const LIMITS = { atOnce: 2, waiting: 4, waitingOfNetwork: 2 };
const settle = () => new Promise((resolve) => setImmediate(resolve));

function open() {
  const gate = new HashGate(LIMITS);
  const enter = (network: string, known = false) => {
    const job = new Job();
    return { job, done: gate.pass({ known, network }, job.run) };
  };
  return { gate, enter };
}

describe('passwords are compared', () => {
  test('two at once, and the next when one is done', async () => {
    const { enter } = open();
    const [a, b, c] = [enter('1'), enter('2'), enter('3')];
    await settle();
    expect([a, b, c].map(({ job }) => job.begun)).toEqual([true, true, false]);
    a.job.finish();
    await settle();
    expect(c.job.begun).toBe(true);
    for (const { job } of [b, c]) job.finish();
    await Promise.all([a.done, b.done, c.done]);
  });

  test('of those who have signed in from there before first', async () => {
    const { enter } = open();
    const all = [enter('1'), enter('2'), enter('3'), enter('4', true)];
    await settle();
    all[0]?.job.finish();
    await settle();
    expect(all.map(({ job }) => job.begun)).toEqual([true, true, false, true]);
    for (const { job } of all) {
      await settle();
      job.finish();
    }
    await settle();
    for (const { job } of all) job.finish();
    await Promise.all(all.map(({ done }) => done));
  });

  test('for a line of bounded length; the rest is told when to come back', async () => {
    const { enter } = open();
    const inside = ['1', '2', '3', '4', '5', '6'].map((network) => enter(network));
    await expect(enter('7').done).rejects.toMatchObject({ code: 'busy', retryAfterSeconds: 2 });
    // Strangers have filled their line, not that of the officials.
    const official = enter('7', true);
    await settle();
    for (let round = 0; round < 4; round += 1) {
      for (const { job } of [...inside, official]) job.finish();
      await settle();
    }
    await Promise.all([...inside, official].map(({ done }) => done));
  });

  test('for so many of one network, which leaves room for others', async () => {
    const { enter } = open();
    const inside = [enter('1'), enter('1'), enter('1'), enter('1')];
    await expect(enter('1').done).rejects.toMatchObject({ code: 'busy' });
    const other = enter('2');
    for (let round = 0; round < 4; round += 1) {
      await settle();
      for (const { job } of [...inside, other]) job.finish();
    }
    await Promise.all([...inside, other].map(({ done }) => done));
    // And its own again, once it is through.
    const again = [enter('1'), enter('1'), enter('1')];
    for (let round = 0; round < 2; round += 1) {
      await settle();
      for (const { job } of again) job.finish();
    }
    await Promise.all(again.map(({ done }) => done));
  });

  test('and one that fails leaves its place', async () => {
    const gate = new HashGate({ atOnce: 1, waiting: 1, waitingOfNetwork: 1 });
    const waiter = { known: false, network: '1' };
    const failing = gate.pass(waiter, () => Promise.reject(new Error('no connection')));
    await expect(failing).rejects.toThrow('no connection');
    await expect(gate.pass(waiter, () => Promise.resolve('next'))).resolves.toBe('next');
  });
});
