import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Draft } from '@mandate/drafting';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { added, changed, DraftDesk, draftItem, LATER } from '../support/drafts.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

let registry: TestRegistry;
let desk: DraftDesk;
/** the second of two processes */
let other: INestApplicationContext;
/** called in the transaction of the next publication by the second process */
let whilePublishing: ((tx: EntityManager) => Promise<void>) | undefined;
let number = 100;
let key = '';

beforeAll(async () => {
  registry = await openTestRegistry();
  await putActs(registry.app, ACTS.slice(0, 3));
  await putActs(registry.app, manyItems(40, 101));
  desk = await DraftDesk.open(registry.app);
  other = await registry.another();
  other.get(DraftPublicationService).onPublished(async (tx) => whilePublishing?.(tx));
});
afterAll(() => registry.close());
beforeEach(() => {
  whilePublishing = undefined;
  number += 1;
  key = itemKey(MARKET, number);
});

const entriesOf = async (item: string) =>
  desk.tx((tx) => registry.app.get(ListsService).history(tx, 'authority-item', item));
const codes = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.map((result) => {
    if (result.status === 'fulfilled') return 'done';
    const reason: unknown = result.reason;
    return typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : reason;
  });
const submitted = async (value = draftItem('竞争')): Promise<Draft> => {
  const { id } = await desk.create([changed(key, value)]);
  return desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 1 }));
};

