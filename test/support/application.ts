import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, loadConfig } from '../../apps/registry/src/config/config.ts';
import { createApp } from '../../apps/registry/src/bootstrap/create-app.ts';
import { createTestDatabase } from './database.ts';

export interface TestServer {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  close(): Promise<void>;
}

/**
 * The whole registry with its HTTP side, on a database and a data folder of its own; call `app.inject`.
 * @param settings environment variables besides
 */
export async function createTestServer(settings: NodeJS.ProcessEnv = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'mandate test 登记簿 '));
  const config = loadConfig({
    MANDATE_DATA_DIR: dataDir,
    MANDATE_PUBLIC_URL: 'https://mandate.example',
    MANDATE_DEMO: 'on',
    DATABASE_URL: database.appUrl,
    MANDATE_LOG_LEVEL: 'error',
    ...settings,
  });
  const app = await createApp(config);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    config,
    close: async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
