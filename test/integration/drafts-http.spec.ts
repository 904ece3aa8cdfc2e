import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestServer, type TestServer } from '../support/application.ts';
import { DraftDesk, draftItem, LATER, type Official, PASSWORD } from '../support/drafts.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

let server: TestServer;
const cookies = new Map<Official, string>();
const NOBODY = '/api/drafts/00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  server = await createTestServer();
  await putActs(server.app, ACTS.slice(0, 3));
  await putActs(server.app, manyItems(9));
  await DraftDesk.open(server.app);
  for (const login of ['editor', 'second-editor', 'reviewer', 'publisher', 'transport', 'auditor'] as const) {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login, password: PASSWORD },
    });
    cookies.set(login, String(answer.headers['set-cookie']).split(';')[0] ?? '');
  }
});
afterAll(() => server.close());

async function as(login: Official, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const answer = await server.app.inject({
    method,
    url,
    headers: { cookie: cookies.get(login) ?? '' },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = answer.body === '' ? {} : answer.json();
  return { status: answer.statusCode, type: answer.headers['content-type'], body };
}

const headings = { title: '调整检查事项', effectiveDate: LATER, reason: '示例理由' };
const change = (n: number, name: string, more: object = {}) => ({
  register: 'authority-item',
  key: itemKey(MARKET, n),
  kind: 'changed',
  value: draftItem(name),
  ...more,
});

async function create(changes: readonly object[], more: object = {}) {
  const { status, body } = await as('editor', 'POST', '/api/drafts', {
    list: MARKET.key,
    ...headings,
    changes,
    ...more,
  });
  expect([status, body]).toEqual([201, expect.objectContaining({ state: 'draft', version: 1 })]);
  // What was just expected of it.
  return `/api/drafts/${(body as { id: string }).id}`;
}

describe('a draft over HTTP', () => {
  test('goes from its author to the list', async () => {
    const draft = await create([change(1, '示例检查甲', { document: '示〔2026〕5号' })]);
    const compared = await as('reviewer', 'GET', `${draft}/comparison`);
    expect(compared.body).toEqual({
      changes: [
        expect.objectContaining({
          number: 1,
          name: '示例检查甲',
          stale: false,
          others: [],
          fields: [expect.objectContaining({ path: 'name', kind: 'changed' })],
        }),
      ],
    });
    expect((await as('editor', 'POST', `${draft}/submission`, { version: 1 })).status).toBe(200);
    const comment = { comment: '请补充依据', change: 1 };
    expect((await as('reviewer', 'POST', `${draft}/comments`, comment)).status).toBe(204);
    const approval = await as('reviewer', 'POST', `${draft}/approval`, { version: 2, comment: '同意' });
    expect(approval.body).toMatchObject({ state: 'approved', version: 3 });
    const published = await as('publisher', 'POST', `${draft}/publication`, { version: 3 });
    expect(published).toMatchObject({
      status: 201,
      body: { keys: [itemKey(MARKET, 1)], draft: { state: 'published', effect: 'scheduled' } },
    });
    const detail = await as('auditor', 'GET', draft);
    expect(detail.body).toMatchObject({
      counts: { changes: 1, doubtful: 0, kinds: { changed: 1 } },
      events: [
        { action: 'created', account: { login: 'editor' } },
        { action: 'submitted' },
        { action: 'commented', comment: '请补充依据', change: 1 },
        { action: 'approved', comment: '同意' },
        { action: 'published' },
      ],
      entries: [{ number: 1, key: itemKey(MARKET, 1) }],
    });
    const [organ = '', number = ''] = itemKey(MARKET, 1).split('.');
    const item = await as('editor', 'GET', `/api/items/${organ}/${number}`);
    expect(item.body).toMatchObject({ entry: { kind: 'changed', document: '示〔2026〕5号' } });
  });

  test('of what is new, the comparison tells all that it says, and doubtful ones can be had alone', async () => {
    const value = draftItem('新列入', { remarks: '备注\n两行', subItems: [{ name: '子项甲', bases: [] }] });
    const doubts = [{ code: 'hidden-row', message: '隐藏行' }];
    const draft = await create([
      { register: 'authority-item', kind: 'added', value },
      { register: 'authority-item', kind: 'added', value: draftItem('存疑的'), doubts },
    ]);
    const { body } = await as('reviewer', 'GET', `${draft}/comparison?limit=1`);
    expect(body).toMatchObject({ changes: [{ number: 1, name: '新列入', doubts: [] }], next: 1 });
    // Of the answer's own schema.
    const [{ fields }] = (
      body as { changes: [{ fields: { path: string; kind: string; pieces: object[] }[] }] }
    ).changes;
    expect(fields.map(({ path, kind }) => [path, kind])).toEqual(
      expect.arrayContaining(
        ['name', 'category', 'bases', 'remarks', 'subItems', 'dutiesText'].map((path) => [path, 'added']),
      ),
    );
    expect(fields.find(({ path }) => path === 'remarks')?.pieces).toEqual([
      { kind: 'added', text: '备注\n两行' },
    ]);
    const doubtful = await as('reviewer', 'GET', `${draft}/comparison?doubtful=true`);
    expect(doubtful.body).toMatchObject({ changes: [{ number: 2, doubts }] });
    expect((await as('reviewer', 'GET', `${draft}/changes?doubtful=true`)).body).toMatchObject({
      changes: [{ number: 2 }],
    });
  });

  test('findings are let stand over HTTP by a reviewer, and taken back', async () => {
    const draft = await create([
      { register: 'authority-item', kind: 'added', value: draftItem('无据', { bases: [] }) },
    ]);
    const submitted = await as('editor', 'POST', `${draft}/submission`, { version: 1 });
    expect(submitted.body).toMatchObject({ openFindings: [{ rule: 'power-without-basis', count: 1 }] });
    const refused = await as('reviewer', 'POST', `${draft}/approval`, { version: 2 });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'open-findings',
        findings: [{ rule: 'power-without-basis', count: 1, first: [{ change: 1 }] }],
      },
    });
    const body = { version: 2, rule: 'power-without-basis', reason: '依据由制定机关补充' };
    expect((await as('editor', 'POST', `${draft}/overrules`, body)).status).toBe(403);
    for (const reason of ['', ' ', '甲\n乙', '由'.repeat(501), '好', '。。。。。。', '20241231'])
      expect((await as('reviewer', 'POST', `${draft}/overrules`, { ...body, reason })).status).toBe(422);
    const given = await as('reviewer', 'POST', `${draft}/overrules`, body);
    expect(given).toMatchObject({ status: 201, body: { count: 1, draft: { version: 3 } } });
    expect((await as('editor', 'GET', `${draft}/findings?rule=power-without-basis`)).body).toMatchObject({
      counts: [{ rule: 'power-without-basis', count: 1, open: 0 }],
      findings: [{ overruled: { reason: body.reason, by: { login: 'reviewer' } } }],
    });
    const listed = await as('auditor', 'GET', `${draft}/overrules`);
    const [{ id }] = (listed.body as { overrules: [{ id: string }] }).overrules;
    expect(listed.body).toMatchObject({ overrules: [{ rule: body.rule, count: 1, reason: body.reason }] });
    const ended = await as('reviewer', 'DELETE', `${draft}/overrules/${id}?version=3`);
    expect(ended.body).toMatchObject({ version: 4, state: 'submitted' });
    expect((await as('reviewer', 'DELETE', `${draft}/overrules/${id}?version=4`)).status).toBe(404);
    expect((await as('reviewer', 'POST', `${draft}/approval`, { version: 4 })).status).toBe(422);
  });

  test('a conflict is problem+json with both versions', async () => {
    const draft = await create([change(2, '示例检查乙')]);
    const url = `${draft}/changes/1`;
    const first = await as('second-editor', 'PUT', url, { version: 1, ...change(2, '乙，由第二人') });
    expect(first).toMatchObject({ status: 200, body: { number: 1, version: 2 } });
    const second = await as('editor', 'PUT', url, { version: 1, ...change(2, '乙，由第一人') });
    expect(second).toMatchObject({
      status: 409,
      type: expect.stringContaining('application/problem+json'),
      body: {
        code: 'change-changed',
        yours: { version: 1, value: { name: '乙，由第一人' } },
        theirs: { version: 2, editedBy: 'second-editor', value: { name: '乙，由第二人' } },
      },
    });
    const described = await as('editor', 'PUT', draft, { version: 1, ...headings, title: '另一标题' });
    expect(described).toMatchObject({
      status: 409,
      body: {
        code: 'draft-changed',
        yours: { version: 1, title: '另一标题' },
        theirs: { version: 2, title: headings.title },
      },
    });
    const other = await create([change(2, '另一份草稿')]);
    const seen = await as('editor', 'GET', `${other}/changes/1`);
    expect(seen.body).toMatchObject({ comparison: { others: [{ draft: draft.split('/').at(-1) }] } });
  });

  test('a base that the list has left is refused when it is written, not only when it is published', async () => {
    const stale = { baseBlob: `sha256:${'0'.repeat(64)}` };
    const answer = await as('editor', 'POST', '/api/drafts', {
      list: MARKET.key,
      ...headings,
      changes: [change(3, '基于旧版', stale)],
    });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'stale',
        conflicts: [{ yours: { name: '基于旧版' }, theirs: { value: {} }, base: null }],
      },
    });
  });

  test('is changed part by part: headings, changes added, taken out and put back', async () => {
    const draft = await create([change(4, '丁')]);
    expect(await as('editor', 'POST', `${draft}/changes`, change(5, '戊'))).toMatchObject({
      status: 201,
      body: { number: 2, version: 2 },
    });
    expect(await as('editor', 'POST', `${draft}/changes`, change(5, '又戊'))).toMatchObject({
      status: 409,
      body: { code: 'key-taken', yours: { name: '又戊' }, theirs: { name: '戊' }, change: 2 },
    });
    expect((await as('editor', 'DELETE', `${draft}/changes/2?version=1`)).status).toBe(409);
    expect((await as('editor', 'DELETE', `${draft}/changes/2?version=2`)).status).toBe(200);
    expect((await as('editor', 'GET', `${draft}/changes/2`)).status).toBe(404);
    expect((await as('editor', 'POST', `${draft}/changes`, change(5, '再戊'))).body).toMatchObject({
      number: 3,
    });
    const page = await as('editor', 'GET', `${draft}/changes?limit=1`);
    expect(page.body).toMatchObject({ changes: [{ number: 1 }], next: 1 });
    const rest = await as('editor', 'GET', `${draft}/changes?limit=1&cursor=1`);
    expect(rest.body).toMatchObject({ changes: [{ number: 3, editedBy: 'editor' }] });
    expect(rest.body).not.toHaveProperty('next');
    const renamed = { version: 4, ...headings, title: '改了标题', document: '示〔2026〕6号' };
    expect((await as('editor', 'PUT', draft, renamed)).body).toMatchObject({ version: 5, title: '改了标题' });
  });

  test('is not there for another organ', async () => {
    const draft = await create([change(6, '己')]);
    for (const url of [draft, `${draft}/changes`, `${draft}/changes/1`, `${draft}/comparison`])
      expect([url, (await as('transport', 'GET', url)).status]).toEqual([url, 404]);
    for (const step of ['submission', 'withdrawal'])
      expect((await as('transport', 'POST', `${draft}/${step}`, { version: 1 })).body).toMatchObject({
        status: 403,
        code: 'not-your-organ',
      });
    expect((await as('transport', 'GET', '/api/drafts')).body).toEqual({ drafts: [] });
  });

  test('lists page by page, each draft once', async () => {
    const ids: string[] = [];
    for (let url = '/api/drafts?limit=2'; url !== '';) {
      const { body } = await as('auditor', 'GET', url);
      const page = body as { drafts: { id: string }[]; next?: string };
      ids.push(...page.drafts.map(({ id }) => id));
      url = page.next === undefined ? '' : `/api/drafts?limit=2&cursor=${page.next}`;
    }
    expect(ids.length).toBeGreaterThan(4);
    expect(new Set(ids).size).toBe(ids.length);
    const { body } = await as('auditor', 'GET', '/api/drafts?state=published');
    expect(body).toMatchObject({ drafts: [{ state: 'published' }] });
  });
});

