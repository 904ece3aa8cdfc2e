import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import {
  inTransaction,
  inUndoneTransaction,
  sqlState,
} from '../../apps/registry/src/database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// Real conflicts of real transactions: a retry that only a thrown error proves may never meet what PostgreSQL does.

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  source = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  await source.query('CREATE TABLE purse (name text PRIMARY KEY, coins integer NOT NULL)');
  await source.query('CREATE TABLE payment (payer text NOT NULL)');
});
beforeEach(() => source.query(`INSERT INTO purse VALUES ('left', 100), ('right', 100)`));
afterEach(() => source.query('TRUNCATE purse, payment'));
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** Lets go of nobody before `count` have come; who comes later passes. */
function barrier(count: number): () => Promise<void> {
  let here = 0;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    here += 1;
    if (here === count) open();
    await opened;
  };
}

async function isolate(tx: EntityManager, level: 'REPEATABLE READ' | 'SERIALIZABLE'): Promise<void> {
  await tx.query(`SET TRANSACTION ISOLATION LEVEL ${level}`);
}

async function coins(tx: EntityManager, name: string): Promise<number> {
  const [row] = await tx.query<{ coins: number }[]>('SELECT coins FROM purse WHERE name = $1', [name]);
  return row?.coins ?? 0;
}

async function pay(tx: EntityManager, payer: string): Promise<void> {
  await tx.query('INSERT INTO payment VALUES ($1)', [payer]);
}

async function payers(): Promise<readonly string[]> {
  const rows = await source.query<{ payer: string }[]>('SELECT payer FROM payment ORDER BY payer');
  return rows.map(({ payer }) => payer);
}

/** A statement that PostgreSQL answers with this SQLSTATE. */
const failing = (state: string): string => `DO $$ BEGIN RAISE 'no' USING ERRCODE = '${state}'; END $$`;

describe('a transaction that PostgreSQL wants run again', () => {
  test('a lost update (40001) is run again from its first read, and nothing is doubled', async () => {
    const bothHaveRead = barrier(2);
    const seen: number[] = [];
    const add = (payer: string): Promise<void> =>
      inTransaction(source, async (tx) => {
        await isolate(tx, 'REPEATABLE READ');
        await pay(tx, payer);
        const before = await coins(tx, 'left');
        seen.push(before);
        await bothHaveRead();
        await tx.query(`UPDATE purse SET coins = $1 WHERE name = 'left'`, [before + 10]);
      });
    await Promise.all([add('ann'), add('bo')]);
    // The third read is the loser's second, in a transaction that sees what the winner wrote.
    expect(seen).toEqual([100, 100, 110]);
    expect(await coins(source.manager, 'left')).toBe(120);
    expect(await payers()).toEqual(['ann', 'bo']);
  });

  test('a write skew that only COMMIT finds (40001) is run again just so', async () => {
    const bothHaveWritten = barrier(2);
    const seen: number[] = [];
    // Each empties its purse only while both together hold 200: one after the other, only the first may.
    const empty = (name: 'left' | 'right'): Promise<void> =>
      inTransaction(source, async (tx) => {
        await isolate(tx, 'SERIALIZABLE');
        const together = (await coins(tx, 'left')) + (await coins(tx, 'right'));
        seen.push(together);
        if (together === 200) {
          await tx.query('UPDATE purse SET coins = 0 WHERE name = $1', [name]);
          await pay(tx, name);
        }
        await bothHaveWritten();
      });
    await Promise.all([empty('left'), empty('right')]);
    expect(seen).toEqual([200, 200, 100]);
    expect(await payers()).toHaveLength(1);
  });

  test('a deadlock (40P01) of opposite lock orders is run again, and nothing is doubled', async () => {
    const bothHoldOne = barrier(2);
    let runs = 0;
    const take = (payer: string, first: string, second: string): Promise<void> =>
      inTransaction(source, async (tx) => {
        runs += 1;
        await pay(tx, payer);
        await tx.query('UPDATE purse SET coins = coins - 1 WHERE name = $1', [first]);
        await bothHoldOne();
        await tx.query('UPDATE purse SET coins = coins - 1 WHERE name = $1', [second]);
      });
    await Promise.all([take('ann', 'left', 'right'), take('bo', 'right', 'left')]);
    expect(runs).toBe(3);
    expect([await coins(source.manager, 'left'), await coins(source.manager, 'right')]).toEqual([98, 98]);
    expect(await payers()).toEqual(['ann', 'bo']);
  });

  test.each(['40001', '40P01'])('%s five times over is given up, and leaves nothing', async (state) => {
    let runs = 0;
    const work = inTransaction(source, async (tx) => {
      runs += 1;
      await pay(tx, 'ann');
      await tx.query(failing(state));
    });
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(sqlState(error)).toBe(state);
    expect(runs).toBe(5);
    expect(await payers()).toEqual([]);
  });

  test('a fifth run that succeeds is not too late', async () => {
    let runs = 0;
    const result = await inTransaction(source, async (tx) => {
      runs += 1;
      await pay(tx, `run ${runs}`);
      if (runs < 5) await tx.query(failing('40001'));
      return runs;
    });
    expect(result).toBe(5);
    expect(await payers()).toEqual(['run 5']);
  });
});

describe('a transaction that fails for good', () => {
  test.each(['23505', '40002', '57014', 'P0001'])('with %s is run once', async (state) => {
    let runs = 0;
    const work = inTransaction(source, async (tx) => {
      runs += 1;
      await pay(tx, 'ann');
      await tx.query(failing(state));
    });
    await expect(work).rejects.toThrow('no');
    expect(runs).toBe(1);
    expect(await payers()).toEqual([]);
  });

  test('by an error of ours is run once, even where it bears a number of PostgreSQL', async () => {
    let runs = 0;
    const work = inTransaction(source, async (tx) => {
      runs += 1;
      await pay(tx, 'ann');
      throw Object.assign(new Error('ours'), { code: '40001', driverError: { code: '40001' } });
    });
    await expect(work).rejects.toThrow('ours');
    expect(runs).toBe(1);
    expect(await payers()).toEqual([]);
  });
});

test('what is to be undone is run again too, gives its result, and leaves nothing', async () => {
  let runs = 0;
  const result = await inUndoneTransaction(source, async (tx) => {
    runs += 1;
    await pay(tx, 'ann');
    if (runs === 1) await tx.query(failing('40001'));
    const rows = await tx.query<unknown[]>('SELECT payer FROM payment');
    return rows.length;
  });
  expect(result).toBe(1);
  expect(runs).toBe(2);
  expect(await payers()).toEqual([]);
});
