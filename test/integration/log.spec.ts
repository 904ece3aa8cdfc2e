import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blobName, utf8 } from '@mandate/encoding';
import {
  hashLeaf,
  type LogIdentity,
  MAX_LEAF_BYTES,
  RightEdge,
  verifyCheckpoint,
  verifyTlogProof,
} from '@mandate/transparency-log';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { untilWaiting } from '../support/waiting.ts';

let registry: TestRegistry;
let logs: LogService;
let source: DataSource;
let identity: LogIdentity;

const leaf = (name: string) => utf8(JSON.stringify({ name }));
const append = (...names: string[]) =>
  inTransaction(source, (tx) =>
    logs.append(
      tx,
      'certificates',
      names.map((name) => ({ leaf: leaf(name) })),
    ),
  );

beforeAll(async () => {
  registry = await openTestRegistry();
  logs = registry.app.get(LogService);
  source = registry.app.get(DataSource);
  identity = await logs.identityOf(source.manager, 'certificates');
});
afterAll(() => registry.close());

/** Every index once, without gap, and the root of the newest checkpoint over just these leaves. */
async function expectWhole(): Promise<readonly string[]> {
  const { note } = await logs.latestCheckpoint('certificates');
  const { size, root } = verifyCheckpoint(note, identity);
  const entries = await logs.entriesBetween(source.manager, 'certificates', 0, size + 1);
  expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: size }, (_, i) => i));
  expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(size);
  const edge = RightEdge.empty();
  for (const entry of entries) edge.append(hashLeaf(entry.leaf));
  expect(edge.root()).toEqual(root);
  // The names above are all this file ever appends.
  return entries.map((entry) => (JSON.parse(Buffer.from(entry.leaf).toString()) as { name: string }).name);
}