describe('what is not a draft', () => {
  const good = { list: MARKET.key, ...headings };
  test.each<[string, object, number, string]>([
    ['a day that does not exist', { ...good, effectiveDate: '2026-02-30' }, 422, 'invalid-request'],
    ['a day of a month 13', { ...good, effectiveDate: '2026-13-01' }, 422, 'invalid-request'],
    ['no reason', { ...good, reason: ' \n ' }, 422, 'invalid-request'],
    ['a reason longer than an entry takes', { ...good, reason: '理'.repeat(2_000) }, 422, 'invalid-request'],
    ['a field nobody knows', { ...good, state: 'published' }, 422, 'invalid-request'],
    [
      'a kind nobody knows',
      { ...good, changes: [{ ...change(7, '庚'), kind: 'deleted' }] },
      422,
      'invalid-request',
    ],
    [
      'a change without content',
      { ...good, changes: [{ ...change(7, '庚'), value: undefined }] },
      422,
      'invalid-request',
    ],
    ['half a character', { ...good, changes: [change(7, '庚\ud800')] }, 422, 'invalid-request'],
    [
      'a content of an array',
      { ...good, changes: [{ ...change(7, '庚'), value: [] }] },
      422,
      'invalid-change',
    ],
    [
      'a prototype',
      { ...good, changes: [{ ...change(7, '庚'), value: { ['__proto__']: 1 } }] },
      400,
      'http-400',
    ],
    [
      'an edition of the registry',
      { ...good, list: 'registry', scope: 'edition', edition: { number: '1', name: '版本', date: LATER } },
      403,
      'not-your-organ',
    ],
  ])('%s is refused with words', async (_name, body, status, code) => {
    const answer = await as('editor', 'POST', '/api/drafts', body);
    expect(answer).toMatchObject({ status, body: { code, title: expect.stringMatching(/\p{sc=Han}/u) } });
  });

  test.each([
    ['GET', '/api/drafts/not-an-id'],
    ['GET', NOBODY],
    ['GET', `${NOBODY}/comparison`],
    ['POST', `${NOBODY}/submission`],
    ['POST', `/api/drafts/'%20OR%201=1/submission`],
  ] as const)('%s %s is not found', async (method, url) => {
    const answer = await as('editor', method, url, method === 'POST' ? { version: 1 } : undefined);
    expect(answer).toMatchObject({ status: 404, body: { code: 'draft-not-found' } });
  });

  test.each([
    'cursor=x',
    'cursor=2026-13-01T00:00:00.000Z_00000000-0000-4000-8000-000000000000',
    'limit=0',
    'state=gone',
  ])('a list with ?%s is refused', async (query) => {
    expect((await as('editor', 'GET', `/api/drafts?${query}`)).status).toBe(422);
  });

  test('a text is cleaned before it is kept: its ends, its line ends, its composition', async () => {
    const draft = await create([change(8, ' 辛\r\n检查 ')], { title: ' 标题e\u0301 ' });
    const { body } = await as('editor', 'GET', `${draft}/changes/1`);
    expect(body).toMatchObject({ change: { value: { name: '辛\n检查' } } });
    expect((await as('editor', 'GET', draft)).body).toMatchObject({ title: '标题é' });
    const wrong = await as('editor', 'PUT', `${draft}/changes/x`, { version: 1, ...change(8, '辛') });
    expect(wrong).toMatchObject({ status: 404, body: { code: 'change-not-found' } });
  });
});

test('the description of the API names the roles of nobody and every field of a draft', async () => {
  const { body } = await as('editor', 'GET', '/api/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, { requestBody?: object }>> };
  const schema = JSON.stringify(paths['/api/drafts']?.['post']?.requestBody);
  for (const field of ['effectiveDate', 'backdatedReason', 'related', 'baseBlob', 'edition'])
    expect(schema).toContain(`"${field}"`);
  expect(schema).not.toContain('$defs');
});
