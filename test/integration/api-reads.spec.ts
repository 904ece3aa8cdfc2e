import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuthorityItem, organKey } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type ListChange, ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import * as dto from '../../apps/registry/src/lists/lists.dto.ts';
import { EXAMPLES } from '../../apps/registry/src/lists/lists.examples.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';

const NAME = '示例市甲局';
const ORGAN = organKey({ name: NAME });
const LIST = 'n-sample';
const key = (number: number): string => `${ORGAN}.${String(number).padStart(5, '0')}`;

let registry: TestServer;
let listedBefore: string;

function item(number: number, more: Partial<AuthorityItem>, change: Partial<ListChange> = {}): ListChange {
  const value: AuthorityItem = {
    schema: 'authority-item/1',
    organ: ORGAN,
    name: `第${number.toString()}项许可`,
    category: '01',
    state: 'in-force',
    bases: [],
    levels: [{ level: '3' }],
    subItems: [],
    ...more,
  };
  return {
    register: 'authority-item',
    key: key(number),
    value,
    effectiveDate: '2026-01-01',
    reason: '示例',
    ...change,
  };
}

async function put(...changes: readonly ListChange[]): Promise<void> {
  const { app } = registry;
  await app.get(DataSource).transaction((tx) => app.get(ListsService).put(tx, changes));
  await app.get(LogService).sequence('lists');
}

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await registry.app.inject({ method: 'GET', url: `/api/${path}`, headers });
  return { status: response.statusCode, headers: response.headers, text: response.body };
}
async function json(path: string): Promise<Record<string, unknown>> {
  const { status, text } = await get(path);
  expect(status).toBe(200);
  // Every answer of the API is an object.
  return JSON.parse(text) as Record<string, unknown>;
}
const names = async (path: string): Promise<unknown> => {
  const { items } = (await json(path)) as { items: { name: string; state: string }[] };
  return items.map(({ name, state }) => `${name} ${state}`);
};

beforeAll(async () => {
  registry = await createTestServer();
  const at = { effectiveDate: '2026-01-01', reason: '示例' };
  await put(
    {
      register: 'organ',
      key: ORGAN,
      value: { schema: 'organ/1', key: ORGAN, name: NAME, region: '990100' },
      ...at,
    },
    {
      register: 'region',
      key: '990100',
      value: { schema: 'region/1', code: '990100', name: '示例市', level: '3' },
      ...at,
    },
    {
      register: 'negative-list',
      key: LIST,
      value: { schema: 'negative-list/1', key: LIST, name: '示例负面清单', kind: 'other' },
      ...at,
    },
    {
      register: 'negative-list-item',
      key: `${LIST}.100001`,
      value: {
        schema: 'negative-list-item/1',
        list: LIST,
        number: '1',
        code: '100001',
        chapter: 'permitted',
        section: 'A',
        name: '示例项目',
        measures: [],
        state: 'in-force',
      },
      ...at,
    },
    item(1, {}),
    item(2, { name: '=HYPERLINK("http://x.example")' }),
    item(3, { category: '02', levels: [{ level: '4' }] }),
  );
  listedBefore = `${new Date().toISOString().slice(0, 19)}Z`;
  // Entries tell their time by the second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await put(
    item(
      1,
      { remarks: '承诺十个工作日内办结。' },
      { effectiveDate: '2026-06-01', kind: 'changed', document: '示例发〔2026〕8号' },
    ),
    item(
      3,
      { category: '02', state: 'cancelled' },
      { effectiveDate: '2026-06-01', kind: 'delegated', related: key(4) },
    ),
    item(4, { name: '承接的许可' }, { effectiveDate: '2026-06-01', kind: 'taken-over', related: key(3) }),
  );
});
afterAll(() => registry.close());

