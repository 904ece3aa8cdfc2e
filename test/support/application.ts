import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../apps/registry/src/app.module.ts';
import { Config, loadConfig } from '../../apps/registry/src/config/config.ts';
import { createTestDatabase } from './database.ts';

export interface TestRegistry<App extends INestApplicationContext> {
  readonly app: App;
  readonly config: Config;
  close(): Promise<void>;
}

/** The whole registry on a database and in a data folder of its own, without HTTP. */
export async function createTestRegistry(
  env: NodeJS.ProcessEnv = {},
): Promise<TestRegistry<INestApplicationContext>> {
  return start(env, (config) =>
    NestFactory.createApplicationContext(AppModule.register(config), {
      logger: ['error'],
      abortOnError: false,
    }),
  );
}

/** The whole registry with its HTTP side; call `app.inject` or listen on port 0. */
export async function createTestServer(
  env: NodeJS.ProcessEnv = {},
): Promise<TestRegistry<NestFastifyApplication>> {
  const { createApp } = await import('../../apps/registry/src/http/create-app.ts');
  return start(env, async (config) => {
    const app = await createApp(config);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return app;
  });
}

async function start<App extends INestApplicationContext>(
  env: NodeJS.ProcessEnv,
  create: (config: Config) => Promise<App>,
): Promise<TestRegistry<App>> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'mandate test 登记簿 '));
  const config = loadConfig({
    MANDATE_DATA_DIR: dataDir,
    MANDATE_PUBLIC_URL: 'https://mandate.example',
    MANDATE_DEMO: 'on',
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    ...env,
  });
  const app = await create(config);
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
