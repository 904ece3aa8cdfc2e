import { beforeAll, describe, expect, test } from '@jest/globals';
import { canonicalBytes, type Json } from '@mandate/encoding';
import { itemsPath, negativeItemsPath, summariesPath } from '@mandate/published';
import { AuditedRegistry, type AnyAct, type Loose } from '../../../test/support/audited-registry.ts';
import { FOOD, MARKET } from '../../../test/support/sample-acts.ts';
import { NEGATIVE } from '../../../test/support/sample-lists.ts';

// A registry of a later version, audited by this one: what it cannot judge it passes over, and says so.

const TIME = '2026-06-20T02:00:00Z';
const ITEM = `${MARKET.key}.00077`;
const act = (more: Partial<AnyAct>): AnyAct => ({
  register: 'authority-item',
  key: ITEM,
  blob: { ...FOOD },
  time: TIME,
  reason: '示例',
  ...more,
});

let today: AuditedRegistry;
beforeAll(async () => {
  today = await AuditedRegistry.publish();
});

describe('entries', () => {
  test('of a register that is not known are passed over, with their blobs and files', async () => {
    const later = await AuditedRegistry.publish({
      acts: [act({ register: 'drone-route', key: 'r-1', blob: { schema: 'drone-route/1' } })],
    });
    const { ok, problems, unjudged } = await later.audit({ 'data/drone-routes.json': canonicalBytes({}) });
    expect([ok, problems]).toEqual([true, []]);
    expect(unjudged).toEqual([
      expect.stringMatching(/tile\/entries \(\d+\)：条目的格式比本程序新（newer-format）/),
      expect.stringMatching(/^data\/trust-list\.json：.*newer-format/),
      expect.stringMatching(/^data\/drone-routes\.json：.*newer-format/),
    ]);
  });

  test('of such a register hide no wrong record of another', async () => {
    const later = await AuditedRegistry.publish({
      acts: [act({ register: 'drone-route', key: 'r-1', blob: { schema: 'drone-route/1' } })],
    });
    const wrong = later.rewritten('data/organs.json', (f) => f.organs[0].items++);
    const { problems } = await later.audit({ 'data/organs.json': wrong });
    expect(problems.map(({ file }) => file)).toEqual(['data/organs.json']);
  });

  test('of a version that is not known may be of any record: what differs is said to be open', async () => {
    const later = await AuditedRegistry.publish({ acts: [act({ later: { v: 2 } })] });
    const { ok, problems, unjudged } = await later.audit();
    expect([ok, problems]).toEqual([true, []]);
    for (const path of [itemsPath(MARKET.key), summariesPath(MARKET.key), 'data/organs.json'])
      expect(unjudged.join('\n')).toMatch(new RegExp(`${path}：.*不能判断`));
  });

  test('with a kind of change that is not known are compared as they stand', async () => {
    const later = await AuditedRegistry.publish({ acts: [act({ kind: 'split' })] });
    const { problems, unjudged } = await later.audit();
    expect(problems).toEqual([]);
    expect(unjudged).toHaveLength(1);
    const path = summariesPath(MARKET.key);
    const wrong = later.rewritten(path, (f) => (f.items.at(-1).versions[0].kind = 'added'));
    expect((await later.audit({ [path]: wrong })).problems).toEqual([
      { file: path, message: expect.stringContaining('kind 写作 "added"，按日志应为 "split"') },
    ]);
  });

  test('with a member that is not known are read', async () => {
    const later = await AuditedRegistry.publish({ acts: [act({ later: { approvedBy: '示例' } })] });
    expect(await later.audit()).toMatchObject({ ok: true, unjudged: [] });
  });

  test.each([
    ['without a reason', { reason: '' }],
    ['with a key of another register', { key: MARKET.key }],
  ])('%s are wrong in every version', async (_what, later) => {
    const registry = await AuditedRegistry.publish({
      acts: [act({ register: 'region', key: '990109', later })],
    });
    const { problems } = await registry.audit();
    expect(problems[0]?.file).toMatch(/^log\/lists\/tile\/entries \(\d+\)$/);
  });
});

describe('events', () => {
  const suspend = { v: 1, event: 'suspend', subject: '1'.repeat(64), time: TIME };

  test('of a kind that is not known leave the status list open', async () => {
    const later = await AuditedRegistry.publish({ events: [suspend] });
    const { ok, unjudged } = await later.audit({
      'data/status/revocation-1.json': later.statusList([]),
    });
    expect(ok).toBe(true);
    expect(unjudged).toEqual([
      expect.stringMatching(/certificates\/tile\/entries \(3\)：.*newer-format/),
      expect.stringMatching(/^data\/status\/revocation-1\.json：.*没有核对位数/),
    ]);
  });

  test('that are no events are wrong', async () => {
    const later = await AuditedRegistry.publish({ events: [{ ...suspend, subject: '1' }, { v: 1 }] });
    expect((await later.audit()).problems).toHaveLength(2);
  });
});