describe('at the same moment', () => {
  test('of two approvals one counts', async () => {
    const draft = await submitted();
    const results = await Promise.allSettled([
      desk.tx((tx) =>
        desk.steps.take(tx, desk.who('reviewer'), {
          step: 'approve',
          draft: draft.id,
          version: draft.version,
        }),
      ),
      desk.tx(
        (tx) =>
          other.get(DraftStepsService).take(tx, desk.who('second-reviewer'), {
            step: 'approve',
            draft: draft.id,
            version: draft.version,
          }),
        other,
      ),
    ]);
    expect(codes(results).sort()).toEqual(['done', 'draft-changed']);
    const events = await desk.tx((tx) => desk.drafts.events(tx, draft.id));
    expect(events.filter(({ action }) => action === 'approved')).toHaveLength(1);
  });

  test('an approval never covers what an editor takes back to change', async () => {
    const draft = await submitted();
    const results = await Promise.allSettled([
      desk.tx((tx) =>
        desk.steps.take(tx, desk.who('reviewer'), {
          step: 'approve',
          draft: draft.id,
          version: draft.version,
        }),
      ),
      desk.tx(
        (tx) =>
          other
            .get(DraftStepsService)
            .take(tx, desk.who('editor'), { step: 'reopen', draft: draft.id, version: draft.version }),
        other,
      ),
    ]);
    expect(codes(results).sort()).toEqual(['done', 'draft-changed']);
  });

  test('of two editors of one change the second gets both versions, and nothing is lost', async () => {
    const { id } = await desk.create([changed(key, draftItem('起初'))]);
    const edit = (app: INestApplicationContext, by: 'editor' | 'second-editor', name: string) =>
      desk.tx(
        (tx) =>
          app.get(DraftEditingService).edit(tx, desk.who(by), {
            draft: id,
            number: 1,
            version: 1,
            change: changed(key, draftItem(name)),
          }),
        app,
      );
    const results = await Promise.allSettled([
      edit(registry.app, 'editor', '甲的'),
      edit(other, 'second-editor', '乙的'),
    ]);
    expect(codes(results).sort()).toEqual(['change-changed', 'done']);
    const lost = results.findIndex(({ status }) => status === 'rejected');
    const names = ['甲的', '乙的'];
    expect(results[lost]).toMatchObject({
      reason: {
        extension: {
          yours: { version: 1, value: { name: names[lost] } },
          theirs: { version: 2, value: { name: names[1 - lost] } },
        },
      },
    });
    // The wording that was written over is still there.
    const rows = await registry.app
      .get(DataSource)
      .query<{ name: string }[]>(
        `SELECT convert_from(content, 'UTF8')::jsonb ->> 'name' AS name FROM draft_change WHERE draft_id = $1 ORDER BY version`,
        [id],
      );
    expect(rows.map(({ name }) => name)).toEqual(['起初', names[1 - lost]]);
  });

  test('two editors of two changes of one draft do not disturb each other', async () => {
    const { id } = await desk.create([changed(key, draftItem('一类许可')), added(draftItem('二类许可'))]);
    const results = await Promise.allSettled([
      desk.tx((tx) =>
        registry.app.get(DraftEditingService).edit(tx, desk.who('editor'), {
          draft: id,
          number: 1,
          version: 1,
          change: changed(key, draftItem('一改')),
        }),
      ),
      desk.tx(
        (tx) =>
          other.get(DraftEditingService).edit(tx, desk.who('second-editor'), {
            draft: id,
            number: 2,
            version: 1,
            change: added(draftItem('二改')),
          }),
        other,
      ),
    ]);
    expect(codes(results)).toEqual(['done', 'done']);
    const changes = await desk.tx((tx) => desk.drafts.changes(tx, id));
    expect(changes.map(({ value }) => value)).toMatchObject([{ name: '一改' }, { name: '二改' }]);
    // Who submits must have seen the newest.
    await expect(
      desk.tx((tx) => desk.steps.take(tx, desk.who('editor'), { step: 'submit', draft: id, version: 2 })),
    ).rejects.toMatchObject({
      code: 'draft-changed',
    });
  });

  test('a page of changes goes on behind those that were taken out, to the last', async () => {
    const names = ['第一页甲', '第一页乙', '第一页丙', '第一页丁'].map((name) => added(draftItem(name)));
    const doubts = [{ code: 'renamed', message: '名称与清单不同' }];
    const { id } = await desk.create(names.map((one, n) => ({ ...one, ...(n === 3 && { doubts }) })));
    const editing = registry.app.get(DraftEditingService);
    for (const number of [2, 3])
      await desk.tx((tx) => editing.remove(tx, desk.who('editor'), { draft: id, number, version: 1 }));
    const numbers = async (page: { after?: number; limit?: number; doubtful?: boolean }): Promise<number[]> =>
      (await desk.tx((tx) => desk.drafts.changes(tx, id, page))).map(({ number }) => number);
    expect(await numbers({})).toEqual([1, 4]);
    expect(await numbers({ limit: 1 })).toEqual([1]);
    expect(await numbers({ after: 1, limit: 1 })).toEqual([4]);
    expect(await numbers({ limit: 2 })).toEqual([1, 4]);
    expect(await numbers({ limit: 1, doubtful: true })).toEqual([4]);
    expect(await numbers({ after: 4, limit: 1 })).toEqual([]);
    expect(await numbers({ after: 2_147_483_647, limit: 100 })).toEqual([]);
  });

  test('a draft published twice becomes entries once', async () => {
    const draft = await submitted();
    const approved = await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('reviewer'), { step: 'approve', draft: draft.id, version: draft.version }),
    );
    const before = (await entriesOf(key)).length;
    const results = await Promise.allSettled([
      desk.publish(approved),
      desk.publish(approved, 'publisher', other),
    ]);
    expect(codes(results).sort()).toEqual(['done', 'draft-changed']);
    expect(await entriesOf(key)).toHaveLength(before + 1);
    await expect(desk.publish({ ...approved, version: approved.version + 1 })).rejects.toMatchObject({
      code: 'wrong-state',
    });
  });

  test('two drafts with new items get keys of their own', async () => {
    const many = (name: string) => Array.from({ length: 30 }, (_, n) => added(draftItem(`${name}${n}`)));
    const [one, two] = [await desk.approved(many('甲')), await desk.approved(many('乙'))];
    const published = await Promise.all([desk.publish(one), desk.publish(two, 'publisher', other)]);
    const keys = published.flatMap(({ keys: given }) => given);
    expect(new Set(keys).size).toBe(60);
    for (const [n, name] of ['甲', '乙'].entries()) {
      const item = await registry.app.get(ItemsService).get(published[n]?.keys[7] ?? '');
      expect(item.item.name).toBe(`${name}7`);
    }
  });
});

