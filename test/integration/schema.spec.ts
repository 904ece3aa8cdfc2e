import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../apps/registry/src/database/migrate.ts';
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
