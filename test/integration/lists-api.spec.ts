import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuthorityItem, organKey } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';

const NAMES = ['示例市甲局', '示例市乙局'] as const;
const [ONE, TWO] = [organKey({ name: NAMES[0] }), organKey({ name: NAMES[1] })];

describe('the lists over HTTP', () => {
  let registry: TestServer;

  const put = async (
    organ: string,
    number: number,
    changes: Partial<AuthorityItem>,
    effectiveDate = '2026-01-01',
  ) => {
    const { app } = registry;
    const item: AuthorityItem = {
      schema: 'authority-item/1',
      organ,
      name: `第${number.toString()}项许可`,
      category: '01',
      state: 'in-force',
      bases: [],
      levels: [],
      subItems: [],
      ...changes,
    };
    const key = `${organ}.${number.toString().padStart(5, '0')}`;
    await app
      .get(DataSource)
      .transaction((tx) =>
        app
          .get(ListsService)
          .put(tx, [{ register: 'authority-item', key, value: item, effectiveDate, reason: '示例', organ }]),
      );
  };
  const get = async (path: string) => {
    const response = await registry.app.inject({ method: 'GET', url: `/api/${path}` });
    // Every answer of the API is JSON of the shape its schema says.
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const pages = async (query: string): Promise<string[]> => {
    const keys: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`items?limit=2${query}${cursor}`);
      // As above.
      const { items, next } = body as { items: { key: string }[]; next?: string };
      expect(items.length).toBeLessThanOrEqual(2);
      keys.push(...items.map(({ key }) => key));
      if (next === undefined) return keys;
      cursor = `&cursor=${next}`;
    }
  };

  beforeAll(async () => {
    registry = await createTestServer();
    const { app } = registry;
    await app.get(DataSource).transaction((tx) =>
      app.get(ListsService).put(
        tx,
        NAMES.map((name) => ({
          register: 'organ' as const,
          key: organKey({ name }),
          value: { schema: 'organ/1', key: organKey({ name }), name },
          effectiveDate: '2026-01-01',
          reason: '示例',
        })),
      ),
    );
    for (const number of [1, 2, 3, 4, 5]) await put(ONE, number, number > 3 ? { category: '02' } : {});
    await put(TWO, 1, {});
    await app.get(LogService).sequence('lists');
  });
  afterAll(() => registry.close());

  test('names the organs', async () => {
    const { status, body } = await get('organs');
    expect(status).toBe(200);
    // As above.
    const { organs } = body as { organs: { name: string }[] };
    expect(organs.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  });

  test('pages through items without missing or repeating one', async () => {
    const all = [1, 2, 3, 4, 5].map((n) => `${ONE}.0000${n.toString()}`);
    expect(await pages('')).toEqual([...all, `${TWO}.00001`].sort());
    expect(await pages(`&organ=${ONE}`)).toEqual(all);
    expect(await pages(`&organ=${ONE}&category=02`)).toEqual(all.slice(3));
  });

  test('tells one item with its entry and its place in the log', async () => {
    const { status, body } = await get(`items/${ONE}/00002`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      key: `${ONE}.00002`,
      index: expect.any(Number) as unknown,
      entry: { register: 'authority-item', key: `${ONE}.00002`, effectiveDate: '2026-01-01' },
      item: { name: '第2项许可', organ: ONE },
    });
  });

  test('tells what was listed at an instant, and every entry since', async () => {
    const before = new Date().toISOString().slice(0, 19);
    // Entries tell their time by the second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await put(ONE, 3, { state: 'suspended' }, '2026-02-01');
    await registry.app.get(LogService).sequence('lists');
    expect((await get(`items/${ONE}/00003`)).body).toMatchObject({ item: { state: 'suspended' } });
    expect((await get(`items/${ONE}/00003?asOf=${before}Z`)).body).toMatchObject({
      item: { state: 'in-force' },
    });
    expect((await get(`items/${ONE}/00003?asOf=2020-01-01`)).status).toBe(404);
    expect((await get(`items?organ=${ONE}&asOf=2020-01-01`)).body).toEqual({ items: [] });
    const { body } = await get(`items/${ONE}/00003/history`);
    // As above.
    const { entries } = body as { entries: { index: number; item: AuthorityItem }[] };
    expect(entries.map(({ item }) => item.state)).toEqual(['in-force', 'suspended']);
    expect(entries[0]?.index).toBeLessThan(entries[1]?.index ?? 0);
  });

  test.each([
    [`items/${ONE}/00009`, 404, 'item-not-found'],
    [`items/${ONE}/1`, 404, 'item-not-found'],
    ["items/o-'%20OR%201=1/00001", 404, 'item-not-found'],
    [`items/${ONE}/00009/history`, 404, 'item-not-found'],
    ['items?organ=o-zzzzzzzzzzzzzzzz', 404, 'organ-not-found'],
    ['items?cursor=zzz', 422, 'invalid-cursor'],
    ['items?limit=0', 422, 'invalid-request'],
    ['items?limit=9999', 422, 'invalid-request'],
    ['items?category=99', 422, 'invalid-request'],
    ['items?asOf=2026-13-01', 422, 'invalid-request'],
    ['items?asOf=yesterday', 422, 'invalid-request'],
    ['items?asOf=2026-02-30', 422, 'invalid-request'],
    ['items?inForceOn=2026-02-30', 422, 'invalid-request'],
    ['items?state=gone', 422, 'invalid-request'],
    ['items?level=9', 422, 'invalid-request'],
    [`items/${ONE}/00001/history?cursor=-1`, 422, 'invalid-cursor'],
    ['organs/%00', 422, 'invalid-request'],
    ['regions/110000', 404, 'region-not-found'],
    ['negative-lists/n-none', 404, 'negative-list-not-found'],
    ['negative-lists/n-none/items', 404, 'negative-list-not-found'],
    ['negative-lists/n-none/items/000001', 404, 'item-not-found'],
    ['editions/n-none/1', 404, 'edition-not-found'],
    ['compare/items?from=2026-02-01&to=2026-01-01', 422, 'invalid-period'],
    ['compare/items?from=2026-02-01', 422, 'invalid-request'],
    [`compare/items/${ONE}/00009?from=2026-01-01&to=2026-02-01`, 404, 'item-not-found'],
    ['compare/items?organ=o-zzzzzzzzzzzzzzzz&from=2026-01-01&to=2026-02-01', 404, 'organ-not-found'],
  ])('refuses %s with %i %s', async (path, status, code) => {
    const refused = await get(path);
    expect([refused.status, refused.body['code']]).toEqual([status, code]);
  });
});
