import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuthorityItemSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { DraftComparisonService } from '../../apps/registry/src/drafts/draft-comparison.service.ts';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { chinaToday } from '../support/china-today.ts';
import { added, changed, DraftDesk, draftItem, LATER, type Official } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, itemKey, MARKET, TRANSPORT } from '../support/sample-acts.ts';

let registry: TestRegistry;
let desk: DraftDesk;

beforeAll(async () => {
  registry = await openTestRegistry();
  await putActs(
    registry.app,
    ACTS.filter(({ redacted }) => redacted !== true),
  );
  desk = await DraftDesk.open(registry.app);
});
afterAll(() => registry.close());

const TODAY = await chinaToday();
const items = () => registry.app.get(ItemsService);
const inspection = itemKey(MARKET, 3);

describe('a draft', () => {
  test('becomes entries when a second person has approved it, with kind, reason and document', async () => {
    const draft = await desk.create(
      [
        added(draftItem('示例新检查'), { reason: '新法要求', document: '示政发〔2026〕1号' }),
        changed(inspection, draftItem('特种设备安全监督检查', { remarks: '每年一次' })),
      ],
      { document: '示政发〔2026〕2号' },
    );
    expect(draft).toMatchObject({
      state: 'draft',
      version: 1,
      author: { login: 'editor' },
      list: MARKET.key,
    });
    const submitted = await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: draft.id, version: 1 }),
    );
    const approved = await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('reviewer'), {
        step: 'approve',
        draft: draft.id,
        version: submitted.version,
        comment: '同意',
      }),
    );
    const published = await desk.publish(approved);
    expect(published.draft.state).toBe('published');
    expect(published.keys).toEqual([expect.stringMatching(/\.\d{5}$/), inspection]);
    await registry.app.get(LogService).sequence('lists');
    const [newKey = ''] = published.keys;
    expect((await items().get(newKey)).entry).toMatchObject({
      kind: 'added',
      reason: '新法要求',
      document: '示政发〔2026〕1号',
      effectiveDate: LATER,
      organ: MARKET.key,
    });
    expect((await items().get(inspection)).entry).toMatchObject({
      kind: 'changed',
      reason: '示例理由',
      document: '示政发〔2026〕2号',
    });
    const events = await desk.tx((tx) => desk.drafts.events(tx, draft.id));
    expect(events.map(({ action, account }) => `${account.login} ${action}`)).toEqual([
      'editor created',
      'editor submitted',
      'reviewer approved',
      'publisher published',
    ]);
  });

  test('that takes effect later is scheduled: in force is what was before', async () => {
    const key = itemKey(MARKET, 4);
    const before = await items().findInForce(key, TODAY);
    const draft = await desk.approved([
      changed(key, draftItem('查封、扣押违法经营的食品', { category: '03', remarks: '以后' })),
    ]);
    await desk.publish(draft);
    expect(await items().findInForce(key, TODAY)).toEqual(before);
    expect((await items().findInForce(key, LATER))?.item.remarks).toBe('以后');
  });

  test('whose text is wrong anywhere is not stored at all', async () => {
    const count = async () => {
      const [row] = await registry.app
        .get(DataSource)
        .query<{ n: string }[]>('SELECT count(*) AS n FROM draft');
      return row?.n;
    };
    const before = await count();
    const wrong = { ...draftItem('甲'), category: '99' };
    await expect(
      desk.create([added(draftItem('好的')), { ...added(draftItem('坏的')), value: wrong }]),
    ).rejects.toMatchObject({
      code: 'invalid-change',
      message: expect.stringContaining('第 2 项'),
      extension: { change: 2, fields: [{ field: 'category' }] },
    });
    expect(await count()).toBe(before);
  });

  test.each<[string, string, Parameters<DraftDesk['create']>]>([
    ['an item that is not listed', 'invalid-change', [[changed(itemKey(MARKET, 99_998), draftItem('无'))]]],
    ['an item of another organ', 'invalid-change', [[added(draftItem('别人的', { organ: TRANSPORT.key }))]]],
    [
      'a key of another organ',
      'invalid-change',
      [[changed(itemKey(TRANSPORT, 1), draftItem('道路旅客运输经营许可'))]],
    ],
    [
      'the same item twice',
      'key-taken',
      [[changed(inspection, draftItem('一类许可')), changed(inspection, draftItem('二类许可'))]],
    ],
    [
      'a cancellation that says 变更',
      'invalid-kind',
      [[changed(itemKey(MARKET, 1), draftItem('食品经营许可', { state: 'cancelled' }))]],
    ],
    ['a new item that says 恢复', 'invalid-kind', [[added(draftItem('新'), { kind: 'resumed' })]]],
    [
      'a counterpart that no list knows',
      'related-not-found',
      [[added(draftItem('承接的'), { kind: 'taken-over', related: 'o-nobody.00001' })]],
    ],
    ['a certificate type', 'invalid-change', [[{ register: 'certificate-type', kind: 'added', value: {} }]]],
    [
      'an organ, by an account of an organ',
      'not-your-organ',
      [[{ register: 'organ', kind: 'changed', key: MARKET.key, value: { ...MARKET, shortName: '改' } }]],
    ],
    ['a list that does not exist', 'list-not-found', [[], { list: 'o-aaaaaaaaaaaaaaaa' }, 'keeper']],
    ['an edition without its number', 'invalid-draft', [[added(draftItem('新'))], { scope: 'edition' }]],
  ])('refuses %s', async (_name, code, args) => {
    await expect(desk.create(...args)).rejects.toMatchObject({ code });
  });

  test('refuses what the list says already', async () => {
    const { item, entry } = await items().get(itemKey(MARKET, 5));
    await expect(desk.create([changed(entry.key, item)], { effectiveDate: LATER })).rejects.toMatchObject({
      code: 'nothing-changed',
    });
  });

  test('without changes is not submitted', async () => {
    const { id } = await desk.create([]);
    await expect(
      desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 })),
    ).rejects.toMatchObject({
      code: 'no-changes',
    });
  });

  test('takes effect before today only with a reason of its own, which everyone can read', async () => {
    const past = { effectiveDate: '2026-01-01' };
    const { id } = await desk.create([added(draftItem('追溯的检查'))], past);
    await expect(
      desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 })),
    ).rejects.toMatchObject({
      code: 'backdated',
    });
    const draft = await desk.approved([added(draftItem('追溯的检查'))], {
      ...past,
      backdatedReason: '文件已于年初施行',
    });
    const { keys } = await desk.publish(draft);
    expect((await items().get(keys[0] ?? '')).entry.reason).toBe('示例理由（追溯生效：文件已于年初施行）');
  });
});

