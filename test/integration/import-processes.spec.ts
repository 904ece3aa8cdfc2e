import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { ImportReport } from '../../apps/registry/src/imports/import-report.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { itemRow, type SheetRows } from '../support/workbook.ts';

const MANDATE = resolve(import.meta.dirname, '../../apps/registry/bin/mandate.js');

let desk: ImportDesk;
let other: INestApplicationContext;

beforeAll(async () => {
  desk = await ImportDesk.open();
  other = await desk.registry.another();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.nextOrgan();
});
afterEach(async () => {
  // Whatever the order, every entry has its one place in the tree.
  const waiting =
    'SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT FROM log_leaf l WHERE l.entry_id = e.id)';
  expect(await desk.count(waiting)).toBe(0);
});

const rows = (word: string, count: number): SheetRows =>
  Array.from({ length: count }, (_, n) => itemRow(n + 1, `${word}${word}第${n.toString()}号`));

describe('two imports at once', () => {
  test('of one file list every item once', async () => {
    const path = await desk.list(rows('东', 300));
    const reports = await Promise.all([desk.run(path), desk.run(path, {}, other)]);
    expect(reports.map(({ entriesAppended }) => entriesAppended).sort((a, b) => a - b)).toEqual([0, 301]);
    const heads = await desk.listed();
    expect(heads).toHaveLength(300);
    expect(new Set(heads.map(({ name }) => name)).size).toBe(300);
  });

  test('of two files of one organ give no key twice and do not interleave', async () => {
    const [one, two] = [
      await desk.list(rows('东', 300), 'one.xlsx'),
      await desk.list(rows('西', 300), 'two.xlsx'),
    ];
    const reports = await Promise.all([desk.run(one), desk.run(two, {}, other)]);
    expect(reports.map(({ entriesAppended }) => entriesAppended).sort((a, b) => a - b)).toEqual([300, 301]);
    const heads = await desk.listed();
    expect(heads).toHaveLength(600);
    const order = heads.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).map(({ name }) => name.charAt(0));
    expect(order.join('')).toMatch(/^(?:东{300}西{300}|西{300}东{300})$/);
  });

  test('one that cancels does not cancel what the other has just listed', async () => {
    const [one, two] = [
      await desk.list(rows('东', 50), 'one.xlsx'),
      await desk.list(rows('西', 50), 'two.xlsx'),
    ];
    const [first] = await Promise.all([desk.run(one, { cancelMissing: true }), desk.run(two, {}, other)]);
    const states = (await desk.listed()).map(({ name, state }) => `${name.charAt(0)} ${state}`);
    // Those of the other file are cancelled only if they were listed before this one was read.
    const cancelled = states.filter((state) => state === '西 cancelled').length;
    expect([0, 50]).toContain(cancelled);
    expect(first.cancelled).toBe(cancelled);
    expect(states.filter((state) => state === '东 in-force')).toHaveLength(50);
  });
});

describe('the command', () => {
  const mandate = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const env = {
      ...process.env,
      MANDATE_DATA_DIR: desk.registry.dataDir,
      MANDATE_PUBLIC_URL: 'https://registry.example',
      DATABASE_URL: desk.registry.database.appUrl,
    };
    const done = promisify(execFile)(process.execPath, [MANDATE, 'import', ...args], { env, maxBuffer: 1e8 });
    return done.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      // execFile rejects with the exit code and what was written.
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
  };
  // The command prints what ImportReport says.
  const parse = (json: string): ImportReport => JSON.parse(json) as ImportReport;

  test('from two processes at once lists every item once', async () => {
    const path = await desk.list(rows('南', 400));
    const [a, b] = await Promise.all([mandate('--json', path), mandate('--json', path)]);
    expect([a.code, b.code]).toEqual([0, 0]);
    const appended = [a, b].map(({ stdout }) => parse(stdout).entriesAppended);
    expect(appended.sort((x, y) => x - y)).toEqual([0, 401]);
    expect(await desk.listed()).toHaveLength(400);
  });

  test('exits 1 when a file could not be read, and imports the others', async () => {
    const path = await desk.list(rows('北', 2));
    const { code, stdout, stderr } = await mandate('--json', `${path}.none`, path);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(parse(stdout)).toMatchObject({
      items: 2,
      files: [{ error: { code: 'unreadable-file' } }, { items: 2 }],
    });
  });

  test('prints a table for people', async () => {
    const { code, stdout } = await mandate('--dry-run', await desk.list(rows('中', 2)));
    expect(code).toBe(0);
    expect(stdout).toContain(`机关  ${desk.organ}（取自标题`);
    expect(stdout).toMatch(/工作表 +事项 +子项 +层级 +写明 +提示\n +Sheet1 +2 +0 +2 +— +1/);
    expect(stdout).toContain('试运行，没有写入任何内容');
  });

  test.each([
    [[]],
    [['--no-such-option', 'a.xlsx']],
    [['--effective-date', '2026-02-30', 'a.xlsx']],
    [['--reason', ' ', 'a.xlsx']],
    [['--organ', '', 'a.xlsx']],
  ])('exits 2 for wrong use: %j', async (args) => {
    const { code, stderr } = await mandate(...args);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });
});
