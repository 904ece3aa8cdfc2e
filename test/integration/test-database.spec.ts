import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

describe('a suite’s own database', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  test('is the real PostgreSQL 18 with every migration', async () => {
    expect((await ask(first.ownerUrl, 'SHOW server_version'))[0]).toMatchObject({
      server_version: expect.stringMatching(/^18\./),
    });
    expect(await ask(first.appUrl, `SELECT to_regclass('entry') AS found`)).toEqual([{ found: 'entry' }]);
  });

  test('is not seen by another suite', async () => {
    await ask(first.ownerUrl, 'CREATE TABLE mine (i int)');
    expect(await ask(second.ownerUrl, `SELECT to_regclass('mine') AS found`)).toEqual([{ found: null }]);
  });

  test('gives the application no right to change the schema', async () => {
    await expect(ask(first.appUrl, 'CREATE TABLE theirs (i int)')).rejects.toMatchObject({ code: '42501' });
  });
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