describe('appending', () => {
  test('signs a checkpoint of the empty tree before the first entry', async () => {
    const { note } = await logs.sequence('certificates');
    expect(verifyCheckpoint(note, identity).size).toBe(0);
  });

  test('gives ids in the order of the entries, and an index only once sequenced', async () => {
    const ids = await append('first', 'second', 'third');
    expect([...ids].sort((a, b) => a - b)).toEqual(ids);
    expect(await logs.indexOf(ids[0] ?? 0)).toBeUndefined();
    await logs.sequence('certificates');
    expect(await Promise.all(ids.map((id) => logs.indexOf(id)))).toEqual([0, 1, 2]);
    expect(await expectWhole()).toEqual(['first', 'second', 'third']);
  });

  test('sequencing again changes nothing', async () => {
    const before = await logs.latestCheckpoint('certificates');
    expect(await logs.sequence('certificates')).toEqual(before);
  });

  test('an entry that is rolled back never gets a place', async () => {
    await expect(
      source.transaction(async (tx) => {
        await logs.append(tx, 'certificates', [{ leaf: leaf('undone') }]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await append('fourth');
    await logs.sequence('certificates');
    expect((await expectWhole()).slice(3)).toEqual(['fourth']);
  });

  test('an entry that commits late with an earlier id gets a later index', async () => {
    const slow = source.createQueryRunner();
    await slow.startTransaction();
    const [slowId] = await logs.append(slow.manager, 'certificates', [{ leaf: leaf('slow') }]);
    const [quickId] = await append('quick');
    expect(slowId ?? 0).toBeLessThan(quickId ?? 0);
    await logs.sequence('certificates');
    await slow.commitTransaction();
    await slow.release();
    await logs.sequence('certificates');
    expect((await expectWhole()).slice(-2)).toEqual(['quick', 'slow']);
  });

  test.each([0, MAX_LEAF_BYTES + 1])(
    'refuses a leaf of %i bytes, and takes in nothing of that call',
    async (bytes) => {
      const { size } = await logs.latestCheckpoint('certificates');
      await expect(
        inTransaction(source, (tx) =>
          logs.append(tx, 'certificates', [{ leaf: leaf('fits') }, { leaf: new Uint8Array(bytes) }]),
        ),
      ).rejects.toMatchObject({ code: 'leaf-too-long' });
      expect((await logs.sequence('certificates')).size).toBe(size);
    },
  );
});

describe('a log that is not as it was left', () => {
  test('takes in what was lost sight of when it is told to look for it, and only then', async () => {
    const { size } = await logs.sequence('certificates');
    await append('lost');
    await source.query('DELETE FROM unsequenced_entry');
    expect((await logs.sequence('certificates')).size).toBe(size);
    expect((await logs.sequence('certificates', { recount: true })).size).toBe(size + 1);
    expect((await expectWhole()).at(-1)).toBe('lost');
  });

  test('keeps its name where the registry has moved to another address', async () => {
    const moved = (await registry.another({ publicUrl: 'https://moved.example' })).get(LogService);
    await append('after the move');
    const { note, size } = await moved.sequence('certificates');
    expect(verifyCheckpoint(note, identity)).toMatchObject({ origin: identity.origin, size });
    expect(identity.origin).toBe('registry.example/certificates');
  });

  test('is not signed by another key than it began with', async () => {
    const path = join(registry.dataDir, 'keys', 'log-certificates.pem');
    const own = await readFile(path);
    const { size } = await logs.sequence('certificates');
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(path, other);
    try {
      const restarted = (await registry.another()).get(LogService);
      await append('by whom');
      await expect(restarted.sequence('certificates')).rejects.toMatchObject({ code: 'wrong-key' });
      expect((await logs.latestCheckpoint('certificates')).size).toBe(size);
    } finally {
      await writeFile(path, own);
    }
    expect((await logs.sequence('certificates')).size).toBe(size + 1);
  });
});

describe('two writers of the same blobs', () => {
  const blob = (name: string) => utf8(`{"blob":"${name}"}`);

  test.each([1, 2, 3])('never wait for each other in a circle, round %i', async (round) => {
    const [first, between, last] = ['a', 'm', 'z'].map((name) => blob(`${name}${round.toString()}`));
    if (first === undefined || between === undefined || last === undefined) throw new Error('three blobs');
    // In both lists the blob between comes second. Held by somebody else, it stops both writers half-way; let go, each
    // would want what the other holds, were it not for one order.
    const holder = source.createQueryRunner();
    await holder.startTransaction();
    await logs.putBlobs(holder.manager, [between]);
    // Without the retries of `inTransaction`, which would hide a deadlock.
    const write = (blobs: readonly Uint8Array[]) => source.transaction((tx) => logs.putBlobs(tx, blobs));
    const writers = Promise.allSettled([write([first, between, last]), write([last, between, first])]);
    await untilWaiting(source, 2);
    await holder.rollbackTransaction();
    await holder.release();
    const [forth, back] = await writers;
    expect([forth.status, back.status]).toEqual(['fulfilled', 'fulfilled']);
    const stored = await logs.blobs(source.manager, [first, between, last].map(blobName));
    expect(stored).toHaveLength(3);
  });

  test('get the names in the order in which they gave the blobs, doubles and all', async () => {
    const blobs = ['p', 'c', 'p', 'a'].map(blob);
    const names = await inTransaction(source, (tx) => logs.putBlobs(tx, blobs));
    expect(names).toEqual(blobs.map(blobName));
  });
});

describe('two processes at once', () => {
  test('many writers and two sequencers leave no gap and no double', async () => {
    const other = (await registry.another()).get(LogService);
    const { size: before } = await logs.latestCheckpoint('certificates');
    let writing = true;
    const write = async (writer: number) => {
      for (let i = 0; i < 40; i += 1) {
        await source.transaction(async (tx) => {
          await logs.append(tx, 'certificates', [{ leaf: leaf(`${writer}.${i}`) }]);
          await sleep(Math.random() * 5);
        });
      }
    };
    const sequence = async (service: LogService) => {
      while (writing) await service.sequence('certificates');
    };
    const sequencers = [sequence(logs), sequence(other)];
    await Promise.all(Array.from({ length: 6 }, (_, writer) => write(writer)));
    writing = false;
    await Promise.all(sequencers);
    const { size } = await logs.sequence('certificates');
    expect(size - before).toBe(240);
    const names = (await expectWhole()).slice(before);
    // What one writer wrote one after the other stays in that order.
    for (let writer = 0; writer < 6; writer += 1) {
      expect(names.filter((name) => name.startsWith(`${writer}.`))).toEqual(
        Array.from({ length: 40 }, (_, i) => `${writer}.${i}`),
      );
    }
  });

  test('every leaf has a proof under the newest checkpoint', async () => {
    const { size } = await logs.latestCheckpoint('certificates');
    for (const index of [0, 1, size >> 1, size - 1]) {
      const entry = await logs.entryAt('certificates', index);
      const proof = await logs.proofOf('certificates', index);
      expect(verifyTlogProof(entry.leaf, proof, identity)).toMatchObject({ index, checkpoint: { size } });
    }
    await expect(logs.proofOf('certificates', size)).rejects.toMatchObject({ code: 'index-out-of-range' });
    await expect(logs.proofOf('certificates', -1)).rejects.toMatchObject({ code: 'index-out-of-range' });
    await expect(logs.entryAt('certificates', size)).rejects.toMatchObject({ code: 'index-out-of-range' });
  });
});

describe('append-only', () => {
  const TABLES = ['log', 'blob', 'entry', 'log_leaf', 'log_hash', 'checkpoint'] as const;
  const COLUMN = {
    log: 'origin',
    blob: 'hash',
    entry: 'leaf',
    log_leaf: 'index',
    log_hash: 'hash',
    checkpoint: 'note',
  } as const;

  const attempt = async (url: string, sql: string): Promise<string | undefined> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql);
      return undefined;
    } catch (error) {
      return error instanceof pg.DatabaseError ? error.code : String(error);
    } finally {
      await client.end();
    }
  };

  test.each(TABLES)('the application can neither change nor remove a row of %s', async (table) => {
    for (const sql of [
      `UPDATE ${table} SET ${COLUMN[table]} = ${COLUMN[table]}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `DROP TABLE ${table}`,
    ]) {
      expect({ sql, code: await attempt(registry.database.appUrl, sql) }).toEqual({ sql, code: '42501' });
    }
  });

  test.each(TABLES)('the owner is refused too: %s', async (table) => {
    for (const sql of [
      `UPDATE ${table} SET ${COLUMN[table]} = ${COLUMN[table]}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      expect({ sql, code: await attempt(registry.database.ownerUrl, sql) }).toEqual({ sql, code: '42501' });
    }
  });

  test('refuses to sign on top of a tree that contradicts its checkpoint', async () => {
    const owner = new pg.Client({ connectionString: registry.database.ownerUrl });
    await owner.connect();
    // Whoever owns the tables can do this. The sequencer must notice instead of forking the log for good.
    const peak = await owner.query<{ position: string; hash: Buffer }>(
      `SELECT position, hash FROM log_hash WHERE log = 'certificates' AND position = 0`,
    );
    const { size } = await logs.latestCheckpoint('certificates');
    const change = async (hash: Buffer) => {
      await owner.query('ALTER TABLE log_hash DISABLE TRIGGER log_hash_append_only');
      await owner.query(
        `UPDATE log_hash SET hash = $1 WHERE log = 'certificates' AND position = (SELECT max(position) FROM log_hash WHERE log = 'certificates')`,
        [hash],
      );
      await owner.query('ALTER TABLE log_hash ENABLE TRIGGER log_hash_append_only');
    };
    const top = await owner.query<{ hash: Buffer }>(
      `SELECT hash FROM log_hash WHERE log = 'certificates' ORDER BY position DESC LIMIT 1`,
    );
    try {
      await change(peak.rows[0]?.hash ?? Buffer.alloc(32));
      await append('on top of damage');
      await expect(logs.sequence('certificates')).rejects.toMatchObject({ code: 'corrupt' });
      expect((await logs.latestCheckpoint('certificates')).size).toBe(size);
    } finally {
      await change(top.rows[0]?.hash ?? Buffer.alloc(32));
      await owner.end();
    }
    expect((await logs.sequence('certificates')).size).toBe(size + 1);
    await expectWhole();
  });
});
