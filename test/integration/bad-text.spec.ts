import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findTextFault } from '@mandate/encoding';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { type ApiDocument, type ApiOperation, operationsOf } from '../support/api-operations.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { BAD_SIGNS, excludedValues, HALF_CHARACTERS, HUGE, isDay, MARK } from '../support/bad-values.ts';
import { DraftDesk, draftItem, LATER, PASSWORD } from '../support/drafts.ts';
import { MARKET, prepareFoodPermit } from '../support/food-permit.ts';
import { type Call, goodCalls, RECORD } from '../support/good-calls.ts';
import { addressOf, fieldsOf, type RequestField, withValue } from '../support/request-fields.ts';

/** Lists that this registry does not have, and a draft of which nothing is missing: well asked, and not there. */
const ABSENT =
  /mappings\/\{organ\}|negative-lists\/\{list\}|regions\/\{code\}|editions\/\{list\}|cancellations$/;
/** What is never answered to who is signed in, may do it, and asks well: of an operation of which nobody said more here. */
const REFUSALS = [400, 401, 403, 415, 422];

let server: TestServer;
let operations: readonly ApiOperation[];
let desk: DraftDesk;
const cookies = new Map<string, string>();

let calls: Readonly<Record<string, Call>>;

beforeAll(async () => {
  server = await createTestServer();
  await prepareFoodPermit(server.app);
  desk = await DraftDesk.open(server.app);
  operations = operationsOf((await server.app.inject('/api/openapi.json')).json<ApiDocument>());
  for (const login of `editor second-editor reviewer publisher transport issuer auditor none keeper second-keeper`.split(
    ' ',
  )) {
    const { token } = await server.app.get(AuthService).signIn(login, PASSWORD);
    cookies.set(login, `mandate_session=${token}`);
  }
  // One more, which a call may end.
  await server.app.get(AuthService).signIn('transport', PASSWORD);
  calls = await goodCalls(desk, (by, body) => send(by, 'POST', '/api/certificates', body));
});
afterAll(() => server.close());

/** What stands for parts of an address of which nobody said more. */
function callOf({ name, path }: ApiOperation): Call {
  const known = calls[name];
  if (known !== undefined) return known;
  const params = Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, part = '']) => [part, 'x']));
  return { by: 'editor', good: { params } };
}

function send(by: string | undefined, method: ApiOperation['method'], url: string, body?: unknown) {
  const text = body === undefined ? undefined : JSON.stringify(body).replaceAll(`"${HUGE}"`, '1e400');
  return server.app.inject({
    method,
    url,
    ...(text !== undefined && { payload: text }),
    headers: {
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(by !== undefined && { cookie: cookies.get(by) ?? '' }),
    },
  });
}

async function sendWith(operation: ApiOperation, field: RequestField, value: unknown) {
  const { by, good } = callOf(operation);
  const { url, body } = withValue(operation, good, field, value);
  return send(by, operation.method, url, body);
}

const everyField = (): readonly { operation: ApiOperation; field: RequestField; named: string }[] =>
  operations.flatMap((operation) =>
    fieldsOf(operation, RECORD).map((field) => ({
      operation,
      field,
      named: `${operation.name} ${field.place} ${field.path.join('.')}`,
    })),
  );

/** What is wrong with an answer to a request that ought to be refused because of one field; undefined if nothing. */
function unrefused(answer: Awaited<ReturnType<typeof send>>, { path }: RequestField): string | undefined {
  const { statusCode: status } = answer;
  if (status !== 422 || !String(answer.headers['content-type']).startsWith('application/problem+json'))
    return `${status.toString()} ${answer.body.slice(0, 200)}`;
  const { fields = [], title } = answer.json<{
    fields?: { field: string; message: string }[];
    title: string;
  }>();
  const name = path.join('.');
  // Where a whole object is no object its members are not looked at.
  const told = fields.filter(
    ({ field }) => field === name || name.startsWith(`${field}.`) || field.startsWith(`${name}.`),
  );
  if (told.length === 0) return `does not name ${name}: ${JSON.stringify(fields)}`;
  const words = [title, ...told.map(({ message }) => message)];
  return words.every((text) => /\p{sc=Han}/u.test(text)) ? undefined : `not in Chinese: ${words.join(' ')}`;
}

