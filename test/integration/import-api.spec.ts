import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseBase64, utf8 } from '@mandate/encoding';
import { encodeAuthorityTemplate, IMPORT_LIMITS } from '@mandate/list-files';
import { organKey } from '@mandate/lists';
import { encodeCsv, encodeWorkbook, readCsv, readWorkbook, type SheetGrid } from '@mandate/workbook';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { DraftOverrulesService } from '../../apps/registry/src/drafts/draft-overrules.service.ts';
import { DraftPublicationService } from '../../apps/registry/src/drafts/draft-publication.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { describeMappings } from './import-api-mappings.ts';
import { describeNegativeLists } from './import-api-negative.ts';
import { describeFilesOfSeveralOrgans } from './import-api-organs.ts';
import { itemRow, listRows, makeWorkbook } from '../support/workbook.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ORGAN = '示例市测试局';
const KEY = organKey({ name: ORGAN });
/** of the sheet of items in a template */
const HEADERS = headersOf(readCsv(encodeAuthorityTemplate('csv')));

let server: TestServer;
const cookies = new Map<string, string>();

beforeAll(async () => {
  server = await createTestServer();
  const auth = server.app.get(AuthService);
  for (const [login, organ, roles] of [
    ['editor', null, ['editor']],
    ['second', null, ['reviewer', 'publisher']],
    ['theirs', KEY, ['editor']],
    ['other', 'o-aaaaaaaaaaaaaaaa', ['editor']],
    ['auditor', null, ['auditor']],
  ] as const) {
    await auth.createAccount({
      login,
      displayName: login,
      organ,
      roles,
      password: 'long enough for us',
      demo: false,
    });
    const { token } = await auth.signIn(login, 'long enough for us');
    cookies.set(login, `mandate_session=${token}`);
  }
});
afterAll(() => server.close());

interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function send(
  login: string,
  file: string,
  bytes: Uint8Array,
  query: Record<string, string | string[]> = {},
  type = XLSX,
): Promise<Sent> {
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/imports',
    query: { file, ...query },
    headers: { 'content-type': type, cookie: cookies.get(login) ?? '' },
    payload: Buffer.from(bytes),
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

async function get(
  path: string,
): Promise<{ status: number; bytes: Uint8Array; headers: Record<string, unknown> }> {
  const response = await server.app.inject({ url: path });
  return { status: response.statusCode, bytes: response.rawPayload, headers: response.headers };
}

/** Approves and publishes the one draft that was submitted. */
async function publishSubmitted(): Promise<readonly string[]> {
  const source = server.app.get(DataSource);
  const drafts = server.app.get(DraftsService);
  const steps = server.app.get(DraftStepsService);
  const publication = server.app.get(DraftPublicationService);
  const second = await server.app.get(AuthService).getAccount('second');
  const [draft] = await drafts.page(source.manager, second, { state: 'submitted', limit: 1 });
  if (!draft) throw new Error('nothing was submitted');
  // Lists as short as these say nothing of duties.
  const overrules = server.app.get(DraftOverrulesService);
  let { version } = draft;
  for (const rule of new Set((await overrules.look(source.manager, draft)).open.map((one) => one.rule))) {
    const said = { draft: draft.id, version, rule, reason: '清单的样表没有写责任事项' };
    version = (await source.transaction((tx) => overrules.give(tx, second, said))).draft.version;
  }
  const approved = await source.transaction((tx) =>
    steps.take(tx, second, { step: 'approve', draft: draft.id, version }),
  );
  const request = { draft: draft.id, version: approved.version };
  return (await source.transaction((tx) => publication.publish(tx, second, request))).keys;
}

const workbook = (): Uint8Array =>
  makeWorkbook([{ rows: listRows([itemRow(1, '甲许可'), itemRow(2, '乙许可')], `${ORGAN}2026年权责清单`) }]);

function headersOf(sheet: SheetGrid): string[] {
  return Array.from({ length: sheet.columns }, (_, column) => sheet.text(0, column));
}

function template(rows: readonly Record<string, string>[]): Uint8Array {
  const [guide] = readWorkbook(encodeAuthorityTemplate('xlsx', { name: ORGAN, key: KEY }));
  if (!guide) throw new Error('no guide');
  const lines = Array.from({ length: guide.rows }, (_, row) => [guide.text(row, 0), guide.text(row, 1)]);
  return encodeWorkbook(
    [
      { name: guide.name, rows: lines },
      { name: '事项', rows: [HEADERS, ...rows.map((row) => HEADERS.map((header) => row[header] ?? ''))] },
    ],
    'form',
  );
}

describe('an upload', () => {
  test('of a workbook becomes a submitted draft, and nothing is listed before its publication', async () => {
    const { status, body } = await send('editor', 'list.xlsx', workbook(), { submit: 'true' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      list: KEY,
      name: ORGAN,
      changes: { new: 2, changed: 0, unchanged: 0 },
      draft: { state: 'submitted', changes: 3 },
      reports: [{ file: 'list.xlsx', items: 2 }],
    });
    expect(await server.app.get(ItemsService).heads({ organ: KEY })).toEqual([]);
    expect(await publishSubmitted()).toHaveLength(3);
    expect(await server.app.get(ItemsService).heads({ organ: KEY })).toHaveLength(2);
  });

  test('that replaces a draft says which version of it was seen', async () => {
    const name = '示例市替换局';
    const file = (rows: string[]) =>
      makeWorkbook([
        {
          rows: listRows(
            rows.map((row, n) => itemRow(n + 1, row)),
            `${name}2026年权责清单`,
          ),
        },
      ]);
    const first = await send('editor', 'list.xlsx', file(['甲许可']));
    const { id, version } = first.body['draft'] as { id: string; version: number };
    const replace = (query: Record<string, string>) =>
      send('editor', 'list.xlsx', file(['甲许可', '乙许可']), { replace: id, ...query });
    const open = await send('editor', 'list.xlsx', file(['甲许可']));
    expect([open.status, open.body]).toEqual([
      409,
      expect.objectContaining({ code: 'open-draft', draft: id, version }),
    ]);
    const silent = await replace({});
    expect([silent.status, silent.body['fields']]).toEqual([
      422,
      [expect.objectContaining({ field: 'version' })],
    ]);
    const stale = await replace({ version: (version + 1).toString() });
    expect([stale.status, stale.body['code']]).toEqual([409, 'draft-changed']);
    const done = await replace({ version: version.toString() });
    expect([done.status, done.body['draft']]).toEqual([
      201,
      expect.objectContaining({ id, version: version + 1 }),
    ]);
    const again = await replace({ version: version.toString() });
    expect([again.status, again.body['code']]).toEqual([409, 'draft-changed']);
  });

  test('of what is listed already makes no draft', async () => {
    const { status, body } = await send('theirs', 'list.xlsx', workbook());
    expect(status).toBe(200);
    expect(body).toMatchObject({ changes: { new: 0, changed: 0, unchanged: 2 } });
    expect(body).not.toHaveProperty('draft');
  });

  test('of a file that names no organ is of the organ of the account', async () => {
    const rows = listRows([itemRow(1, '甲许可'), itemRow(2, '乙许可')], '事项');
    const { status, body } = await send('theirs', 'x.xlsx', makeWorkbook([{ rows }]), { dryRun: 'true' });
    expect([status, body['list']]).toEqual([200, KEY]);
    expect((await send('editor', 'x.xlsx', makeWorkbook([{ rows }]))).body).toMatchObject({
      code: 'no-organ',
    });
  });

  test.each([
    ['nobody', 401],
    ['auditor', 403],
    ['second', 403],
    ['other', 403],
  ])('is refused for %s', async (login, status) => {
    const changed = makeWorkbook([{ rows: listRows([itemRow(1, '丙许可')], `${ORGAN}2026年权责清单`) }]);
    expect((await send(login, 'list.xlsx', changed)).status).toBe(status);
  });

  test('that is too large is refused without being read whole', async () => {
    const { status, body } = await send('editor', 'a.xlsx', new Uint8Array(IMPORT_LIMITS.uploadBytes + 1));
    expect([status, body['code']]).toEqual([413, 'too-large']);
  });

  test.each([
    ['not-a-workbook', 'a.xlsx', '%PDF-1.4', XLSX],
    ['not-a-workbook', 'a.csv', '\u0000\u0001', 'text/csv'],
    ['damaged-workbook', 'a.csv', '事项标识,事项名称\n"甲', 'text/csv'],
    ['no-list', 'a.csv', '姓名,电话\n甲,1', 'text/csv'],
    ['damaged-workbook', 'a.xlsx', 'PK\u0003\u0004', XLSX],
  ])('that is nothing to import says so: %s', async (code, file, text, type) => {
    const { status, body } = await send('editor', file, new TextEncoder().encode(text), {}, type);
    expect([status, body['code']]).toEqual([422, code]);
  });

  test('with signs in its cells that nobody sees is read without them, and says where they stood', async () => {
    const organ = '示例市暗字局';
    const rows = listRows(
      [
        itemRow(1, '甲\u202e许可'),
        itemRow(2, '乙\u200b许可'),
        itemRow(3, '丙许可𠀀'),
        itemRow(4, '⾷品⽣产许可'),
        itemRow(5, '丁\ufffd许可'),
        itemRow(6, '#REF!'),
      ],
      `${organ}2026年权责清单`,
    );
    const { status, body } = await send('editor', 'list.xlsx', makeWorkbook([{ rows }]));
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: organ, changes: { new: 6 } });
    const [report] = body['reports'] as { warnings: { row: number; code: string; message: string }[] }[];
    // One line a kind, however many cells: the name of an item stands in three of its cells.
    expect(report?.warnings.map(({ row, code, message }) => [row, code, parseInt(message, 10)])).toEqual(
      expect.arrayContaining([
        [7, 'lost-signs', 3],
        [3, 'hidden-signs', 6],
        [6, 'look-alikes', 3],
      ]),
    );
    // What nobody can mend is in the draft, and a finding that stops it.
    const [list] = [body['findings'] as { rules: Record<string, number> } | undefined];
    expect(list?.rules).toMatchObject({ 'garbled-text': 1, 'error-value': 1 });
    const { id } = body['draft'] as { id: string };
    const changes = await server.app
      .get(DraftsService)
      .changes(server.app.get(DataSource).manager, id, { after: 0, limit: 10 });
    expect(changes.map(({ value }) => (value as { name: string }).name).slice(1)).toEqual([
      '甲许可',
      '乙许可',
      '丙许可𠀀',
      '食品生产许可',
      '丁\ufffd许可',
      '#REF!',
    ]);
    // A reviewer looks twice at what was taken out of.
    expect(changes.slice(1).map(({ doubts }) => doubts.some(({ code }) => code === 'hidden-signs'))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('with a query that cannot be followed names the field', async () => {
    const { status, body } = await send('editor', 'a.xlsx', workbook(), { effectiveDate: '2026-02-30' });
    expect([status, body['code']]).toEqual([422, 'invalid-request']);
    expect(JSON.stringify(body)).toContain('effectiveDate');
  });
});

describeFilesOfSeveralOrgans({ organ: ORGAN, send, publishSubmitted, app: () => server.app });

describe('a filled template with errors', () => {
  test('comes back with each of them marked at its cell, and no draft is made', async () => {
    const bad = template([
      { 事项序号: '1', 事项名称: '丙许可', 权力类型: '许可证', 是否收费: '也许', 法定时限天数: '二十' },
      { 事项序号: '1', 事项名称: '', 权力类型: '行政许可', 基本编码: '123' },
      { 事项序号: '3', 事项名称: '', 权力类型: '行政许可', 基本编码: '123', 示例: '=1+1' },
    ]);
    const { status, body } = await send('editor', 'filled.xlsx', bad);
    expect([status, body['code']]).toEqual([422, 'cell-errors']);
    const column = (header: string): number => HEADERS.indexOf(header);
    // The shape the API promises.
    const errors = body['errors'] as { sheet: string; row: number; column: string; message: string }[];
    // A word that cannot be taken is not also one that is wanting.
    expect(new Set(errors.map(({ row, column }) => `${column}${row}`)).size).toBe(errors.length);
    expect(errors.map(({ row, message }) => `${row.toString()} ${message.split('：')[0] ?? ''}`)).toEqual(
      expect.arrayContaining([
        '2 权力类型',
        '2 是否收费',
        '2 法定时限天数',
        '3 事项序号',
        '4 事项名称',
        '4 基本编码',
        '4 示例',
      ]),
    );
    const back = body['workbook'] as { name: string; base64: string };
    expect(back.name).toBe('filled-问题.xlsx');
    const grids = readWorkbook(parseBase64(back.base64));
    const list = grids.find(({ name }) => name === '问题清单');
    expect(list?.rows).toBe(errors.length + 1);
    const items = grids.find(({ name }) => name === '事项');
    expect(items?.text(1, column('事项名称'))).toBe('丙许可');
    expect(items?.text(3, column('示例'))).toBe('=1+1');
    const again = await send('editor', back.name, parseBase64(back.base64));
    expect([again.status, again.body['code']]).toEqual([422, 'cell-errors']);
  });

  test('says it of a key that is not of the organ', async () => {
    const bad = template([
      { 事项标识: `${KEY}.00099`, 事项序号: '1', 事项名称: '丙许可', 权力类型: '行政许可' },
    ]);
    const { body } = await send('editor', 'filled.xlsx', bad);
    expect(body['errors']).toEqual([
      { sheet: '事项', row: 2, column: 'B', message: expect.stringContaining(`${KEY}.00099`) as unknown },
    ]);
  });
});

describe('a template', () => {
  test.each(['authority', 'negative'])(
    'of %s is there for everyone, as workbook and as CSV',
    async (kind) => {
      const { status, bytes, headers } = await get(`/api/templates/${kind}`);
      expect([status, headers['content-type']]).toEqual([200, XLSX]);
      expect(readWorkbook(bytes).map(({ name }) => name)[0]).toBe('填写说明');
      const csv = await get(`/api/templates/${kind}?format=csv`);
      expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(readCsv(csv.bytes).text(0, 0)).not.toBe('');
    },
  );

  test('of a list, sent back as it is, changes nothing, as workbook or as CSV', async () => {
    for (const format of ['xlsx', 'csv']) {
      const { bytes } = await get(`/api/templates/${KEY}?format=${format}`);
      const { status, body } = await send('editor', `${ORGAN}权责清单.${format}`, bytes);
      expect([status, body['changes']]).toEqual([200, { new: 0, changed: 0, unchanged: 2 }]);
    }
  });

  test('filled with one more item and one change lists just these', async () => {
    const { bytes } = await get(`/api/templates/${KEY}?format=csv`);
    const grid = readCsv(bytes);
    const rows = Array.from({ length: grid.rows }, (_, row) =>
      Array.from({ length: grid.columns }, (__, column) => grid.text(row, column)),
    );
    const [head = [], first = [], ...others] = rows;
    const fill = (row: string[], header: string, text: string): string[] =>
      row.with(head.indexOf(header), text);
    const coded = fill(first, '基本编码', '000117001000');
    const changed = fill(coded, '备注', '=HYPERLINK("http://example.org")');
    const added = Object.entries({
      事项名称: '丁许可',
      权力类型: '行政许可',
      实施依据: '《示例法》第一条',
      责任事项内容: '1.受理责任：公示。',
      责任事项依据: '《示例法》第二条',
    }).reduce(
      (row, [header, text]) => fill(row, header, text),
      head.map(() => ''),
    );
    const file = utf8(encodeCsv([head, changed, ...others, added]));
    const { status, body } = await send('theirs', `${ORGAN}.csv`, file, { submit: 'true' }, 'text/csv');
    expect([status, body['changes']]).toEqual([201, { new: 1, changed: 1, unchanged: 1 }]);
    await publishSubmitted();
    const { item } = await server.app.get(ItemsService).get(`${KEY}.00001`);
    expect(item.remarks).toBe('=HYPERLINK("http://example.org")');
    // What a CSV has no column for is still there.
    expect(item.levels).toHaveLength(1);
    const out = new TextDecoder().decode((await get(`/api/templates/${KEY}?format=csv`)).bytes);
    expect(out).toContain(`"'=HYPERLINK(""http://example.org"")"`);
    // As Excel saves it again: its own marks and separators, and a code without the zeros that it begins with.
    const saved = utf8(out.replace(',000117001000,', ',117001000,').replaceAll('\r\n', '\n'));
    const again = await send('theirs', `${ORGAN}.csv`, saved, {}, 'text/csv');
    expect([again.status, again.body['changes']]).toEqual([200, { new: 0, changed: 0, unchanged: 3 }]);
  });

  test('of no list is not found', async () => {
    expect((await get('/api/templates/o-aaaaaaaaaaaaaaaa')).status).toBe(404);
    expect((await get('/api/templates/n-none?format=csv')).status).toBe(404);
    expect((await get('/api/templates/authority?format=exe')).status).toBe(422);
  });
});

describeNegativeLists({ send, publishSubmitted, get });

describeMappings({
  send,
  publishSubmitted,
  server: () => server,
  cookieOf: (login) => cookies.get(login) ?? '',
});
