import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { ImportReport } from '../../apps/registry/src/imports/import-report.ts';
import { signInForCommands } from '../support/command-sessions.ts';
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
  test('of one file make one draft: the other is told of it', async () => {
    const path = await desk.list(rows('东', 300));
    const reports = await Promise.all([desk.draft(path), desk.draft(path, {}, other)]);
    const errors = reports.map(({ files }) => files[0]?.error?.code).sort();
    expect(errors).toEqual(['open-draft', undefined]);
    for (const { lists } of reports) await desk.publish(lists);
    const heads = await desk.listed();
    expect(heads).toHaveLength(300);
    expect(new Set(heads.map(({ name }) => name)).size).toBe(300);
  });

  test('of two organs do not interleave', async () => {
    const one = await desk.list(rows('东', 300), 'one.xlsx');
    const first = desk.key;
    desk.nextOrgan();
    const two = await desk.list(rows('西', 300), 'two.xlsx');
    const reports = await Promise.all([desk.draft(one), desk.draft(two, {}, other)]);
    await Promise.all([desk.publish(reports[0].lists), desk.publish(reports[1].lists, other)]);
    const indexes = [await desk.items.heads({ organ: first }), await desk.listed()].map((heads) =>
      heads.map(({ index }) => index ?? -1).sort((a, b) => a - b),
    );
    for (const list of indexes) expect((list.at(-1) ?? 0) - (list[0] ?? 0)).toBe(299);
  });

  test('of two files of one organ: the second sees what the first has listed', async () => {
    const [one, two] = [
      await desk.list(rows('东', 50), 'one.xlsx'),
      await desk.list(rows('西', 50), 'two.xlsx'),
    ];
    const report = await desk.run([one, two]);
    expect(report).toMatchObject({ entriesAppended: 102, lists: [{ files: ['one.xlsx', 'two.xlsx'] }] });
    expect(await desk.run(one, { cancelMissing: true })).toMatchObject({ cancelled: 50 });
    const states = (await desk.listed()).map(({ name, state }) => `${name.charAt(0)} ${state}`);
    expect(new Set(states)).toEqual(new Set(['东 in-force', '西 cancelled']));
  });
});

describe('the command', () => {
  let sessionsDir: string;
  beforeAll(async () => {
    sessionsDir = await signInForCommands(desk.registry, {
      editor: 'long enough for us',
      reviewer: 'long enough for us',
    });
  });
  const mandate = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const env = {
      ...process.env,
      MANDATE_SESSIONS_DIR: sessionsDir,
      MANDATE_DATA_DIR: desk.registry.dataDir,
      MANDATE_PUBLIC_URL: 'https://registry.example',
      DATABASE_URL: desk.registry.database.appUrl,
      MANDATE_READING_SECONDS: '600',
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

  test('from two processes at once makes one draft', async () => {
    const path = await desk.list(rows('南', 400));
    const [a, b] = await Promise.all([
      mandate('--json', '--as', 'editor', path),
      mandate('--json', '--as', 'editor', path),
    ]);
    expect([a.code, b.code].sort()).toEqual([0, 1]);
    const reports = [a, b].map(({ stdout }) => parse(stdout));
    expect(reports.flatMap(({ files }) => files[0]?.error?.code ?? [])).toEqual(['open-draft']);
    for (const { lists } of reports) await desk.publish(lists);
    expect(await desk.listed()).toHaveLength(400);
  });

  test('exits 1 when a file could not be read, and drafts the lists of the others', async () => {
    const path = await desk.list(rows('北', 2));
    const { code, stdout, stderr } = await mandate(
      '--json',
      '--as',
      'editor',
      '--keep',
      `${path}.none`,
      path,
    );
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(parse(stdout)).toMatchObject({
      items: 2,
      lists: [{ draft: { state: 'draft', changes: 3 } }],
      files: [{ error: { code: 'unreadable-file' } }, { items: 2 }],
    });
  });

  test('refuses an account that is not there, and one that may not edit', async () => {
    const path = await desk.list(rows('中', 2));
    expect(await mandate('--as', 'nobody', path)).toMatchObject({ code: 1 });
    const { code, stdout } = await mandate('--json', '--as', 'reviewer', path);
    expect(code).toBe(1);
    expect(parse(stdout).files[0]?.error?.code).toBe('missing-role');
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
    [['a.xlsx']],
    [['--no-such-option', 'a.xlsx']],
    [['--effective-date', '2026-02-30', 'a.xlsx']],
    [['--reason', ' ', 'a.xlsx']],
    [['--organ', '', 'a.xlsx']],
    [['--edition', '2026 年', 'a.xlsx']],
    [['--edition-date', '昨天', 'a.xlsx']],
  ])('exits 2 for wrong use: %j', async (args) => {
    const { code, stderr } = await mandate(...args);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });
});