describe('two questions about a day', () => {
  test('what the list says now, what it said, and what was in force', async () => {
    const formula = '=HYPERLINK("http://x.example") in-force';
    const first = ['第1项许可 in-force', formula, '第3项许可 in-force'];
    const now = ['第1项许可 in-force', formula, '第3项许可 cancelled', '承接的许可 in-force'];
    expect(await names(`items?organ=${ORGAN}`)).toEqual(now);
    expect(await names(`items?organ=${ORGAN}&asOf=${listedBefore}`)).toEqual(first);
    expect(await names(`items?organ=${ORGAN}&inForceOn=2026-05-31`)).toEqual(first);
    expect(await names(`items?organ=${ORGAN}&inForceOn=2026-06-01`)).toEqual(now);
    expect(await names(`items?organ=${ORGAN}&inForceOn=2026-06-01&asOf=${listedBefore}`)).toEqual(first);
    expect(await names(`items?inForceOn=2025-12-31`)).toEqual([]);
  });

  test('for one item too', async () => {
    const remarks = async (query: string): Promise<unknown> =>
      ((await json(`items/${ORGAN}/00001${query}`))['item'] as AuthorityItem).remarks;
    expect(await remarks('')).toBe('承诺十个工作日内办结。');
    expect(await remarks('?inForceOn=2026-05-31')).toBeUndefined();
    expect(await remarks('?inForceOn=2026-06-01')).toBe('承诺十个工作日内办结。');
    expect(await remarks(`?inForceOn=2026-06-01&asOf=${listedBefore}`)).toBeUndefined();
    expect((await get(`items/${ORGAN}/00001?inForceOn=2025-12-31`)).status).toBe(404);
  });

  test('filters hold for the version that counts', async () => {
    expect(await names('items?category=02&state=cancelled')).toEqual(['第3项许可 cancelled']);
    expect(await names(`items?category=02&state=cancelled&asOf=${listedBefore}`)).toEqual([]);
    expect(await names(`items?level=4&asOf=${listedBefore}`)).toEqual(['第3项许可 in-force']);
    expect(await names('items?level=4')).toEqual([]);
    expect(await names('items?region=990100&category=02')).toEqual(['第3项许可 cancelled']);
    expect(await names('items?region=990200')).toEqual([]);
  });
});

test('pages of a region go on where the last one ended', async () => {
  const first = await json('items?region=990100&limit=3');
  expect(first['next']).toBe(key(3));
  expect(await names(`items?region=990100&limit=3&cursor=${key(3)}`)).toEqual(['承接的许可 in-force']);
});

test('regions, negative lists and their items are there, each by its key and with its history', async () => {
  expect(await json('regions')).toMatchObject({ regions: [{ code: '990100' }] });
  expect(await json('regions/990100')).toMatchObject({ region: { name: '示例市' } });
  expect(await json(`negative-lists/${LIST}`)).toMatchObject({ list: { name: '示例负面清单' } });
  expect(await names(`negative-lists/${LIST}/items?section=A&chapter=permitted`)).toEqual([
    '示例项目 in-force',
  ]);
  expect(await names(`negative-lists/${LIST}/items?section=B`)).toEqual([]);
  expect(await json(`negative-lists/${LIST}/items/100001/history`)).toMatchObject({
    entries: [{ item: { number: '1' } }],
  });
  expect(await json(`organs/${ORGAN}/history`)).toMatchObject({ entries: [{ organ: { name: NAME } }] });
  expect(await json('editions')).toEqual({ editions: [] });
});

test('history goes page by page', async () => {
  const first = await json(`items/${ORGAN}/00001/history?limit=1`);
  expect(first).toMatchObject({ entries: [{ entry: { effectiveDate: '2026-01-01' } }], next: '1' });
  const second = await json(`items/${ORGAN}/00001/history?limit=1&cursor=1`);
  expect(second).toMatchObject({ entries: [{ entry: { effectiveDate: '2026-06-01' } }] });
  expect(second['next']).toBeUndefined();
});

describe('comparison', () => {
  test('of an organ between two days: what came, what went, what changed, what moved', async () => {
    const compared = await json(`compare/items?organ=${ORGAN}&from=2026-05-31&to=2026-06-01`);
    expect(compared).toMatchObject({
      differences: [
        {
          key: key(1),
          change: 'changed',
          fields: [{ path: 'remarks', kind: 'added' }],
          steps: [{ document: '示例发〔2026〕8号' }],
        },
        { key: key(3), change: 'removed' },
        { key: key(4), change: 'added' },
      ],
      moved: [{ from: key(3), to: key(4) }],
    });
    expect(dto.Comparison.safeParse(compared).error).toBeUndefined();
    expect((await json('compare/items?from=2026-01-01&to=2026-05-31'))['differences']).toEqual([]);
    expect(await json(`compare/negative-lists/${LIST}?from=2025-12-31&to=2026-01-01`)).toMatchObject({
      differences: [{ change: 'added', name: '示例项目' }],
    });
  });

  test('of one item, and page by page', async () => {
    expect(await json(`compare/items/${ORGAN}/00001?from=2026-05-31&to=2026-06-01`)).toMatchObject({
      differences: [{ key: key(1), change: 'changed' }],
    });
    const page = await json('compare/items?from=2026-05-31&to=2026-06-01&limit=2');
    expect(page).toMatchObject({ differences: [{ key: key(1) }, { key: key(3) }], next: key(3) });
  });
});