describe('bad text', () => {
  test('is tried in every field of every operation of the description', () => {
    const tried = everyField();
    expect(operations.length).toBeGreaterThanOrEqual(44);
    expect(tried.length).toBeGreaterThanOrEqual(230);
    // Headers are tried below.
    const described = operations.flatMap(({ parameters }) => parameters).filter((one) => one.in !== 'header');
    expect(tried.filter(({ field }) => field.place !== 'body')).toHaveLength(described.length);
    expect(
      tried
        .filter(({ operation }) => operation.name === 'POST /api/certificates')
        .map(({ field }) => field.path.join('.')),
    ).toEqual(['holder.name', 'holder.code', 'holder.codeType', 'face.KZ_JYCS', 'validFrom', 'type', 'item']);
    expect(
      tried
        .filter(({ operation }) => operation.name === 'POST /api/drafts')
        .map(({ field }) => field.path.join('.')),
    ).toEqual(expect.arrayContaining(['edition.name', 'changes.0.value', 'changes.0.doubts.0.message']));
    // A call that belongs to no operation any more says nothing.
    expect(Object.keys(calls).filter((name) => !operations.some((one) => one.name === name))).toEqual([]);
  });

  test.each(BAD_SIGNS)('%s is refused in each, by its name and in Chinese', async (_name, sign) => {
    const passed: string[] = [];
    for (const { operation, field, named } of everyField()) {
      const answer = await sendWith(operation, field, `${MARK}${sign}字`);
      const problem = unrefused(answer, field);
      if (problem !== undefined) passed.push(`${named}: ${problem}`);
    }
    expect(passed).toEqual([]);
  });

  test.each(HALF_CHARACTERS)(
    'the %s of a character is refused in each place of a body',
    async (_name, half) => {
      const passed: string[] = [];
      for (const { operation, field, named } of everyField()) {
        if (field.place !== 'body') continue;
        const problem = unrefused(await sendWith(operation, field, `${MARK}${half}字`), field);
        if (problem !== undefined) passed.push(`${named}: ${problem}`);
      }
      expect(passed).toEqual([]);
    },
  );

  test('is refused wherever a content holds it, in its names too', async () => {
    const { operation, field } = findField('POST /api/drafts', 'changes.0.value');
    for (const bad of [`${MARK}\u0000`, `${MARK}\u202e`, `${MARK}\ud800`])
      for (const value of [
        { ...draftItem('甲'), remarks: bad },
        { ...draftItem('甲'), subItems: [{ name: bad, bases: [] }] },
        { ...draftItem('甲'), [bad]: 1 },
      ])
        expect(unrefused(await sendWith(operation, field, value), field)).toBeUndefined();
  });
});

describe('a value that the schema of its field excludes', () => {
  test('is refused, by the name of the field and in Chinese', async () => {
    const passed: string[] = [];
    const tried = new Map<string, number>();
    for (const { operation, field, named } of everyField())
      for (const [name, value] of excludedValues(field)) {
        tried.set(name, (tried.get(name) ?? 0) + 1);
        const problem = unrefused(await sendWith(operation, field, value), field);
        if (problem !== undefined) passed.push(`${named} ${name}: ${problem}`);
      }
    expect(passed).toEqual([]);
    for (const name of ['too long', '2026-02-30', '9999-12-31', 'too large', 'infinite', 'null'])
      expect([name, tried.get(name) ?? 0]).toEqual([name, expect.any(Number)]);
    expect(Math.min(...tried.values())).toBeGreaterThanOrEqual(10);
    expect(everyField().filter(({ field }) => isDay(field.schema)).length).toBeGreaterThanOrEqual(25);
  });
});

