import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Account } from '../../apps/registry/src/auth/account.entity.ts';
import { readQuery } from '../../apps/registry/src/database/read-query.ts';
import {
  inSnapshot,
  inTransaction,
  inUndoneTransaction,
} from '../../apps/registry/src/database/transaction.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

// Who waits for a second connection while holding one can wait for ever. The rule of lint sees most of it; these are the
// ways it cannot see, each in a transaction of its own, alone: no crowd is needed to find the fault.

let registry: TestRegistry;
let source: DataSource;

beforeAll(async () => {
  registry = await openTestRegistry();
  source = registry.app.get(DataSource);
});
afterAll(() => registry.close());

const statement = { text: 'SELECT 1 AS one', values: [] };
const SECOND: Readonly<Record<string, () => Promise<unknown>>> = {
  'a transaction': () => inTransaction(source, (tx) => tx.query('SELECT 1')),
  'a snapshot': () => inSnapshot(source, (tx) => tx.query('SELECT 1')),
  'a read on the pool': () => readQuery(source, statement),
  'a query on the data source': () => source.query('SELECT 1'),
  'a repository of the data source': () => source.getRepository(Account).find(),
  'a runner of its own': async () => {
    const runner = source.createQueryRunner();
    try {
      await runner.connect();
    } finally {
      await runner.release();
    }
  },
};

describe('while a connection is held', () => {
  test.each(Object.keys(SECOND))('%s is refused at once, and the transaction is undone', async (name) => {
    const work = inTransaction(source, async (tx) => {
      await tx.query(
        `INSERT INTO import_source (key, file, sheet, serial, row) VALUES ('k', 'f', 's', '1', 1)`,
      );
      // Not at once: a fault is mostly some calls away.
      await new Promise((resolve) => setImmediate(resolve));
      await SECOND[name]?.();
    });
    await expect(work).rejects.toMatchObject({ name: 'DatabaseError', code: 'second-connection' });
    expect(await source.query('SELECT key FROM import_source')).toEqual([]);
  });

  test.each([
    ['a snapshot', inSnapshot],
    ['a transaction that is undone', inUndoneTransaction],
  ] as const)('of %s, another is refused as well', async (_, begin) => {
    const work = begin(source, () => source.query('SELECT 1'));
    await expect(work).rejects.toMatchObject({ code: 'second-connection' });
  });

  test('one of another database is not a second one', async () => {
    const other = await openTestRegistry();
    try {
      const there = other.app.get(DataSource);
      const work = inTransaction(source, () => readQuery(there, statement));
      expect(await work).toEqual([{ one: 1 }]);
      // The first is held still.
      const within = inTransaction(source, () => inTransaction(there, () => readQuery(source, statement)));
      await expect(within).rejects.toMatchObject({ code: 'second-connection' });
    } finally {
      await other.close();
    }
  });
});

describe('once it is given back', () => {
  test('the same flow has another', async () => {
    await inTransaction(source, (tx) => tx.query('SELECT 1'));
    expect(await readQuery(source, statement)).toEqual([{ one: 1 }]);
    await inTransaction(source, () => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(await readQuery(source, statement)).toEqual([{ one: 1 }]);
  });

  test('so has what was begun within and went on after it', async () => {
    let later: Promise<unknown> = Promise.resolve();
    let go = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    await inTransaction(source, async (tx) => {
      later = gone.then(() => readQuery(source, statement));
      await tx.query('SELECT 1');
    });
    go();
    expect(await later).toEqual([{ one: 1 }]);
  });
});

test('a transaction that waits to be run again holds no connection meanwhile', async () => {
  const alone = new DataSource({ type: 'postgres', url: registry.database.appUrl, poolSize: 1 });
  await alone.initialize();
  try {
    const order: string[] = [];
    let other: Promise<unknown> = Promise.resolve();
    await inTransaction(alone, async (tx) => {
      order.push('run');
      if (order.length > 1) return;
      // In line for the only connection, which this has.
      other = alone.query('SELECT 1').then(() => order.push('other'));
      await tx.query(`DO $$ BEGIN RAISE 'again' USING ERRCODE = '40001'; END $$`);
    });
    await other;
    expect(order).toEqual(['run', 'other', 'run']);
  } finally {
    await alone.destroy();
  }
});