describe('forms of an answer', () => {
  test('CSV for Excel, in which nothing is a formula', async () => {
    const { headers, text } = await get('items?limit=2', { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(headers['link']).toBe(`</api/items?limit=2&cursor=${key(2)}>; rel="next"`);
    expect(text.startsWith('\ufeff标识,机关,名称,权力类型,状态,生效日期,日志序号\r\n')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://x.example"")"`);
  });

  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['text/html, text/*;q=0.8, */*;q=0.1', 'text/csv'],
    ['application/json;q=0, text/csv', 'text/csv'],
    ['image/png', 'application/problem+json'],
  ])('Accept %s is answered with %s', async (accept, type) => {
    const { headers } = await get('items', accept === undefined ? {} : { accept });
    expect(String(headers['content-type']).split(';')[0]).toBe(type);
  });

  test('an answer that the client has is not sent again', async () => {
    const { headers } = await get(`items/${ORGAN}/00001`);
    const tag = String(headers['etag']);
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    for (const known of [tag, `"other", W/${tag}`, '*']) {
      const again = await get(`items/${ORGAN}/00001`, { 'if-none-match': known });
      expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', tag]);
    }
    expect((await get(`items/${ORGAN}/00001`, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await get(`items/${ORGAN}/00002`, { 'if-none-match': tag })).status).toBe(200);
    const csv = await get('items', { accept: 'text/csv' });
    expect(csv.headers['etag']).not.toBe((await get('items')).headers['etag']);
    expect((await get('items/none/00001', { 'if-none-match': '*' })).status).toBe(404);
  });
});

describe('the description', () => {
  test.each<[keyof typeof EXAMPLES, z.ZodType]>([
    ['organs', dto.OrganPage],
    ['organ', dto.OrganDetail],
    ['organHistory', dto.OrganHistory],
    ['items', dto.ItemPage],
    ['item', dto.ItemDetail],
    ['itemHistory', dto.ItemHistory],
    ['regions', dto.RegionPage],
    ['region', dto.RegionDetail],
    ['negativeLists', dto.NegativeListPage],
    ['negativeList', dto.NegativeListDetail],
    ['negativeItems', dto.NegativeItemPage],
    ['negativeItem', dto.NegativeItemDetail],
    ['negativeItemHistory', dto.NegativeItemHistory],
    ['editions', dto.EditionPage],
    ['edition', dto.EditionDetail],
    ['comparison', dto.Comparison],
    ['negativeComparison', dto.Comparison],
  ])('its example of %s is of its schema', (name, schema) => {
    expect(schema.safeParse(EXAMPLES[name]).error).toBeUndefined();
  });

  test('has every read of the lists, each with an example of its answer', async () => {
    const { paths } = (await json('openapi.json')) as {
      paths: Record<
        string,
        {
          get?: {
            tags: string[];
            responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
          };
        }
      >;
    };
    const reads = Object.entries(paths).filter(([, { get: read }]) =>
      read?.tags.some((tag) => ['清单', '比较'].includes(tag)),
    );
    expect(reads.length).toBeGreaterThanOrEqual(18);
    for (const [path, { get: read }] of reads) {
      const { 200: answer, default: problem } = read?.responses ?? {};
      expect([path, answer?.content?.['application/json']?.example]).not.toEqual([path, undefined]);
      expect(problem?.content?.['application/problem+json']?.example).toBeDefined();
    }
  });

  test('what the API answers is what it says', async () => {
    const answers: [string, z.ZodType][] = [
      ['organs', dto.OrganPage],
      [`organs/${ORGAN}`, dto.OrganDetail],
      ['items', dto.ItemPage],
      [`items/${ORGAN}/00001`, dto.ItemDetail],
      [`items/${ORGAN}/00001/history`, dto.ItemHistory],
      [`negative-lists/${LIST}/items`, dto.NegativeItemPage],
      [`negative-lists/${LIST}/items/100001`, dto.NegativeItemDetail],
    ];
    for (const [path, schema] of answers) expect(schema.safeParse(await json(path)).error).toBeUndefined();
  });
});
