import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.ts';
import { requireCurrentSchema } from './current-schema.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { commandLine, type Way } from '../config/way.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { boundHeapGrowth } from '../runtime/heap-growth.ts';
import { openEmbeddedDatabase } from '../runtime/embedded-postgres.ts';
import { runMigrations } from '../database/migrate.ts';

/**
 * Runs one command with the whole application behind it, whether or not `npm start` is running: with DATABASE_URL on
 * that server, else on the embedded database in the data folder, which is started for as long as it takes.
 * @param options by which way its acts come in; what it needs besides the registry itself
 */
export async function withApp<T>(
  work: (app: INestApplicationContext) => Promise<T>,
  { way = commandLine(), modules = [] }: { way?: Way; modules?: readonly Type[] } = {},
): Promise<T> {
  boundHeapGrowth();
  const loaded = loadConfig();
  // Beside what a program reads of a command.
  await openDataFolder(loaded, (line) => console.error(line));
  return withDatabase(loaded, async (config) => {
    const app = await NestFactory.createApplicationContext(AppModule.register(config, way, modules), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      // The embedded database was migrated on the way here; a server's is by a command of its own.
      if (loaded.databaseUrl !== undefined) await requireCurrentSchema(app.get(DataSource));
      return await work(app);
    } finally {
      await app.close();
    }
  });
}

/** The configuration with a database that answers: a given server as it is, the embedded one migrated. */
export async function withDatabase<T>(config: Config, work: (config: Config) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) return work(config);
  const database = await openEmbeddedDatabase({ dataDir: config.dataDir });
  try {
    await runMigrations(database.ownerUrl, database.appUrl);
    return await work(config.withDatabase(database));
  } finally {
    await database.close();
  }
}
