import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { z } from 'zod';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { PROJECT_DIR } from '../../apps/registry/src/config/config.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { writePointer } from '../../apps/registry/src/publication/release-pointer.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { FOOD_PERMIT_DATA, issuerFor, MARKET, prepareFoodPermit } from '../support/food-permit.ts';
import { putActs } from '../support/list-changes.ts';
import { ACTS } from '../support/sample-acts.ts';

const TOKEN = 'a-token-of-the-metrics-0123456789';
/** The readings of one scrape are kept for some seconds. */
const CACHE_MS = 5_100;

let server: TestServer;
let started: string;

beforeAll(async () => {
  server = await createTestServer({ MANDATE_METRICS_TOKEN: TOKEN });
  await prepareFoodPermit(server.app);
  const permit = { type: '食品经营许可证', ...FOOD_PERMIT_DATA };
  await server.app.get(IssueService).issue(permit, await issuerFor(server.app, MARKET.key));
  await server.app.get(PublicationService).publishData();
  const paths = publishedPaths(server.config.dataDir);
  await writePointer(paths, { release: 'one', lists: { size: 1, root: '' } });
  await server.app.inject('/api/organs/nothing');
  await server.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'nobody', password: 'x'.repeat(12) },
  });
  await server.app.inject({ method: 'POST', url: '/api/imports', payload: {} });
  started = await scrape();
});
afterAll(() => server.close());

async function scrape(): Promise<string> {
  const answer = await server.app.inject('/metrics');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
  return answer.body;
}

/** Of the lines of this metric with these labels. */
function valueOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const line = text
    .split('\n')
    .find(
      (one) =>
        (one.startsWith(`${name}{`) || one.startsWith(`${name} `)) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

describe('who may read the metrics', () => {
  const ask = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    server.app.inject({ url: '/metrics', headers, remoteAddress });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['a program of this machine', {}, undefined],
    ['whoever has the token, from anywhere', { authorization: `Bearer ${TOKEN}` }, '203.0.113.9'],
    [
      'whoever has the token, through a proxy',
      { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' },
      undefined,
    ],
  ])('%s', async (_who, headers, address) => {
    expect((await ask(headers, address)).statusCode).toBe(200);
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['another machine', {}, '203.0.113.9'],
    ['another machine that says it is this one', { 'x-forwarded-for': '127.0.0.1' }, '203.0.113.9'],
    ['a client of a proxy on this machine', { 'x-forwarded-for': '127.0.0.1' }, '127.0.0.1'],
    ['a client of another proxy on it', { via: '1.1 caddy' }, '127.0.0.1'],
    ['a page that leads its name to this machine', { host: 'evil.example' }, '127.0.0.1'],
    ['a wrong token', { authorization: `Bearer ${TOKEN}x` }, '127.0.0.1'],
    ['half a token', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, '203.0.113.9'],
  ])('not %s: for it there is nothing', async (_who, headers, address) => {
    const answer = await ask(headers, address);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('mandate_');
  });

  test('they are in no description of the API', async () => {
    expect((await server.app.inject('/api/openapi.json')).body).not.toContain('/metrics');
  });
});

