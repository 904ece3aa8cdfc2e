import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthRule } from '@mandate/lists';
import { runHealth } from '../../apps/registry/src/commands/run-health.ts';
import { findListed, formatListed } from '../../apps/registry/src/commands/listed-findings.ts';
import { formatHealth } from '../../apps/registry/src/commands/format-health.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { sampleChanges } from '../../apps/registry/sample/sample-entries.ts';
import { FOOD_PERMIT } from '../../apps/registry/sample/certificate-type.ts';
import { ORGANS } from '../../apps/registry/sample/organs.ts';
import { DataSource } from 'typeorm';
import { createTestServer, type TestServer } from '../support/application.ts';
import { DraftDesk, draftItem, LATER, PASSWORD } from '../support/drafts.ts';

let server: TestServer;
let desk: DraftDesk;
const { market, countyMarket } = ORGANS;

beforeAll(async () => {
  server = await createTestServer();
  const lists = server.app.get(ListsService);
  await inTransaction(server.app.get(DataSource), (tx) => lists.put(tx, sampleChanges()));
  desk = await DraftDesk.open(server.app);
});
afterAll(() => server.close());

const rulesOf = (findings: readonly { readonly rule: HealthRule }[]): HealthRule[] => [
  ...new Set(findings.map(({ rule }) => rule)),
];

describe('the health of the lists', () => {
  test('finds in the county’s list what was put there to be found', async () => {
    const { organs, measures } = await runHealth(server.app, countyMarket.name);
    expect(measures).toBeUndefined();
    expect(organs).toMatchObject([{ organ: { key: countyMarket.key }, checked: 7 }]);
    expect(rulesOf(organs[0]?.findings ?? [])).toEqual([
      'power-without-duties',
      'duty-without-basis',
      'basis-without-article',
      'promise-longer-than-statute',
      'fee-without-basis',
      'form-missing',
      'material-zero-copies',
      'material-is-certificate',
      'name-with-place',
      'name-with-number',
      'sister-name',
      'sister-category',
      'sister-basis',
    ]);
  });

  test('of all organs names each that has items, and the measures that nobody carries', async () => {
    const report = await runHealth(server.app, undefined);
    expect(report.organs.length).toBeGreaterThanOrEqual(11);
    expect(report.measures?.map(({ name }) => name)).toEqual([
      '兽药经营许可',
      expect.stringContaining('无人驾驶'),
    ]);
    const text = formatHealth(report);
    expect(text).toContain('示例市人民政府');
    expect(text).toContain('没有发现问题');
    expect(text).toContain('[material-is-certificate]');
  });

  test('refuses an organ that is not there, and says how to find one', async () => {
    await expect(runHealth(server.app, '无此局')).rejects.toMatchObject({
      code: 'organ-not-found',
      message: expect.stringContaining('mandate organs'),
    });
  });
});