describe('time', () => {
  test('a draft that was in time when it was approved is not published late in silence', async () => {
    const draft = await desk.approved([added(draftItem('等久了的检查'))]);
    await registry.app
      .get(DataSource)
      .query(`UPDATE draft SET effective_date = '2026-01-01' WHERE id = $1`, [draft.id]);
    await expect(desk.publish(draft)).rejects.toMatchObject({ code: 'backdated' });
    const { keys } = await desk.tx((tx) =>
      desk.publication.publish(tx, desk.who('publisher'), {
        draft: draft.id,
        version: draft.version,
        backdatedReason: '审核用时较长',
      }),
    );
    expect((await items().get(keys[0] ?? '')).entry).toMatchObject({
      effectiveDate: '2026-01-01',
      reason: '示例理由（追溯生效：审核用时较长）',
    });
  });

  test('a change is judged by what it will find on its day, and shown beside that', async () => {
    const [key = ''] = (
      await desk.publish(await desk.approved([added(draftItem('将取消的'))], { effectiveDate: TODAY }))
    ).keys;
    const end = {
      ...changed(key, draftItem('将取消的', { state: 'cancelled' })),
      kind: 'cancelled' as const,
    };
    await desk.publish(await desk.approved([end], { effectiveDate: '2099-01-01' }));
    // After that day there is nothing to change any more …
    await expect(
      desk.create([changed(key, draftItem('太晚'))], { effectiveDate: '2099-06-01' }),
    ).rejects.toMatchObject({ code: 'invalid-kind' });
    // … before it there is, and the cancellation stays scheduled.
    const before = await desk.approved([changed(key, draftItem('还来得及'))], {
      effectiveDate: '2098-01-01',
    });
    const { manager } = registry.app.get(DataSource);
    const compare = (draft: typeof before) =>
      registry.app.get(DraftComparisonService).compare(manager, draft, { after: 0, limit: 10 });
    const [compared] = await compare(before);
    expect(compared).toMatchObject({
      stale: false,
      listed: { value: { state: 'in-force', name: '将取消的' } },
      later: [{ effectiveDate: '2099-01-01' }],
      fields: [{ path: 'name' }],
    });
    // What is published by itself is no change by somebody else, and what it changed is still told.
    const [published] = await compare((await desk.publish(before)).draft);
    expect(published).toMatchObject({ stale: false, fields: [{ path: 'name' }] });
    expect((await items().findInForce(key, '2098-06-01'))?.item.name).toBe('还来得及');
    expect((await items().findInForce(key, '2099-06-01'))?.item.state).toBe('cancelled');
  });

  test('a scheduled change can be brought forward, though it says the same', async () => {
    const value = draftItem('提前的', { state: 'cancelled' });
    const [key = ''] = (
      await desk.publish(await desk.approved([added(draftItem('提前的'))], { effectiveDate: TODAY }))
    ).keys;
    const end = { ...changed(key, value), kind: 'cancelled' as const };
    await desk.publish(await desk.approved([end], { effectiveDate: '2099-01-01' }));
    await desk.publish(await desk.approved([end], { effectiveDate: '2097-01-01' }));
    expect((await items().findInForce(key, '2098-01-01'))?.item.state).toBe('cancelled');
    await expect(desk.create([end], { effectiveDate: '2097-01-01' })).rejects.toMatchObject({
      code: 'invalid-kind',
    });
  });
});

