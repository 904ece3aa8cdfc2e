import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import 'reflect-metadata';
import { AppModule } from '../../apps/registry/src/bootstrap/app.module.ts';
import { type Config, loadConfig } from '../../apps/registry/src/config/config.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** The whole application on a database and a data folder of its own. */
export interface TestRegistry {
  readonly app: INestApplicationContext;
  readonly config: Config;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** A second process in all but name: its own application, connections and caches on the same database and folder. */
  another(changes?: { readonly publicUrl?: string }): Promise<INestApplicationContext>;
  close(): Promise<void>;
}

/** @param given an existing data folder, which is then left in place; a database of the suite's, dropped with the rest */
export async function openTestRegistry(
  given: { dataDir?: string; database?: TestDatabase } = {},
): Promise<TestRegistry> {
  const database = given.database ?? (await createTestDatabase());
  const dataDir = given.dataDir ?? (await mkdtemp(join(tmpdir(), 'mandate-registry-')));
  const configFor = (publicUrl: string): Config =>
    loadConfig({
      MANDATE_DATA_DIR: dataDir,
      MANDATE_PUBLIC_URL: publicUrl,
      DATABASE_URL: database.appUrl,
      MANDATE_DEMO: 'on',
      MANDATE_LOG_LEVEL: 'error',
      // Files are read behind all else on the machine.
      MANDATE_READING_SECONDS: '600',
    });
  const config = configFor('https://registry.example');
  const opened: INestApplicationContext[] = [];
  const another: TestRegistry['another'] = async ({ publicUrl = config.publicUrl } = {}) => {
    const app = await NestFactory.createApplicationContext(
      AppModule.register(configFor(publicUrl), { kind: 'http' }),
      { logger: ['error', 'warn'] },
    );
    opened.push(app);
    return app;
  };
  return {
    app: await another(),
    config,
    database,
    dataDir,
    another,
    close: async () => {
      for (const app of opened) await app.close();
      await database.drop();
      if (given.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