describe('a request that is no text at all', () => {
  test.each([
    ['an address that is no UTF-8', '/api/items/%ff/00001'],
    ['half a character in an address', '/api/items/%ED%A0%80/00001'],
    ['a NUL written too long', '/api/items/%C0%80/00001'],
    ['a sign that is not closed', '/api/items/%E0%A4%A'],
    ['an address without end', `/api/items/${'x'.repeat(5_000)}/00001`],
    ['a query that is no UTF-8', '/api/items?organ=%ff%fe'],
    ['a query of half a character', '/api/items?organ=%ED%A0%80'],
    ['a query given twice', '/api/items?organ=a&organ=b'],
    ['a query of a prototype', '/api/items?__proto__=1&organ[__proto__]=1&limit=%00'],
  ])('%s is refused in words', async (_name, url) => {
    const answer = await send(undefined, 'GET', url);
    expect([url, Math.floor(answer.statusCode / 100)]).toEqual([url, 4]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      title: expect.stringMatching(/\p{sc=Han}/u),
      instance: expect.any(String),
    });
  });

  const headings = `"list":"${MARKET.key}","effectiveDate":"${LATER}","reason":"理由"`;
  test.each([
    ['nested without end', `{"title":${'['.repeat(400_000)}`, ''],
    ['nested deep and closed', `{"title":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'title'],
    ['objects nested deep', `{"title":${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}}`, 'title'],
    ['a name given twice', `{"title":"甲","title":"乙",${headings}}`, 'title'],
    ['a name given twice, once in disguise', `{"title":"甲","t\\u0069tle":"乙",${headings}}`, 'title'],
    [
      'a number without end',
      `{"title":"甲",${headings},"changes":[{"value":{"a":1e400}}]}`,
      'changes.0.value.a',
    ],
    [
      'a number that would be another',
      `{"title":"甲",${headings},"changes":[{"value":{"a":[1,9007199254740993]}}]}`,
      'changes.0.value.a.1',
    ],
    ['a prototype', `{"title":"甲",${headings},"__proto__":{"a":1}}`, ''],
    ['a constructor', `{"title":"甲",${headings},"constructor":{"prototype":{"a":1}}}`, ''],
    ['nothing', '', ''],
    ['no JSON', '{"title":', ''],
  ])('a body: %s', async (_name, payload, field) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/drafts',
      payload,
      headers: { 'content-type': 'application/json', cookie: cookies.get('editor') ?? '' },
    });
    expect([400, 422]).toContain(answer.statusCode);
    const { title, fields } = answer.json<{ title: string; fields?: { field: string; message: string }[] }>();
    expect(title).toMatch(/\p{sc=Han}/u);
    if (field !== '') {
      expect(fields?.[0]?.field.split('.').slice(0, field.split('.').length).join('.')).toBe(field);
      expect(fields?.[0]?.message).toMatch(/\p{sc=Han}/u);
    }
  });

  test('a body that is no UTF-8 is not mended', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: Buffer.from('{"login":"editor\xff","password":"x"}', 'latin1'),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.json()).toMatchObject({
      status: 422,
      fields: [{ message: expect.stringContaining('UTF-8') }],
    });
  });

  test.each(['accept', 'authorization', 'cookie', 'if-none-match', 'origin', 'content-type', 'x-request-id'])(
    'no header %s breaks an answer',
    async (name) => {
      for (const value of [
        '\u0000',
        '坏文\u202e',
        '\ud800',
        '%00',
        '"'.repeat(5_000),
        '*/*;q=1e400,;;q=',
        ',,,',
      ])
        for (const [method, url] of [
          ['GET', '/api/items'],
          ['GET', '/api/session'],
          ['POST', '/api/session'],
        ] as const) {
          const answer = await server.app.inject({
            method,
            url,
            ...(method === 'POST' && { payload: '{"login":"x","password":"y"}' }),
            headers: { ...(method === 'POST' && { 'content-type': 'application/json' }), [name]: value },
          });
          expect([name, value, url, answer.statusCode < 500]).toEqual([name, value, url, true]);
        }
    },
  );
});

test('the same requests with good values are taken: nothing was refused for another reason', async () => {
  const refused: string[] = [];
  for (const operation of operations) {
    const { by, good, file } = callOf(operation);
    const url = addressOf(operation, good);
    const answer = await (file === undefined
      ? send(by, operation.method, url, good.body)
      : server.app.inject({
          method: operation.method,
          url,
          payload: Buffer.from(file),
          headers: { 'content-type': operation.file?.types[0], cookie: cookies.get(by ?? '') ?? '' },
        }));
    const { statusCode: status } = answer;
    const known =
      calls[operation.name] !== undefined || operation.parameters.every((one) => one.in !== 'path');
    const expected = known
      ? [ABSENT.test(operation.path) ? 404 : 200, 201, 204].includes(status)
      : !REFUSALS.includes(status) && status < 500;
    if (!expected) refused.push(`${operation.name}: ${status.toString()} ${answer.body.slice(0, 200)}`);
  }
  expect(refused).toEqual([]);
});

test('rare characters are taken, and lines only where a text may have them', async () => {
  const headings = {
    list: MARKET.key,
    effectiveDate: LATER,
    reason: '第一行\n第二行：𠀀',
    title: '𠀀𪚥之事',
  };
  const made = await send('editor', 'POST', '/api/drafts', headings);
  expect([made.statusCode, made.json()]).toEqual([201, expect.objectContaining({ title: '𠀀𪚥之事' })]);
  const { id } = made.json<{ id: string }>();
  const said = { comment: '第一行\r\n\t第二行：𠀀' };
  expect((await send('editor', 'POST', `/api/drafts/${id}/comments`, said)).statusCode).toBe(204);
  const { events } = (await send('editor', 'GET', `/api/drafts/${id}`)).json<{
    events: { comment?: string }[];
  }>();
  expect(events.at(-1)?.comment).toBe('第一行\n\t第二行：𠀀');
  for (const title of ['第一行\n第二行', '制表\t符', '段\u2029落'])
    expect((await send('editor', 'POST', '/api/drafts', { ...headings, title })).json()).toMatchObject({
      status: 422,
      fields: [{ field: 'title', message: expect.stringContaining('换行') }],
    });
});

test('nothing of it was kept, in any column of any table', async () => {
  const source = server.app.get(DataSource);
  const tables = await source.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const marked = Buffer.from(MARK).toString('hex');
  const found: string[] = [];
  let texts = 0;
  const look = (value: unknown, where: string): void => {
    if (typeof value === 'string') {
      texts += 1;
      if (findTextFault(value, { lines: true }) || value.includes(MARK) || value.includes(marked))
        found.push(`${where}: ${value.slice(0, 80)}`);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) look(one, `${where}.${name}`);
  };
  for (const { name } of tables) {
    const rows = await source.query<{ row: unknown }[]>(`SELECT to_jsonb(t) AS row FROM "${name}" t`);
    for (const { row } of rows) look(row, name);
  }
  expect(tables.length).toBeGreaterThan(15);
  expect(texts).toBeGreaterThan(500);
  expect(found).toEqual([]);
});

function findField(name: string, path: string): { operation: ApiOperation; field: RequestField } {
  const found = everyField().find(
    ({ operation, field }) => operation.name === name && field.path.join('.') === path,
  );
  if (found === undefined) throw new Error(`no ${path} in ${name}`);
  return found;
}