describe('who may', () => {
  test.each<[Official, string]>([
    ['reviewer', 'missing-role'],
    ['publisher', 'missing-role'],
    ['auditor', 'missing-role'],
    ['issuer', 'missing-role'],
    ['none', 'missing-role'],
    ['transport', 'not-your-organ'],
  ])('%s does not draft for the market authority', async (by, code) => {
    await expect(desk.create([added(draftItem('新'))], {}, by)).rejects.toMatchObject({ code });
  });

  test('nobody approves what he wrote, changed or submitted', async () => {
    const draft = await desk.create([added(draftItem('四眼'))], {}, 'keeper');
    const editing = registry.app.get(DraftEditingService);
    await desk.tx((tx) =>
      editing.edit(tx, desk.who('second-editor'), {
        draft: draft.id,
        number: 1,
        version: 1,
        change: added(draftItem('四眼原则')),
      }),
    );
    await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('second-keeper'), { step: 'submit', draft: draft.id, version: 2 }),
    );
    for (const by of ['keeper', 'second-editor', 'second-keeper'] as const)
      await expect(
        desk.tx((tx) => desk.steps.take(tx, desk.who(by), { step: 'approve', draft: draft.id, version: 3 })),
      ).rejects.toMatchObject({ code: 'own-draft' });
    await expect(
      desk.tx((tx) =>
        desk.steps.take(tx, desk.who('transport'), { step: 'approve', draft: draft.id, version: 3 }),
      ),
    ).rejects.toMatchObject({ code: 'not-your-organ' });
    const approved = await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('reviewer'), { step: 'approve', draft: draft.id, version: 3 }),
    );
    for (const by of ['reviewer', 'editor', 'auditor'] as const)
      await expect(desk.publish(approved, by)).rejects.toMatchObject({ code: 'missing-role' });
    await expect(desk.publish(approved, 'transport')).rejects.toMatchObject({ code: 'not-your-organ' });
  });

  test('nobody approves what he only shaped: by its headings, a change taken out or put in, a cancellation', async () => {
    const editing = registry.app.get(DraftEditingService);
    const hands: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
      described: (id) =>
        desk.tx((tx) =>
          editing.describe(tx, desk.who('second-editor'), {
            draft: id,
            version: 1,
            headings: { title: '改了标题', effectiveDate: LATER, reason: '改了理由' },
          }),
        ),
      'change-added': (id) =>
        desk.tx((tx) =>
          editing.add(tx, desk.who('second-editor'), { draft: id, change: added(draftItem(`又一项 ${id}`)) }),
        ),
      'change-removed': (id) =>
        desk.tx((tx) => editing.remove(tx, desk.who('second-editor'), { draft: id, version: 1, number: 2 })),
    };
    const codes: Record<string, unknown> = {};
    for (const [hand, act] of Object.entries(hands)) {
      const { id } = await desk.create([added(draftItem(`甲 ${hand}`)), added(draftItem(`乙 ${hand}`))]);
      await act(id);
      await desk.tx((tx) =>
        desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 2 }),
      );
      const approval = desk.tx((tx) =>
        desk.steps.take(tx, desk.who('second-editor'), { step: 'approve', draft: id, version: 3 }),
      );
      codes[hand] = await approval.then(
        () => 'approved',
        (error: unknown) => (error as { code?: string }).code,
      );
    }
    expect(codes).toEqual({
      described: 'own-draft',
      'change-added': 'own-draft',
      'change-removed': 'own-draft',
    });
  });

  test('a rejection says why, and an approval does not outlive a change', async () => {
    const { id } = await desk.create([added(draftItem('退回'))]);
    const { drafts, steps } = desk;
    await desk.tx((tx) => steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 }));
    await expect(
      desk.tx((tx) =>
        steps.take(tx, desk.who('reviewer'), { step: 'reject', draft: id, version: 2, comment: ' ' }),
      ),
    ).rejects.toMatchObject({ code: 'comment-missing' });
    await desk.tx((tx) =>
      steps.take(tx, desk.who('reviewer'), { step: 'reject', draft: id, version: 2, comment: '依据不全' }),
    );
    await expect(
      desk.tx((tx) => steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 3 })),
    ).rejects.toMatchObject({
      code: 'wrong-state',
    });
    await desk.tx((tx) => steps.take(tx, desk.who('editor'), { step: 'reopen', draft: id, version: 3 }));
    await desk.tx((tx) => steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 4 }));
    await desk.tx((tx) => steps.take(tx, desk.who('reviewer'), { step: 'approve', draft: id, version: 5 }));
    const reopened = await desk.tx((tx) =>
      steps.take(tx, desk.who('editor'), { step: 'reopen', draft: id, version: 6 }),
    );
    await expect(desk.publish(reopened)).rejects.toMatchObject({ code: 'wrong-state' });
    const editing = registry.app.get(DraftEditingService);
    await desk.tx((tx) => editing.remove(tx, desk.who('editor'), { draft: id, number: 1, version: 1 }));
    expect(await desk.tx((tx) => drafts.changes(tx, id))).toEqual([]);
    const ended = await desk.tx((tx) =>
      steps.take(tx, desk.who('editor'), { step: 'withdraw', draft: id, version: 8 }),
    );
    expect(ended.state).toBe('withdrawn');
  });

  test('officials see the drafts of their organ, auditors and the registry all', async () => {
    const { id } = await desk.create([added(draftItem('谁能看'))]);
    for (const reader of ['editor', 'keeper', 'auditor'] as const) {
      expect((await desk.drafts.get(registry.app.get(DataSource).manager, desk.who(reader), id)).id).toBe(id);
    }
    const manager = registry.app.get(DataSource).manager;
    await expect(desk.drafts.get(manager, desk.who('transport'), id)).rejects.toMatchObject({
      code: 'draft-not-found',
    });
    for (const reader of ['issuer', 'none'] as const) {
      await expect(desk.drafts.get(manager, desk.who(reader), id)).rejects.toMatchObject({
        code: 'missing-role',
      });
    }
    const page = { limit: 100 };
    expect(await desk.drafts.page(manager, desk.who('transport'), page)).toEqual([]);
    const all = await desk.drafts.page(manager, desk.who('auditor'), page);
    expect(all[0]?.id).toBe(id);
    const [second] = await desk.drafts.page(manager, desk.who('editor'), {
      limit: 1,
      after: { at: all[0]?.createdAt ?? new Date(0), id },
    });
    expect(second?.id).toBe(all[1]?.id);
  });
});

test('what stands in a published item is what was approved', async () => {
  const value = draftItem('批准的内容');
  const draft = await desk.approved([added(value)]);
  Object.assign(value, { name: '之后改的' });
  const { keys } = await desk.publish(draft);
  const { item } = await items().get(keys[0] ?? '');
  expect(AuthorityItemSchema.parse(item).name).toBe('批准的内容');
});