describe('contents of a later version', () => {
  test('leave open what is counted of them, and nothing else', async () => {
    const blob = { ...FOOD, schema: 'authority-item/2', category: '31' } as Json;
    const later = await AuditedRegistry.publish({ acts: [act({ blob })] });
    const { problems, unjudged } = await later.audit();
    expect(problems).toEqual([]);
    expect(unjudged.join('\n')).toMatch(/authority-item\/2 比本程序新/);
    expect(unjudged.join('\n')).toContain(`${MARKET.key} 的 items 取决于比本程序新的内容`);
    const path = itemsPath(MARKET.key);
    const wrong = later.rewritten(path, (f) => f.items.pop());
    expect((await later.audit({ [path]: wrong })).problems.map(({ file }) => file)).toEqual([path]);
  });

  test('leave open what the entry after them was', async () => {
    const blob = { ...FOOD, schema: 'authority-item/2' } as Json;
    const later = await AuditedRegistry.publish({ acts: [act({ blob }), act({})] });
    const path = summariesPath(MARKET.key);
    const wrong = later.rewritten(path, (f) => (f.items.at(-1).versions[1].kind = 'resumed'));
    const { ok, unjudged } = await later.audit({ [path]: wrong });
    expect(ok).toBe(true);
    expect(unjudged.join('\n')).toMatch(/versions 中 \d+ 的 kind 取决于/);
  });

  test('a state that is not known is such a content', async () => {
    const later = await AuditedRegistry.publish({
      acts: [act({ blob: { ...FOOD, state: 'merged' } })],
    });
    const { ok, unjudged } = await later.audit();
    expect(ok).toBe(true);
    expect(unjudged.join('\n')).toContain('没有判断');
  });
});

describe('records', () => {
  test.each([
    ['data/organs.json', 'organs', 'organs'],
    ['data/regions.json', 'regions', 'regions'],
    ['data/types.json', 'types', 'types'],
    ['data/editions.json', 'editions', 'editions'],
    ['data/negative-lists.json', 'negative-lists', 'lists'],
    [negativeItemsPath(NEGATIVE.key), 'negative-items', 'items'],
    [itemsPath(MARKET.key), 'items', 'items'],
    [summariesPath(MARKET.key), 'summaries', 'items'],
  ])('%s: members and versions that are not known are said to be open', async (path, kind, records) => {
    const places: ((file: Loose) => void)[] = [
      (f) => (f.later = 1),
      (f) => (f[records][0].later = { a: [1] }),
      (f) => ((f[records][0].entries ?? f[records][0].versions)[0].later = 1),
      (f) => (f.schema = `${kind}/2`),
      (f) => Object.assign(f, { schema: `${kind}/10`, [records]: 'else' }),
    ];
    for (const place of places) {
      const { ok, problems, unjudged } = await today.audit({ [path]: today.rewritten(path, place) });
      expect([ok, problems]).toEqual([true, []]);
      expect(unjudged).toEqual([expect.stringMatching(new RegExp(`^${path}：.*newer-format`))]);
    }
    const same = await today.audit({ [path]: today.rewritten(path, (f) => (f.schema = `${kind}/1`)) });
    expect([same.ok, same.unjudged]).toEqual([true, []]);
    const other = await today.audit({ [path]: today.rewritten(path, (f) => (f.schema = `x-${kind}/2`)) });
    expect(other.problems.map(({ file }) => file)).toEqual([path]);
  });

  test('an entry in a record says what the log says, and no more', async () => {
    const path = itemsPath(MARKET.key);
    const wrong = today.rewritten(path, (f) => (f.items[0].entries[0].entry.later = 1));
    expect((await today.audit({ [path]: wrong })).problems.map(({ file }) => file)).toEqual([path]);
  });

  test('a registry file of a later version is no ground for anything', async () => {
    const path = 'data/registry.json';
    const newer = await today.audit({ [path]: today.rewritten(path, (f) => (f.schema = 'registry/2')) });
    expect(newer.problems).toEqual([{ file: path, message: expect.stringContaining('newer-format') }]);
    const more = await today.audit({ [path]: today.rewritten(path, (f) => (f.later = 1)) });
    expect([more.ok, more.unjudged.length]).toEqual([true, 1]);
  });
});

describe('signed lists', () => {
  test.each<[string, 'root' | 'status', (file: Loose) => void]>([
    ['data/trust-list.json', 'root', (f) => (f.schema = 'trust-list/2')],
    [
      'data/status/revocation-1.json',
      'status',
      (f) => (f['@context'] = ['https://www.w3.org/ns/credentials/v3']),
    ],
  ])('%s of a later version is open', async (path, signer, change) => {
    const { ok, problems, unjudged } = await today.audit({ [path]: today.resigned(path, change, signer) });
    expect([ok, problems]).toEqual([true, []]);
    expect(unjudged).toEqual([expect.stringMatching(new RegExp(`^${path}：.*newer-format`))]);
  });

  test('of a later version by another key are wrong', async () => {
    const path = 'data/trust-list.json';
    const other = today.resigned(path, (f) => (f.schema = 'trust-list/2'), 'status');
    expect((await today.audit({ [path]: other })).problems.map(({ file }) => file)).toEqual([path]);
  });
});
