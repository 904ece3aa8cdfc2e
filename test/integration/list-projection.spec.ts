import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonicalBytes, type Json } from '@mandate/encoding';
import { LIST_HEAD_VERSION } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { sampleChanges } from '../../apps/registry/sample/sample-entries.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { ListProjectionRepository } from '../../apps/registry/src/lists/list-projection.repository.ts';
import { ListProjectionService } from '../../apps/registry/src/lists/list-projection.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let registry: TestRegistry;
let source: DataSource;
let projection: ListProjectionService;

beforeAll(async () => {
  registry = await openTestRegistry();
  source = registry.app.get(DataSource);
  projection = registry.app.get(ListProjectionService);
  await inTransaction(source, (tx) => registry.app.get(ListsService).put(tx, sampleChanges()));
});
afterAll(() => registry.close());

const rows = async (): Promise<unknown[]> =>
  source.query('SELECT v.*, listed_at::text FROM list_version v ORDER BY entry_id');

describe('the versions of the lists', () => {
  test('are one for each entry, and one of each key is the newest', async () => {
    const [counts] = await source.query<[Record<string, number>]>(
      `SELECT count(*)::int AS versions, count(DISTINCT (register, key))::int AS keys,
         count(*) FILTER (WHERE newest)::int AS newest,
         (SELECT count(*)::int FROM stored_entry) AS entries
       FROM list_version`,
    );
    expect(counts['versions']).toBeGreaterThan(100);
    expect(counts['entries']).toBe(counts['versions']);
    expect(counts['newest']).toBe(counts['keys']);
    expect(counts['newest']).toBeLessThan(counts['versions'] ?? 0);
  });

  test('are no longer the newest once their key says something new, in a call of its own', async () => {
    const [{ key }] = await source.query<[{ key: string }]>(
      `SELECT key FROM list_version WHERE register = 'authority-item' AND newest ORDER BY key LIMIT 1`,
    );
    const lists = registry.app.get(ListsService);
    const before = await lists.history(source.manager, 'authority-item', key);
    // Every item is an object.
    const value = before.at(-1)?.value as Record<string, Json>;
    await inTransaction(source, (tx) =>
      lists.put(tx, [
        {
          register: 'authority-item',
          key,
          value: { ...value, remarks: '又改了' },
          effectiveDate: '2026-02-01',
          reason: '测试',
        },
      ]),
    );
    const after = await source.query<{ newest: boolean }[]>(
      `SELECT newest FROM list_version WHERE register = 'authority-item' AND key = $1 ORDER BY entry_id`,
      [key],
    );
    expect(after.map(({ newest }) => newest)).toEqual([...before.map(() => false), true]);
  });

  test('are the same when all of them are worked out anew from the entries', async () => {
    const before = await rows();
    await source.query(`UPDATE list_version SET name = 'damaged', newest = NOT newest, levels = NULL`);
    await projection.rebuild({ even: 'current' });
    expect(await rows()).toEqual(before);
  });

  test('that another description made are worked out anew when the registry starts', async () => {
    const before = await rows();
    await source.query(`UPDATE list_version SET state = NULL`);
    await source.query('UPDATE list_projection SET version = $1', [LIST_HEAD_VERSION - 1]);
    await projection.onApplicationBootstrap();
    expect(await rows()).toEqual(before);
    expect(await new ListProjectionRepository().version(source.manager)).toBe(LIST_HEAD_VERSION);
  });

  test('of a newer program are left alone', async () => {
    await source.query('UPDATE list_projection SET version = $1', [LIST_HEAD_VERSION + 1]);
    await source.query(`UPDATE list_version SET section = 'kept' WHERE newest`);
    await projection.onApplicationBootstrap();
    expect(await source.query(`SELECT 1 FROM list_version WHERE section = 'kept' LIMIT 1`)).toHaveLength(1);
    await projection.rebuild({ even: 'current' });
    await source.query('UPDATE list_projection SET version = $1', [LIST_HEAD_VERSION]);
  });

  test('cannot be missing: an entry that comes by another way is refused when it is committed', async () => {
    const before = await rows();
    const value = canonicalBytes({ name: '没有版本的机关' });
    const append = source.transaction(async (tx) => {
      const logs = registry.app.get(LogService);
      const [blobHash] = await logs.putBlobs(tx, [value]);
      await logs.append(tx, 'lists', [
        {
          leaf: canonicalBytes({ v: 1 }),
          register: 'organ',
          key: 'o-none',
          blobHash,
          effectiveDate: '2026-01-01',
        },
      ]);
    });
    await expect(append).rejects.toMatchObject({ driverError: { constraint: 'entry_versioned' } });
    expect(await rows()).toEqual(before);
  });
});
