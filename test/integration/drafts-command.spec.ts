import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { registerCommands } from '../../apps/registry/src/commands/register-commands.ts';
import { chinaToday } from '../support/china-today.ts';
import { signInForCommands } from '../support/command-sessions.ts';
import { added, changed, DraftDesk, draftItem, PASSWORD } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

let registry: TestRegistry;
let desk: DraftDesk;
const today = await chinaToday();
/** Who have signed in on this machine. */
const OFFICIALS_OF_COMMANDS = ['editor', 'reviewer', 'publisher', 'auditor', 'keeper', 'second-keeper'];

beforeAll(async () => {
  registry = await openTestRegistry();
  await putActs(
    registry.app,
    ACTS.filter(({ redacted }) => redacted !== true),
  );
  desk = await DraftDesk.open(registry.app);
  Object.assign(process.env, {
    DATABASE_URL: registry.config.databaseUrl,
    MANDATE_DATA_DIR: registry.dataDir,
    MANDATE_PUBLIC_URL: registry.config.publicUrl,
  });
  process.env['MANDATE_SESSIONS_DIR'] = await signInForCommands(
    registry,
    Object.fromEntries(OFFICIALS_OF_COMMANDS.map((login) => [login, PASSWORD])),
  );
});
afterAll(async () => {
  delete process.env['MANDATE_SESSIONS_DIR'];
  delete process.env['DATABASE_URL'];
  delete process.env['MANDATE_DATA_DIR'];
  delete process.env['MANDATE_PUBLIC_URL'];
  await registry.close();
});