describe('two drafts of one item', () => {
  test('the one published second is refused with both versions and what both began from', async () => {
    const mine = await desk.approved([changed(key, draftItem('我的'))]);
    const theirs = await desk.approved([changed(key, draftItem('他的'))]);
    await desk.publish(theirs);
    await expect(desk.publish(mine)).rejects.toMatchObject({
      code: 'stale',
      extension: {
        count: 1,
        conflicts: [
          {
            change: 1,
            key,
            yours: { name: '我的' },
            theirs: { value: { name: '他的' }, entry: { effectiveDate: LATER } },
            base: { name: `示例检查（第 ${number} 项）` },
          },
        ],
      },
    });
    expect((await entriesOf(key)).at(-1)?.value).toMatchObject({ name: '他的' });
    const [again] = await desk.drafts.page(registry.app.get(DataSource).manager, desk.who('editor'), {
      limit: 1,
      state: 'approved',
    });
    expect(again?.id).toBe(mine.id);
  });

  test('goes on once its editor has looked at the other version and says so', async () => {
    const mine = await desk.approved([changed(key, draftItem('我的', { category: '06' }))]);
    await desk.publish(await desk.approved([changed(key, draftItem('他的'))]));
    const editing = registry.app.get(DraftEditingService);
    const who = desk.who('editor');
    const reopened = await desk.tx((tx) =>
      desk.steps.take(tx, who, { step: 'reopen', draft: mine.id, version: mine.version }),
    );
    const both = changed(key, draftItem('两人的'));
    await expect(
      desk.tx((tx) => editing.edit(tx, who, { draft: mine.id, number: 1, version: 1, change: both })),
    ).rejects.toMatchObject({
      code: 'stale',
    });
    const baseBlob = (await entriesOf(key)).at(-1)?.entry.blob;
    await desk.tx((tx) =>
      editing.edit(tx, who, { draft: mine.id, number: 1, version: 1, change: { ...both, baseBlob } }),
    );
    const version = reopened.version + 1;
    await desk.tx((tx) => desk.steps.take(tx, who, { step: 'submit', draft: mine.id, version }));
    const approved = await desk.tx((tx) =>
      desk.steps.take(tx, desk.who('reviewer'), { step: 'approve', draft: mine.id, version: version + 1 }),
    );
    await desk.publish(approved);
    expect((await entriesOf(key)).at(-1)?.value).toMatchObject({ name: '两人的' });
  });

  test('of two published at the same moment one is refused', async () => {
    const [one, two] = [
      await desk.approved([changed(key, draftItem('一类许可'))]),
      await desk.approved([changed(key, draftItem('二类许可'))]),
    ];
    const before = (await entriesOf(key)).length;
    const results = await Promise.allSettled([desk.publish(one), desk.publish(two, 'publisher', other)]);
    expect(codes(results).sort()).toEqual(['done', 'stale']);
    expect(await entriesOf(key)).toHaveLength(before + 1);
  });

  test('an import or a command that wrote in between is seen as well', async () => {
    const mine = await desk.approved([changed(key, draftItem('我的'))]);
    await putActs(registry.app, [
      { register: 'authority-item', key, blob: draftItem('直接写入'), time: LATER, reason: '示例' },
    ]);
    await expect(desk.publish(mine)).rejects.toMatchObject({ code: 'stale' });
  });
});

describe('a publication that dies', () => {
  const counts = async () =>
    registry.app.get(DataSource).query<unknown[]>(
      `SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM draft_entry) AS made,
              (SELECT count(*) FROM draft_event) AS events`,
    );

  test.each([
    ['because a listener fails', () => Promise.reject(new Error('listener'))],
    [
      'with its connection',
      async (tx: EntityManager) => {
        await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      },
    ],
  ])('%s, leaves nothing behind and can be repeated', async (_name, dies) => {
    const draft = await desk.approved([changed(key, draftItem('断电')), added(draftItem('同断'))]);
    const before = await counts();
    whilePublishing = dies;
    await expect(desk.publish(draft, 'publisher', other)).rejects.toBeDefined();
    expect(await counts()).toEqual(before);
    whilePublishing = undefined;
    const { entries } = await desk.publish(draft, 'publisher', other);
    expect(entries).toHaveLength(2);
  });
});
