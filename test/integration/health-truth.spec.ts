import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Config } from '../../apps/registry/src/config/config.ts';
import { HealthService } from '../../apps/registry/src/health/health.service.ts';
import { KeyChecksService } from '../../apps/registry/src/health/key-checks.service.ts';
import { PublicationChecksService } from '../../apps/registry/src/health/publication-checks.service.ts';
import type { HealthAnswer } from '../../apps/registry/src/http/health-answer.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { PulseWriter } from '../../apps/registry/src/publication/worker-pulse.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { putActs } from '../support/list-changes.ts';
import { ACTS } from '../support/sample-acts.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

/** As a process that has not asked before. */
async function look(): Promise<HealthAnswer> {
  const { app } = server;
  return new HealthService(
    app.get(DataSource),
    app.get(PublicationChecksService, { strict: false }),
    app.get(KeyChecksService, { strict: false }),
    app.get(Config),
  ).ready();
}

function checkOf(answer: HealthAnswer, name: string) {
  return answer.checks.find((check) => check.name === name);
}

test('an empty registry without a worker serves, and says what is missing', async () => {
  const answer = await look();
  expect(answer.status).toBe('degraded');
  expect(checkOf(answer, 'database')?.status).toBe('ok');
  expect(checkOf(answer, 'worker')?.status).toBe('degraded');
  expect((await server.app.inject('/api/health/ready')).statusCode).toBe(200);
});

test('a worker that gives signs of life is seen', async () => {
  await new PulseWriter(publishedPaths(server.config.dataDir)).write();
  expect(checkOf(await look(), 'worker')?.status).toBe('ok');
});

test('entries and promises that nobody has published for a long time are told', async () => {
  await putActs(
    server.app,
    ACTS.map(({ redacted: _, ...act }) => act),
  );
  expect(checkOf(await look(), 'sequencer')).toMatchObject({ status: 'ok', detail: '日志条目正在更新' });
  await server.app.get(PublicationService).publishData();
  const published = await look();
  expect(checkOf(published, 'sequencer')).toMatchObject({ status: 'ok', detail: '日志条目没有落后' });
  expect(checkOf(published, 'publication')).toMatchObject({ status: 'ok', detail: '数据文件没有落后' });
  expect(checkOf(published, 'keys')).toMatchObject({ status: 'ok', detail: '登记簿的密钥文件齐全可读' });
  // No pages yet, and not for long.
  expect(checkOf(published, 'pages')?.status).toBe('ok');
});

test('a key file that is gone is told, and reading goes on', async () => {
  const folder = join(server.config.dataDir, 'keys');
  await rename(join(folder, 'log-lists.pem'), join(folder, 'elsewhere.pem'));
  const answer = await look();
  expect(answer.status).toBe('degraded');
  expect(checkOf(answer, 'keys')?.detail).toContain('log-lists');
  await rename(join(folder, 'elsewhere.pem'), join(folder, 'log-lists.pem'));
});

test('the database is asked once, however many ask', async () => {
  const source = server.app.get(DataSource);
  let asked = 0;
  const counting = new Proxy(source, {
    get: (target, name) => {
      if (name === 'query') asked += 1;
      // What is not asked for by name is handed on as it is.
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const { app } = server;
  const health = new HealthService(
    counting,
    app.get(PublicationChecksService, { strict: false }),
    app.get(KeyChecksService, { strict: false }),
    app.get(Config),
  );
  await Promise.all(Array.from({ length: 50 }, () => health.ready()));
  expect(asked).toBe(2);
});

test('without a database it is unavailable, until it has started up only', async () => {
  const { app } = server;
  const away = new DataSource({ type: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' });
  const lost = new HealthService(
    away,
    app.get(PublicationChecksService, { strict: false }),
    app.get(KeyChecksService, { strict: false }),
    app.get(Config),
  );
  expect(await lost.ready()).toMatchObject({
    status: 'unavailable',
    checks: expect.arrayContaining([{ name: 'database', status: 'unavailable', detail: '数据库不可达' }]),
  });
  expect((await lost.startup()).status).toBe('unavailable');
  expect(lost.live().status).toBe('ok');
});