/** What `mandate …` prints. */
async function mandate(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const log = jest
    .spyOn(console, 'log')
    .mockImplementation((line: unknown) => void printed.push(String(line)));
  try {
    const program = new Command('mandate').exitOverride().configureOutput({ writeErr: () => undefined });
    await registerCommands(program, args);
    await program.parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return printed.join('\n');
}

describe('mandate drafts', () => {
  test('shows a draft as a redline and takes it to the list, under the names of those who act', async () => {
    const { id } = await desk.create([changed(itemKey(MARKET, 3), draftItem('特种设备安全检查'))], {
      effectiveDate: today,
    });
    expect(await mandate('drafts', 'list', '--as', 'editor')).toContain(`${id}  第 1 版  起草中`);
    const shown = await mandate('drafts', 'show', id, '--as', 'reviewer');
    expect(shown).toContain('名称：');
    expect(shown).toContain('[-监督-]');
    expect(await mandate('drafts', 'submit', id, '--as', 'editor')).toContain('待审核');
    await expect(mandate('drafts', 'approve', id, '--as', 'editor')).rejects.toMatchObject({
      code: 'missing-role',
    });
    await expect(
      mandate('drafts', 'approve', id, '--as', 'reviewer', '--revision', '1'),
    ).rejects.toMatchObject({ code: 'draft-changed' });
    await expect(mandate('drafts', 'reject', id, '--as', 'reviewer')).rejects.toMatchObject({
      code: 'comment-missing',
    });
    await mandate('drafts', 'approve', id, '--as', 'reviewer', '--comment', '同意');
    const published = await mandate('drafts', 'publish', id, '--as', 'publisher', '--json');
    expect(JSON.parse(published)).toMatchObject({
      keys: [itemKey(MARKET, 3)],
      draft: { state: 'published' },
    });
    const found = await mandate('drafts', 'list', '--as', 'auditor', '--state', '已发布', '--json');
    expect(JSON.parse(found)).toMatchObject({ drafts: [{ id }] });
  });

  test('asks what is the same and what becomes of the rest, and takes the answers', async () => {
    const names = [2, 5].map((n) => ({ key: itemKey(MARKET, n), name: `第 ${n.toString()} 项` }));
    const found = draftItem('食品经营许可（新）');
    const pair = {
      state: 'asked' as const,
      candidates: names.slice(0, 1).map((one) => ({ ...one, likeness: 80 })),
      rivals: [],
      found: { ...found },
    };
    const { id } = await desk.create([added(found, { pair })], { missing: names, effectiveDate: today });
    const as = ['--as', 'editor'];
    expect(await mandate('drafts', 'show', id, ...as)).toContain(`npx mandate drafts pairs ${id} --as`);
    const pairs = await mandate('drafts', 'pairs', id, '--as', 'reviewer');
    expect(pairs).toContain('#1 食品经营许可（新）：待答复');
    expect(pairs).toContain(`？ 第 2 项  ${itemKey(MARKET, 2)}  相近 80%`);
    expect(pairs).toMatch(/名称：.*\{\+/);
    await expect(mandate('drafts', 'submit', id, ...as)).rejects.toMatchObject({ code: 'pairs-unanswered' });
    await mandate('drafts', 'pair', id, '1', '--part', ...as);
    await expect(mandate('drafts', 'submit', id, ...as)).rejects.toMatchObject({ code: 'missing-undecided' });
    const keys = names.map(({ key }) => key);
    expect(await mandate('drafts', 'missing', id, ...as)).toContain('还有 2 项没有决定');
    await mandate(
      'drafts',
      'missing',
      id,
      '--stays',
      '--keys',
      keys.join(','),
      '--reason',
      '职责未变',
      ...as,
    );
    expect(await mandate('drafts', 'missing', id, '--undo', '--keys', keys[1] ?? '', ...as)).toContain(
      `尚未决定  第 5 项  ${keys[1] ?? ''}`,
    );
    const decided = await mandate('drafts', 'missing', id, '--cancel', '--all', '--json', ...as);
    expect(JSON.parse(decided)).toMatchObject({
      open: 0,
      missing: [
        { is: 'stays', reason: '职责未变' },
        { is: 'cancelled', change: 2 },
      ],
    });
    await expect(
      mandate('drafts', 'missing', id, '--cancel', '--all', '--as', 'reviewer'),
    ).rejects.toMatchObject({
      code: 'missing-role',
    });
    expect(await mandate('drafts', 'submit', id, ...as)).toContain('待审核');
  });

  test('shows the reviewer all of a draft: doubts first, what stops it, and of new items every word', async () => {
    const long = `《示例法》第一条：${'应当依法办理，'.repeat(40)}完。`;
    const items = Array.from({ length: 60 }, (_, n) =>
      added(draftItem(`新列入第${n + 1}项`, { dutiesText: `1.受理责任：第${n + 1}项。` })),
    );
    const { id } = await desk.create([
      ...items,
      added(draftItem('没有依据的事项', { bases: [], remarks: long }), {
        place: { file: '表.xlsx', sheet: '许可', row: 9 },
        doubts: [{ code: 'hidden-row', message: '这一行是隐藏的' }],
      }),
    ]);
    expect(await mandate('drafts', 'submit', id, '--as', 'editor')).toContain(
      '权力没有依据 [power-without-basis] 1 处：第 61 项“没有依据的事项”',
    );
    const shown = await mandate('drafts', 'show', id, '--as', 'reviewer');
    const order = [
      '? #61 没有依据的事项（许可 第 9 行）：这一行是隐藏的',
      '拦着草稿的 1 处',
      '#1 新增 新列入第1项',
      '#60 新增',
    ];
    expect(order.map((words) => shown.indexOf(words))).toEqual(
      order.map((words) => shown.indexOf(words)).toSorted((a, b) => a - b),
    );
    for (const words of [...order, long, '1.受理责任：第60项。']) expect(shown).toContain(words);
    // Organs and lists are told by their names, a key only behind one.
    expect(shown).toMatch(/ {2}清单 [^a-z\d\s]+局 {2}生效/);
    expect(shown).toMatch(new RegExp(`实施机关：[^\\s（]+局（${MARKET.key}）`));
    expect(shown).not.toMatch(new RegExp(`(?:：|清单 )${MARKET.key}`));
    const { changes } = JSON.parse(await mandate('drafts', 'show', id, '--as', 'reviewer', '--json')) as {
      changes: unknown[];
    };
    expect(changes).toHaveLength(61);

    const file = join(registry.dataDir, 'shown.markdown');
    await mandate('drafts', 'show', id, '--as', 'reviewer', '--output', file);
    const written = await readFile(file, 'utf8');
    for (const words of ['# 示例草稿', '## 存疑：1 项', '### #60 新增 新列入第60项', `- 备注：${long}`])
      expect(written).toContain(words);
    const gone = join(registry.dataDir, 'gone.markdown');
    await expect(mandate('drafts', 'show', 'x', '--as', 'reviewer', '--output', gone)).rejects.toMatchObject({
      code: 'draft-not-found',
    });
    await expect(readFile(gone)).rejects.toMatchObject({ code: 'ENOENT' });

    await expect(mandate('drafts', 'approve', id, '--as', 'reviewer')).rejects.toMatchObject({
      code: 'open-findings',
    });
    const rule = ['--rule', 'power-without-basis'];
    const given = await mandate(
      'drafts',
      'overrule',
      id,
      '--as',
      'reviewer',
      ...rule,
      '--reason',
      '省里正在修订',
    );
    expect(given).toContain('1 处');
    const found = await mandate('drafts', 'findings', id, '--as', 'editor');
    expect(found).toContain('1 处已由reviewer于');
    expect(found).toContain('省里正在修订');
    const [, which = ''] = /end-overrule \S+ (\S+)/.exec(given) ?? [];
    await mandate('drafts', 'end-overrule', id, which, '--as', 'reviewer');
    expect(await mandate('drafts', 'findings', id, '--as', 'editor', '--open')).toContain('拦着草稿的 1 处');
  });

  test.each([
    [['drafts', 'pair', 'x', '1', '--as', 'editor'], 'usage'],
    [['drafts', 'pair', 'x', '1', '--same', '--part', '--as', 'editor'], 'usage'],
    [['drafts', 'pair', 'x', 'one', '--same', '--as', 'editor'], 'usage'],
    [['drafts', 'missing', 'x', '--all', '--as', 'editor'], 'usage'],
    [['drafts', 'missing', 'x', '--cancel', '--as', 'editor'], 'usage'],
    [['drafts', 'missing', 'x', '--cancel', '--all', '--keys', 'y', '--as', 'editor'], 'usage'],
    [['drafts', 'missing', 'x', '--cancel', '--undo', '--all', '--as', 'editor'], 'usage'],
    [['drafts', 'overrule', 'x', '--as', 'reviewer', '--rule', 'none', '--reason', '由'], 'usage'],
    [
      ['drafts', 'overrule', 'x', '--as', 'reviewer', '--rule', 'power-without-basis', '--reason', '由'],
      'draft-not-found',
    ],
    [['drafts', 'list', '--as', 'nobody'], 'account-not-found'],
    [['drafts', 'list', '--as', 'editor', '--state', 'gone'], 'usage'],
    [['drafts', 'show', 'x', '--as', 'editor'], 'draft-not-found'],
    [['drafts', 'submit', 'x', '--as', 'editor', '--revision', 'y'], 'usage'],
    [['drafts', 'list'], 'commander.missingMandatoryOptionValue'],
    [['drafts', 'list', '--as', 'second-editor'], 'not-signed-in'],
    [['account', 'roles', 'editor', '--roles', '皇帝', '--as', 'keeper'], 'usage'],
    [['account', 'roles', 'editor', '--roles', 'auditor,editor', '--as', 'keeper'], 'invalid-roles'],
    [['account', 'roles', 'editor', '--roles', 'reviewer', '--as', 'editor'], 'missing-role'],
    [['account', 'roles', 'editor', '--roles', 'reviewer'], 'commander.missingMandatoryOptionValue'],
    [['organs', 'place', MARKET.key, '--level', '十级', '--reason', '改', '--as', 'keeper'], 'usage'],
    [['organs', 'rename', '没有的局', '--to', '新局', '--reason', '改', '--as', 'keeper'], 'organ-not-found'],
    [['organs', 'rename', MARKET.key, '--to', '新局', '--reason', '改', '--as', 'editor'], 'not-your-organ'],
  ])('refuses %j', async (args, code) => {
    await expect(mandate(...args)).rejects.toMatchObject({ code });
  });

  test('organs are renamed and placed by draft; the draft says what to do next', async () => {
    const by = ['--reason', '机构改革', '--as', 'keeper'];
    const made = await mandate('organs', 'rename', MARKET.name, '--to', '示例市市场局', ...by, '--json');
    expect(JSON.parse(made)).toMatchObject({ title: `${MARKET.name}更名为示例市市场局`, state: 'draft' });
    expect(await mandate('organs', 'place', MARKET.key, '--level', '市级', ...by)).toContain('drafts submit');
    expect(JSON.parse(await mandate('organs', '--json'))).toMatchObject({ organs: expect.any(Array) });
  });

  test('roles are asked for by one person and given by another, in Chinese if they like', async () => {
    const roles = await mandate(
      'account',
      'roles',
      'none',
      '--roles',
      '编辑、审核',
      '--as',
      'keeper',
      '--json',
    );
    const { change } = JSON.parse(roles) as { change: string };
    expect(await mandate('account', 'list')).toMatch(/^none {2}o-\S+ {2}没有角色 /m);
    expect(await mandate('account', 'list')).toContain(`${change}  none 改为  编辑、审核`);
    await expect(mandate('account', 'approve', change, '--as', 'keeper')).rejects.toMatchObject({
      code: 'own-change',
    });
    await mandate('account', 'approve', change, '--as', 'second-keeper');
    expect(await mandate('account', 'list')).toMatch(/^none {2}o-\S+ {2}编辑、审核 /m);
  });

  test('the trail says that an act came by the command line, and from whom on the machine', async () => {
    const { id } = await desk.create([changed(itemKey(MARKET, 4), draftItem('示例检查'))], {
      effectiveDate: today,
    });
    await mandate('drafts', 'submit', id, '--as', 'editor');
    const rows = await registry.app
      .get(DataSource)
      .query('SELECT action, way, host_user FROM draft_event WHERE draft_id = $1 ORDER BY id', [id]);
    expect(rows).toEqual([
      { action: 'created', way: 'http', host_user: null },
      { action: 'submitted', way: 'command-line', host_user: userInfo().username },
    ]);
  });
});
