import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { TYPESCRIPT_ARGS } from './child-process.ts';
import { type PoolLimits, LimitedProcesses } from './limited-processes.ts';

const JOBS = new URL('../../../../test/support/hostile-jobs.process.ts', import.meta.url);
const ABANDON = fileURLToPath(new URL('../../../../test/support/abandon-job.ts', import.meta.url));
const LIMITS: PoolLimits = {
  timeMs: 600_000,
  memoryMib: 400,
  processes: 1,
  waiting: 2,
  waitMs: 600_000,
  jobsOfOne: 5,
  keptMemoryMib: 300,
  idleMs: 60_000,
};

let opened: LimitedProcesses[] = [];
function open(limits: Partial<PoolLimits> = {}): LimitedProcesses {
  const processes = new LimitedProcesses(JOBS, { ...LIMITS, ...limits });
  opened.push(processes);
  return processes;
}
afterEach(async () => {
  await Promise.all(opened.map((processes) => processes.close()));
  opened = [];
});

const pidOf = (processes: LimitedProcesses): number | undefined => processes.processes[0]?.pid;

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended, and waiting for whoever started it to notice.
    return (
      process.platform !== 'linux' ||
      !/^State:\s+Z/m.test(readFileSync(`/proc/${pid.toString()}/status`, 'utf8'))
    );
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isThere(pid)) await sleep(20);
}

/** A job under way: its process has begun. */
async function spin(
  processes: LimitedProcesses,
  owner?: string,
): Promise<{ pid: number; job: Promise<unknown> }> {
  await processes.run('echo', '', owner);
  const job = processes.run('spin', '', owner).then(
    () => 'done',
    (error: unknown) => error,
  );
  return { pid: pidOf(processes) ?? 0, job };
}

describe('a process with limits', () => {
  test('does one job after the other, and gives back what it is given', async () => {
    const processes = open();
    const given = { bytes: new Uint8Array([1, 2]), words: new Set(['甲']), none: undefined };
    expect(await processes.run('echo', given)).toEqual({ parts: [given] });
    const first = pidOf(processes);
    await processes.run('echo', '');
    expect([first, pidOf(processes)]).toEqual([expect.any(Number), first]);
  });

  test('is ended at its time, in a loop that hears of nothing, and the next job is done', async () => {
    // Of the next job too, which waits behind all else on the machine.
    const processes = open({ timeMs: 2_000 });
    await expect(processes.run('spin', '')).rejects.toMatchObject({ code: 'time-limit' });
    expect(await processes.run('echo', 1)).toEqual({ parts: [1] });
  });

  test.each([
    ['objects of the heap', 'objects'],
    ['bytes that V8 does not count', 'bytes'],
    ['more bytes at once than a watch could see in time', 'one'],
  ])('is ended when it takes %s', async (_, kind) => {
    const processes = open({ timeMs: 600_000 });
    await expect(processes.run(kind, '')).rejects.toMatchObject({ code: 'memory-limit' });
    expect(await processes.run('echo', 1)).toEqual({ parts: [1] });
  });

  test('that is killed says so, and the next job is done', async () => {
    const processes = open({ timeMs: 600_000 });
    const { pid, job } = await spin(processes);
    process.kill(pid, 'SIGKILL');
    expect(await job).toMatchObject({ code: 'process-lost' });
    expect(await processes.run('echo', 1)).toEqual({ parts: [1] });
  });

  test('ends with a fault of ours and tells of it', async () => {
    await expect(open().run('fault', '')).rejects.toMatchObject({
      code: 'process-lost',
      cause: { message: expect.stringContaining('a fault') as unknown },
    });
  });

  test('gets no secret of ours to read', async () => {
    process.env['DATABASE_URL_FOR_TEST'] = 'secret';
    const result = await open().run('environment', '');
    delete process.env['DATABASE_URL_FOR_TEST'];
    expect(JSON.stringify(result)).toContain('PATH');
    expect(JSON.stringify(result)).not.toContain('DATABASE_URL');
  });

  test('is gone when the one who started it was killed, whatever it is doing', async () => {
    const parent = spawn(process.execPath, [...TYPESCRIPT_ARGS, ABANDON], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isThere(pid)).toBe(true);
    parent.kill('SIGKILL');
    await untilGone(pid);
  });
});

describe('processes with limits', () => {
  test('let no job wait that would be one too many, nor any too long', async () => {
    const processes = open({ timeMs: 600_000, waiting: 1, waitMs: 300 });
    const { pid, job } = await spin(processes);
    const waits = processes.run('echo', 1);
    await expect(processes.run('echo', 2)).rejects.toMatchObject({ code: 'busy' });
    await expect(waits).rejects.toMatchObject({ code: 'busy' });
    process.kill(pid, 'SIGKILL');
    await job;
    expect(await processes.run('echo', 3)).toEqual({ parts: [3] });
  });

  test('let somebody else pass whose jobs keep them busy', async () => {
    const processes = open({ processes: 2, timeMs: 600_000 });
    const { pid } = await spin(processes, 'hog');
    await spin(processes, 'hog');
    const order: string[] = [];
    const waiting = ['hog', 'other'].map(async (owner) => {
      await processes.run('echo', owner, owner);
      order.push(owner);
    });
    process.kill(pid, 'SIGKILL');
    await Promise.all(waiting);
    expect(order).toEqual(['other', 'hog']);
  });

  test('replace one that has done its jobs, or that has grown', async () => {
    for (const limits of [{ jobsOfOne: 1 }, { keptMemoryMib: 1 }]) {
      const processes = open(limits);
      await processes.run('echo', '');
      expect(processes.processes).toEqual([]);
      expect(await processes.run('echo', 1)).toEqual({ parts: [1] });
    }
  });

  test('end one that has nothing to do', async () => {
    const processes = open({ idleMs: 1 });
    await processes.run('echo', '');
    while (processes.processes.length > 0) await sleep(5);
  });

  test('are all gone once they are closed, and take no job any more', async () => {
    const processes = open({ timeMs: 600_000 });
    const { pid, job } = await spin(processes);
    const waits = processes.run('echo', '').catch((error: unknown) => error);
    await processes.close();
    expect(await job).toMatchObject({ code: 'process-lost' });
    expect(await waits).toMatchObject({ code: 'process-lost' });
    expect(isThere(pid)).toBe(false);
    await expect(processes.run('echo', '')).rejects.toMatchObject({ code: 'process-lost' });
  });
});
