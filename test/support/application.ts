import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, loadConfig } from '../../apps/registry/src/config/config.ts';
import { createApp } from '../../apps/registry/src/bootstrap/create-app.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface TestServer {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/**
 * The whole registry with its HTTP side, on a database and a data folder of its own; call `app.inject`.
 * @param settings of the environment, on top of the tests' own
 * @param reach another way to the database than straight
 */
export async function createTestServer(
  settings: NodeJS.ProcessEnv = {},
  reach = (url: string): string => url,
): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'mandate test 登记簿 '));
  const config = loadConfig({
    MANDATE_DATA_DIR: dataDir,
    MANDATE_PUBLIC_URL: 'https://mandate.example',
    MANDATE_DEMO: 'on',
    MANDATE_LOG_LEVEL: 'error',
    // Files are read behind all else on the machine: what a limit does is the matter of tests that set one.
    MANDATE_READING_SECONDS: '600',
    DATABASE_URL: reach(database.appUrl),
    ...settings,
  });
  const app = await createApp(config);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    config,
    database,
    close: async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
