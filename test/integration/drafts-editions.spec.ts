import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chinaDay } from '@mandate/certificate';
import { editionDigest, EditionSchema, type NegativeListItem, type Organ, organKey } from '@mandate/lists';
import type { NewDraftChange } from '@mandate/drafting';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { added, changed, DraftDesk, draftItem, LATER } from '../support/drafts.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

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

const edition = (number: string, changes: readonly NewDraftChange[], more: object = {}) =>
  desk.approved(changes, {
    scope: 'edition',
    title: `${number}年版`,
    edition: { number, name: `示例市市场监督管理局权责清单（${number}年版）`, date: '2026-11-20' },
    ...more,
  });

test('an edition is one transaction: its items, each naming it, and the entry that binds the whole list', async () => {
  const draft = await edition('2099', [
    added(draftItem('版内新检查')),
    changed(itemKey(MARKET, 3), draftItem('特种设备安全监督检查', { remarks: '版内' })),
    {
      ...changed(
        itemKey(MARKET, 4),
        draftItem('查封、扣押违法经营的食品', { category: '03', state: 'cancelled' }),
      ),
      kind: 'cancelled',
    },
  ]);
  const published = await desk.publish(draft);
  const key = `${MARKET.key}.2099`;
  expect(published.edition).toBe(key);
  expect(published.entries).toHaveLength(4);
  const heads = await registry.app.get(ItemsService).heads({ organ: MARKET.key });
  const [record] = await desk.tx((tx) => registry.app.get(ListsService).history(tx, 'edition', key));
  const value = EditionSchema.parse(record?.value);
  expect(value).toMatchObject({
    list: MARKET.key,
    number: '2099',
    items: heads.filter(({ state }) => state !== 'cancelled').length,
    digest: editionDigest(heads),
    sample: true,
  });
  expect(heads.some(({ state }) => state === 'cancelled')).toBe(true);
  expect(record?.entry).toMatchObject({ edition: key, effectiveDate: LATER, organ: MARKET.key });
  for (const item of published.keys)
    expect((await registry.app.get(ItemsService).get(item)).entry.edition).toBe(key);
});

test('one without changes binds the list as of a day that is past only with a reason for that day', async () => {
  const past = { effectiveDate: '1990-01-01' };
  await expect(edition('1990', [], past)).rejects.toMatchObject({ code: 'backdated' });
  await desk.publish(await edition('1990', [], { ...past, backdatedReason: '补录旧版' }));
});

test('one is first recorded where all that it brings is, and not beside what is new', async () => {
  const today = { effectiveDate: chinaDay(new Date()) };
  const recorded = (name: string) => ({ ...added(draftItem(name)), kind: 'recorded' as const });
  const kindOf = async (number: string, changes: readonly NewDraftChange[]) => {
    const { edition: key = '' } = await desk.publish(await edition(number, changes, today));
    const [record] = await desk.tx((tx) => registry.app.get(ListsService).history(tx, 'edition', key));
    return record?.entry.kind;
  };
  expect(await kindOf('2103', [recorded('早已有的甲')])).toBe('recorded');
  expect(await kindOf('2104', [recorded('早已有的乙'), added(draftItem('新列入的丙'))])).toBeUndefined();
});

test('a number is given once in a list: a second edition of it leaves nothing behind', async () => {
  const first = await edition('2100', []);
  const second = await edition('2100', [added(draftItem('不会列入'))]);
  await desk.publish(first);
  const before = await registry.app.get(ItemsService).heads({ organ: MARKET.key });
  await expect(desk.publish(second)).rejects.toMatchObject({ code: 'edition-taken' });
  expect(await registry.app.get(ItemsService).heads({ organ: MARKET.key })).toEqual(before);
});

test('of two editions with one number published at the same moment one is', async () => {
  const drafts = [await edition('2101', []), await edition('2101', [])];
  const results = await Promise.allSettled(drafts.map((draft) => desk.publish(draft)));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('what is missing in the source is kept, unless somebody says that it is cancelled', async () => {
  const missing = [1, 5].map((n) => ({ key: itemKey(MARKET, n), name: `第 ${n} 项` }));
  const { id } = await desk.create([], {
    scope: 'edition',
    edition: { number: '2102', name: '示例2102年版', date: '2026-11-20' },
    missing,
  });
  const editing = registry.app.get(DraftEditingService);
  const who = desk.who('editor');
  await expect(
    desk.tx((tx) => editing.cancelMissing(tx, who, { draft: id, version: 1, keys: [itemKey(MARKET, 2)] })),
  ).rejects.toMatchObject({ code: 'change-not-found' });
  await desk.tx((tx) =>
    editing.cancelMissing(tx, who, { draft: id, version: 1, keys: [itemKey(MARKET, 5)] }),
  );
  const changes = await desk.tx((tx) => desk.drafts.changes(tx, id));
  expect(changes).toMatchObject([
    { key: itemKey(MARKET, 5), kind: 'cancelled', value: { state: 'cancelled' } },
  ]);
});

test('the first edition of a new organ brings the organ with it', async () => {
  const organ: Organ = { schema: 'organ/1', key: organKey({ name: '示例新局' }), name: '示例新局' };
  const draft = await desk.approved(
    [
      { register: 'organ', kind: 'added', value: organ },
      ...Array.from({ length: 600 }, (_, n) => added(draftItem(`新局检查${n}`, { organ: organ.key }))),
    ],
    {
      scope: 'edition',
      list: organ.key,
      edition: { number: '2026', name: '示例新局权责清单', date: '2026-11-20' },
    },
    'keeper',
    'second-keeper',
  );
  const published = await desk.publish(draft, 'second-keeper');
  expect(published.keys[0]).toBe(organ.key);
  expect(published.keys[1]).toBe(`${organ.key}.00001`);
  expect(published.keys.at(-1)).toBe(`${organ.key}.00600`);
  // The organ's entry is the first of all: nothing stands on what is not there yet.
  expect(Math.min(...published.entries)).toBe(published.entries[0]);
});

test('a negative list is founded with its items in one edition, and its keys are its codes', async () => {
  const list = 'n-sample-market';
  const item = (code: string, name: string): NegativeListItem => ({
    schema: 'negative-list-item/1',
    list,
    number: code.slice(-1),
    code,
    chapter: 'permitted',
    name,
    measures: [],
    state: 'in-force',
    sample: true,
  });
  const draft = await desk.approved(
    [
      {
        register: 'negative-list',
        kind: 'added',
        value: { schema: 'negative-list/1', key: list, name: '示例负面清单', kind: 'other' },
      },
      { register: 'negative-list-item', kind: 'added', value: item('100001', '未获得许可，不得从事示例甲') },
      { register: 'negative-list-item', kind: 'added', value: item('100002', '未获得许可，不得从事示例乙') },
    ],
    { scope: 'edition', list, edition: { number: '2026', name: '示例2026年版', date: '2026-11-20' } },
    'keeper',
    'second-keeper',
  );
  const published = await desk.publish(draft, 'second-keeper');
  expect(published.keys).toEqual([list, `${list}.100001`, `${list}.100002`]);
  const [record] = await desk.tx((tx) =>
    registry.app.get(ListsService).history(tx, 'edition', `${list}.2026`),
  );
  expect(record?.value).toMatchObject({ items: 2 });
  expect(record?.entry.organ).toBeUndefined();
});
