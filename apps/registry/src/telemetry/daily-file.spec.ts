import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DailyFile } from './daily-file.ts';

const DAY_MS = 86_400_000;
let folder: string;
let now: number;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'mandate log 日志 ')), 'logs');
  now = Date.parse('2026-03-01T08:00:00Z');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const open = (name = 'api', days = 200) => new DailyFile(folder, name, days, () => now);
const text = (day: string) => readFile(join(folder, `api-${day}.ndjson`), 'utf8');

describe('a log file', () => {
  test('is of one day, of one process, and nobody else’s', async () => {
    const file = open();
    file.write('one\n');
    now += DAY_MS;
    file.write('two\n');
    open('worker').write('three\n');
    expect(await text('2026-03-01')).toBe('one\n');
    expect(await text('2026-03-02')).toBe('two\n');
    expect((await readdir(folder)).sort()).toContain('worker-2026-03-02.ndjson');
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'api-2026-03-01.ndjson'))).mode & 0o077).toBe(0);
  });

  test('goes on where an earlier process ended', async () => {
    open().write('one\n');
    open().write('two\n');
    expect(await text('2026-03-01')).toBe('one\ntwo\n');
  });

  test('is kept for its days and then removed, with those of processes that run no more', async () => {
    for (let day = 0; day < 202; day += 1) {
      open().write('x\n');
      if (day === 0) open('front').write('x\n');
      now += DAY_MS;
    }
    const kept = await readdir(folder);
    expect(kept).not.toContain('api-2026-03-01.ndjson');
    expect(kept).not.toContain('front-2026-03-01.ndjson');
    expect(kept).toContain('api-2026-03-03.ndjson');
    // Today, and the 200 days before it.
    expect(kept).toHaveLength(201);
  });

  test('survives a clock that jumps ahead for a moment', async () => {
    open().write('x\n');
    now += 40 * 365 * DAY_MS;
    open().write('y\n');
    expect(await text('2026-03-01')).toBe('x\n');
  });

  test('that is no file of the log is left alone', async () => {
    open('api', 1).write('x\n');
    await writeFile(join(folder, 'notes-2001-01-01.txt'), '');
    now += 9 * DAY_MS;
    open('api', 1).write('x\n');
    expect(await readdir(folder)).toContain('notes-2001-01-01.txt');
  });
});

describe('a full disk', () => {
  test('ends nothing, and what was lost is told once there is room', async () => {
    open('worker').write('x\n');
    await symlink('/dev/full', join(folder, 'api-2026-03-01.ndjson'));
    const file = open();
    file.write('one\n');
    file.write('two\n');
    expect(file.lostLines).toBe(2);
    await rm(join(folder, 'api-2026-03-01.ndjson'));
    now += 2_000;
    file.write('three\n');
    expect(file.lostLines).toBe(0);
    const [told = '', three] = (await text('2026-03-01')).split('\n');
    expect(JSON.parse(told)).toMatchObject({ event: 'log-lines-lost', lost: 2 });
    expect(three).toBe('three');
  });

  test('nor does a folder that cannot be made', async () => {
    await writeFile(folder, 'a file in the way');
    const file = open();
    file.write('one\n');
    expect(file.lostLines).toBe(1);
  });
});
