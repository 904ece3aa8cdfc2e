import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { withApp } from '../../apps/registry/src/bootstrap/with-app.ts';
import { MIGRATIONS } from '../../apps/registry/src/database/migrate.ts';
import { createTestDatabase } from '../support/database.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

describe('the schema', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await openTestRegistry();
  });
  afterAll(() => registry.close());

  test('that all migrations make is the one the entities describe', async () => {
    const { app, database } = registry;
    const owner = new DataSource({
      type: 'postgres',
      url: database.ownerUrl,
      entities: app.get(DataSource).entityMetadatas.map((entity) => entity.target),
    });
    await owner.initialize();
    try {
      const { upQueries } = await owner.driver.createSchemaBuilder().log();
      // The migrations may hold more than the entities say (foreign keys, checks, indexes), never less and nothing else.
      const more = /^(ALTER TABLE "\w+" DROP CONSTRAINT|DROP INDEX) /;
      expect(upQueries.map(({ query }) => query).filter((query) => !more.test(query))).toEqual([]);
    } finally {
      await owner.destroy();
    }
  });

  test('runs every migration of the folder, in the order of their names', async () => {
    const files = (await readdir(new URL('../../migrations', import.meta.url))).filter((file) =>
      file.endsWith('.ts'),
    );
    const stamps = files.sort().map((file) => file.slice(0, 14));
    expect(MIGRATIONS.map((migration) => migration.name.slice(-14))).toEqual(stamps);
  });
});

test('a command on a server without tables says what to run, not what SQL says', async () => {
  const database = await createTestDatabase({ migrated: false });
  const dataDir = await mkdtemp(join(tmpdir(), 'mandate-schema-'));
  const settings = {
    DATABASE_URL: database.appUrl,
    MANDATE_DATA_DIR: dataDir,
    MANDATE_PUBLIC_URL: 'https://mandate.example',
  };
  Object.assign(process.env, settings);
  try {
    await expect(withApp(() => Promise.resolve())).rejects.toMatchObject({
      code: 'schema-outdated',
      message: expect.stringContaining('npx mandate migrate'),
    });
  } finally {
    for (const name of Object.keys(settings)) Reflect.deleteProperty(process.env, name);
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