describe('the metrics', () => {
  test('count requests by route, method and class of the status', () => {
    const labels = { method: 'GET', route: '/api/organs/:organ', status_class: '4xx' };
    expect(valueOf(started, 'mandate_http_requests_total', labels)).toBe(1);
    expect(
      valueOf(started, 'mandate_http_request_duration_seconds_count', { route: '/api/organs/:organ' }),
    ).toBe(1);
    expect(valueOf(started, 'mandate_http_refusals_total', { code: 'not-signed-in' })).toBe(1);
    expect(valueOf(started, 'mandate_sign_ins_total', { result: 'wrong-credentials' })).toBe(1);
    expect(valueOf(started, 'mandate_sign_ins_total', { result: 'accepted' })).toBe(0);
  });

  test('tell what is issued, published and when keys end', () => {
    expect(valueOf(started, 'mandate_certificates_issued')).toBe(1);
    expect(valueOf(started, 'mandate_certificates_revoked')).toBe(0);
    expect(valueOf(started, 'mandate_published_entries', { log: 'certificates' })).toBe(1);
    expect(valueOf(started, 'mandate_publication_lag_entries', { log: 'lists' })).toBe(0);
    for (const kind of ['organ', 'authority', 'status', 'qr'])
      expect(valueOf(started, 'mandate_key_not_after_timestamp_seconds', { kind })).toBeGreaterThan(
        Date.now() / 1_000,
      );
    for (const file of ['trust-list', 'status-list'])
      expect(valueOf(started, 'mandate_signed_file_valid_until_timestamp_seconds', { file })).toBeGreaterThan(
        Date.now() / 1_000,
      );
    expect(valueOf(started, 'mandate_data_folder_free_bytes')).toBeGreaterThan(0);
    expect(valueOf(started, 'mandate_database_pool_connections', { state: 'idle' })).toBeGreaterThan(0);
    expect(valueOf(started, 'mandate_build_info')).toBe(1);
    expect(valueOf(started, 'mandate_measure_up', { source: 'database' })).toBe(1);
  });

  test('show entries that wait, for the sequencer and for publication, and since when', async () => {
    // Without a worker nobody takes them in.
    await putActs(server.app, ACTS.slice(0, 1));
    await new Promise((resolve) => setTimeout(resolve, CACHE_MS));
    const waiting = await scrape();
    expect(valueOf(waiting, 'mandate_log_unsequenced_entries', { log: 'lists' })).toBe(1);
    expect(valueOf(waiting, 'mandate_log_oldest_unsequenced_age_seconds', { log: 'lists' })).toBeGreaterThan(
      4,
    );
    expect(valueOf(waiting, 'mandate_publication_lag_entries', { log: 'lists' })).toBe(1);
    expect(valueOf(waiting, 'mandate_publication_lag_seconds', { log: 'lists' })).toBeGreaterThan(4);
    expect(valueOf(waiting, 'mandate_publication_lag_seconds', { log: 'certificates' })).toBe(0);
  });

  test('hold no name, account, address or key of a certificate', () => {
    for (const secret of [FOOD_PERMIT_DATA.holder.name, '127.0.0.1', 'nobody'])
      expect(started).not.toContain(secret);
  });
});

describe('the alert rules', () => {
  const Rules = z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string().regex(/^Mandate[A-Z]\w+$/),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smhd]$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
            annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  });
  const docs = (name: string) => readFile(join(PROJECT_DIR, 'docs/operations', name), 'utf8');
  const rules = async () =>
    Rules.parse(parse(await docs('alerts.yml'))).groups.flatMap((group) => group.rules);
  const namesIn = (text: string) =>
    [...text.matchAll(/\b(?:mandate|process|nodejs)_[a-z0-9_]+\b/g)].map(([name]) => name);

  test('name metrics that there are', async () => {
    const expressions = (await rules()).map(({ expr }) => expr);
    expect(expressions.length).toBeGreaterThan(10);
    const there = new Set([...started.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name]) => name));
    const missing = expressions.flatMap(namesIn).filter((name) => !there.has(name));
    expect(missing).toEqual([]);
  });

  test('say in «watching» what each means and what to do', async () => {
    const text = await docs('watching.md');
    for (const { alert, annotations } of await rules()) {
      expect(text).toContain(`### ${alert}\n`);
      expect(annotations.runbook).toBe(`docs/operations/watching.md#${alert.toLowerCase()}`);
    }
  });

  test('leave no metric of ours unexplained, and «watching» explains none that is not there', async () => {
    const ours = new Set(
      [...started.matchAll(/^# TYPE (mandate_[a-z_0-9]+) /gm)].map(([, name]) => name ?? ''),
    );
    const explained = new Set(
      [...(await docs('watching.md')).matchAll(/^\| `(mandate_[a-z_0-9]+)/gm)].map(([, name]) => name ?? ''),
    );
    expect([...explained].sort()).toEqual([...ours].sort());
  });
});

test('a database that is gone is told, not hidden', async () => {
  await server.app.get(DataSource).query('SELECT 1');
  const source = server.app.get(DataSource);
  await source.destroy();
  await new Promise((resolve) => setTimeout(resolve, CACHE_MS));
  const gone = await scrape();
  await source.initialize();
  expect(valueOf(gone, 'mandate_measure_up', { source: 'database' })).toBe(0);
  expect(valueOf(gone, 'mandate_certificates_issued')).toBeUndefined();
  expect(valueOf(gone, 'mandate_data_folder_free_bytes')).toBeGreaterThan(0);
});