describe('what stands in force and must be put right', () => {
  test('is listed with organ, item, rule, the day since when, and why it stands', async () => {
    const key = `${market.key}.00950`;
    const put = (value: object, effectiveDate: string, overruled?: { rule: string; reason: string }[]) =>
      inTransaction(server.app.get(DataSource), (tx) =>
        server.app.get(ListsService).put(tx, [
          // As a registry of before took it in.
          { register: 'authority-item', key, value: { ...value }, effectiveDate, reason: '示例', overruled },
        ]),
      );
    const sound = draftItem('早先的事项');
    await put({ ...sound, bases: [] }, '2023-01-01');
    await put(sound, '2024-01-01');
    await put({ ...sound, bases: [] }, '2025-01-01');
    await put({ ...sound, bases: [], remarks: '又改了备注' }, '2026-01-01');
    const ofMarket = await findListed(server.app, market.name);
    expect(ofMarket.filter((one) => one.key === key)).toMatchObject([
      { organ: { name: market.name }, rule: 'power-without-basis', since: '2025-01-01' },
    ]);
    expect(ofMarket.filter((one) => one.key === key)[0]?.overruled).toBeUndefined();
    await put({ ...sound, bases: [] }, '2026-02-01', [{ rule: 'power-without-basis', reason: '省里在修订' }]);
    const all = await findListed(server.app, undefined);
    expect(all.find((one) => one.key === key)).toMatchObject({
      since: '2025-01-01',
      overruled: '省里在修订',
    });
    expect(new Set(all.map(({ organ }) => organ.key)).has(countyMarket.key)).toBe(true);
    expect(formatListed(all)).toContain(
      `${market.name} ${key} 早先的事项，自 2025-01-01，已保留：省里在修订`,
    );
    expect(all.filter(({ overruled }) => overruled === undefined)).toEqual([]);
  });

  test('is shown to an organ of its own list, page by page to the registry and the auditor', async () => {
    const ask = async (login: string, query = '') => {
      const signedIn = await server.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login, password: PASSWORD },
      });
      const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
      const answer = await server.app.inject({ url: `/api/lists/findings${query}`, headers: { cookie } });
      return answer.json<{ findings: { organ: { key: string } }[]; next?: string }>();
    };
    const own = await ask('publisher');
    expect(new Set(own.findings.map(({ organ }) => organ.key))).toEqual(new Set([market.key]));
    expect(await ask('publisher', `?organ=${countyMarket.key}`)).toEqual({ findings: [] });
    const first = await ask('auditor', '?limit=1');
    expect(first.next).toBe(first.findings.at(-1)?.organ.key);
    const rest = await ask('auditor', `?after=${first.next ?? ''}`);
    expect(first.findings.length + rest.findings.length).toBe((await ask('auditor')).findings.length);
    expect((await ask('auditor', '?overruled=false')).findings).toEqual([]);
  });
});

describe('the health of a draft', () => {
  let cookie = '';
  let draft = '';

  const newItem = {
    schema: 'authority-item/1',
    organ: market.key,
    name: '示例市食品摊贩登记',
    category: '10',
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    service: {
      materials: [
        { name: '食品经营许可证', certificateType: FOOD_PERMIT.code },
        { name: '申请表', originals: 0, copies: 0 },
      ],
    },
  };

  const ask = async (query = '', as = cookie) => {
    const answer = await server.app.inject({
      url: `/api/drafts/${draft}/findings${query}`,
      headers: { cookie: as },
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  const signIn = async (login: string): Promise<string> => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password: PASSWORD },
    });
    return String(answer.headers['set-cookie']).split(';')[0] ?? '';
  };

  beforeAll(async () => {
    cookie = await signIn('second-reviewer');
    const created = await desk.create(
      [{ register: 'authority-item', kind: 'added', value: newItem, reason: '新增：示例' }],
      { list: market.key, effectiveDate: LATER },
      'keeper',
    );
    draft = created.id;
  });

  test('tells the reviewer what is wrong with the draft’s items, and nothing of the others', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject({ checked: 1 });
    // Of the answer’s own schema.
    const findings = body['findings'] as { rule: HealthRule; change: number; key?: string; place: string }[];
    expect(findings.map(({ rule, change, key }) => [rule, change, key])).toEqual(
      [
        'power-without-duties',
        'power-without-basis',
        'material-zero-copies',
        'material-is-certificate',
        'name-with-place',
      ].map((rule) => [rule, 1, undefined]),
    );
    expect(findings.map(({ place }) => place)).toContain('申请材料第2项“申请表”');
  });

  test('pages through the findings, of one rule where that is asked', async () => {
    const first = await ask('?limit=2');
    expect(first.body).toMatchObject({ next: 2, findings: [{}, {}], counts: [{}, {}, {}, {}, {}] });
    const rest = await ask('?limit=10&after=2');
    expect(rest.body).toMatchObject({ findings: [{}, {}, {}] });
    expect(rest.body).not.toHaveProperty('next');
    const one = await ask('?rule=name-with-place');
    expect(one.body).toMatchObject({ findings: [{ rule: 'name-with-place' }] });
  });

  test.each([['?rule=nonsense'], ['?limit=0'], ['?limit=2000'], ['?after=-1'], ['?after=x']])(
    'refuses %s',
    async (query) => {
      expect((await ask(query)).status).toBe(422);
    },
  );

  test('shows nothing of another organ’s draft', async () => {
    expect((await ask('', await signIn('transport'))).status).toBe(404);
    expect((await ask('', '')).status).toBe(401);
  });
});
