import { Injectable } from '@nestjs/common';
import type { LogName } from '@mandate/published';
import type { HashReader } from '@mandate/transparency-log';
import type { EntityManager } from 'typeorm';
import type { SequencedEntry, StoredCheckpoint } from './sequenced-entry.ts';

/** Rows a statement carries: some megabytes, well below what a message to the server may hold. */
const BATCH = 1_000;
/** Bytes of leaves or blobs a statement carries. */
const BATCH_BYTES = 4 * 1024 * 1024;

/** First number of the advisory locks of the logs; the second is the log. */
const SEQUENCER_LOCK = 4_180;

export interface EntryToStore {
  readonly leaf: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly register?: string | undefined;
  readonly key?: string | undefined;
  readonly blobHash?: string | undefined;
  readonly effectiveDate?: string | undefined;
}

/** How far a log has come. */
export interface LogProgress {
  /** entries that have their place in the tree */
  readonly size: number;
  /** entries that wait for it */
  readonly unsequenced: number;
  /** when the oldest of those came */
  readonly unsequencedSince: Date | undefined;
  /** when the oldest came that is not published */
  readonly unpublishedSince: Date | undefined;
}

@Injectable()
export class LogRepository {
  async findLog(tx: EntityManager, log: LogName): Promise<{ origin: string; vkey: string } | undefined> {
    const [row] = await tx.query<{ origin: string; vkey: string }[]>(
      'SELECT origin, vkey FROM log WHERE name = $1',
      [log],
    );
    return row;
  }

  /** Leaves a log that is there as it is. */
  async insertLog(tx: EntityManager, log: LogName, origin: string, vkey: string): Promise<void> {
    await tx.query('INSERT INTO log (name, origin, vkey) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING', [
      log,
      origin,
      vkey,
    ]);
  }

  /** Held until the transaction ends, however it ends. */
  async lockSequencer(tx: EntityManager, log: LogName): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [SEQUENCER_LOCK, log === 'lists' ? 1 : 2]);
  }

  async insertBlobs(tx: EntityManager, blobs: readonly { hash: string; bytes: Uint8Array }[]): Promise<void> {
    for (const batch of batches(blobs, ({ bytes }) => bytes.length)) {
      await tx.query(
        `INSERT INTO blob (hash, bytes) SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT (hash) DO NOTHING`,
        [batch.map(({ hash }) => hash), batch.map(({ bytes }) => Buffer.from(bytes))],
      );
    }
  }

  /** @returns ids in the order given */
  async insertEntries(
    tx: EntityManager,
    log: LogName,
    entries: readonly EntryToStore[],
  ): Promise<readonly number[]> {
    const ids: number[] = [];
    for (const batch of batches(entries, ({ leaf }) => leaf.length)) {
      const rows = await tx.query<{ id: string }[]>(
        `INSERT INTO entry (log, register, key, leaf, leaf_hash, blob_hash, effective_date)
         SELECT $1, e.register, e.key, e.leaf, e.leaf_hash, e.blob_hash, e.effective_date
         FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::date[])
           WITH ORDINALITY AS e (register, key, leaf, leaf_hash, blob_hash, effective_date, n)
         ORDER BY e.n
         RETURNING id`,
        [
          log,
          batch.map(({ register }) => register ?? null),
          batch.map(({ key }) => key ?? null),
          batch.map(({ leaf }) => Buffer.from(leaf)),
          batch.map(({ leafHash }) => Buffer.from(leafHash)),
          batch.map(({ blobHash }) => blobHash ?? null),
          batch.map(({ effectiveDate }) => effectiveDate ?? null),
        ],
      );
      // Numbers are given in the order of the rows; the order in which rows come back is nobody's promise.
      ids.push(...rows.map(({ id }) => Number(id)).sort((a, b) => a - b));
    }
    return ids;
  }

  /** Entries without a place in the tree, in arrival order, `limit` of them at most. */
  async pendingEntries(
    tx: EntityManager,
    log: LogName,
    limit: number,
  ): Promise<readonly { id: string; leafHash: Uint8Array }[]> {
    const rows = await tx.query<{ id: string; leaf_hash: Buffer }[]>(
      `SELECT e.id, e.leaf_hash FROM unsequenced_entry u JOIN entry e ON e.id = u.entry_id
       WHERE u.log = $1 ORDER BY u.entry_id LIMIT $2`,
      [log, limit],
    );
    return rows.map((row) => ({ id: row.id, leafHash: row.leaf_hash }));
  }

  /**
   * How far a log has come, and since when what comes next has waited.
   * @param published how many of its entries are published, where that is known
   */
  async progress(tx: EntityManager, log: LogName, published: number | undefined): Promise<LogProgress> {
    const [row] = await tx.query<
      { size: string; waiting: string; waiting_since: Date | null; next: Date | null }[]
    >(
      `SELECT (SELECT coalesce(max(index) + 1, 0) FROM log_leaf WHERE log = $1) AS size,
         (SELECT count(*) FROM unsequenced_entry WHERE log = $1) AS waiting,
         (SELECT min(e.received_at) FROM unsequenced_entry u JOIN entry e ON e.id = u.entry_id
          WHERE u.log = $1) AS waiting_since,
         (SELECT e.received_at FROM log_leaf l JOIN entry e ON e.id = l.entry_id
          WHERE l.log = $1 AND l.index = $2) AS next`,
      [log, published ?? -1],
    );
    if (row === undefined) throw new Error('one row');
    const unsequencedSince = row.waiting_since ?? undefined;
    return {
      size: Number(row.size),
      unsequenced: Number(row.waiting),
      unsequencedSince,
      // An entry that has its place came before those that wait for theirs.
      unpublishedSince: row.next ?? unsequencedSince,
    };
  }

  /** When the entry arrived that waits longest for its place in a tree; undefined where none waits. */
  async oldestWaiting(tx: EntityManager): Promise<Date | undefined> {
    const [row] = await tx.query<{ at: Date | null }[]>(
      `SELECT min(e.received_at) AS at FROM unsequenced_entry u JOIN entry e ON e.id = u.entry_id`,
    );
    return row?.at ?? undefined;
  }

  /** When the first checkpoint after the one of `size` was signed; undefined where there is none. */
  async firstCheckpointAfter(tx: EntityManager, log: LogName, size: number): Promise<Date | undefined> {
    const [row] = await tx.query<{ at: Date }[]>(
      'SELECT created_at AS at FROM checkpoint WHERE log = $1 AND size > $2 ORDER BY size LIMIT 1',
      [log, size],
    );
    return row?.at;
  }

  /** Lets every entry wait that has no place in the tree and was lost sight of. Reads all entries. */
  async requeue(tx: EntityManager, log: LogName): Promise<void> {
    await tx.query(
      `INSERT INTO unsequenced_entry (log, entry_id)
       SELECT e.log, e.id FROM entry e
       WHERE e.log = $1 AND NOT EXISTS (SELECT FROM log_leaf l WHERE l.entry_id = e.id)
       ON CONFLICT DO NOTHING`,
      [log],
    );
  }

  /** Gives waiting entries their places, from `from` on. */
  async insertLeaves(
    tx: EntityManager,
    log: LogName,
    from: number,
    entryIds: readonly string[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO log_leaf (log, index, entry_id)
       SELECT $1, $2::bigint + n - 1, id FROM unnest($3::bigint[]) WITH ORDINALITY AS e (id, n)`,
      [log, from, entryIds],
    );
    await tx.query('DELETE FROM unsequenced_entry WHERE log = $1 AND entry_id = ANY ($2::bigint[])', [
      log,
      entryIds,
    ]);
  }

  async insertHashes(
    tx: EntityManager,
    log: LogName,
    from: number,
    hashes: readonly Uint8Array[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO log_hash (log, position, hash)
       SELECT $1, $2::bigint + n - 1, hash FROM unnest($3::bytea[]) WITH ORDINALITY AS h (hash, n)`,
      [log, from, hashes.map((hash) => Buffer.from(hash))],
    );
  }

  async insertCheckpoint(tx: EntityManager, log: LogName, checkpoint: StoredCheckpoint): Promise<void> {
    const { size, root, note } = checkpoint;
    await tx.query('INSERT INTO checkpoint (log, size, root, note) VALUES ($1, $2, $3, $4)', [
      log,
      size,
      Buffer.from(root),
      note,
    ]);
  }

  async findCheckpoint(tx: EntityManager, log: LogName): Promise<StoredCheckpoint | undefined> {
    const [row] = await tx.query<{ size: string; root: Buffer; note: string }[]>(
      'SELECT size, root, note FROM checkpoint WHERE log = $1 ORDER BY size DESC LIMIT 1',
      [log],
    );
    return row === undefined ? undefined : { ...row, size: Number(row.size) };
  }

  /** Root of the tree that was signed at this size; undefined where none was. */
  async findRoot(tx: EntityManager, log: LogName, size: number): Promise<Uint8Array | undefined> {
    const [row] = await tx.query<{ root: Buffer }[]>(
      'SELECT root FROM checkpoint WHERE log = $1 AND size = $2',
      [log, size],
    );
    return row?.root;
  }

  /** Sizes of the checkpoints signed after the one of `size`, in order. */
  async checkpointSizesAfter(tx: EntityManager, log: LogName, size: number): Promise<readonly number[]> {
    const rows = await tx.query<{ size: string }[]>(
      'SELECT size FROM checkpoint WHERE log = $1 AND size > $2 ORDER BY size',
      [log, size],
    );
    return rows.map((row) => Number(row.size));
  }

  /** Number of places given so far. */
  async treeSize(tx: EntityManager, log: LogName): Promise<number> {
    const [row] = await tx.query<{ size: string | null }[]>(
      'SELECT max(index) + 1 AS size FROM log_leaf WHERE log = $1',
      [log],
    );
    return Number(row?.size ?? 0);
  }

  hashReader(tx: EntityManager, log: LogName): HashReader {
    return async (positions) => {
      const rows = await tx.query<{ position: string; hash: Buffer }[]>(
        'SELECT position, hash FROM log_hash WHERE log = $1 AND position = ANY ($2::bigint[])',
        [log, [...new Set(positions)]],
      );
      const hashes = new Map(rows.map(({ position, hash }) => [Number(position), hash]));
      return positions.flatMap((position) => hashes.get(position) ?? []);
    };
  }

  /** Entries with an index in [start, end), in order. */
  async entriesBetween(
    tx: EntityManager,
    log: LogName,
    start: number,
    end: number,
  ): Promise<readonly SequencedEntry[]> {
    const rows = await tx.query<
      {
        index: string;
        id: string;
        leaf: Buffer;
        register: string | null;
        key: string | null;
        blob_hash: string | null;
      }[]
    >(
      `SELECT l.index, e.id, e.leaf, e.register, e.key, e.blob_hash
       FROM log_leaf l JOIN entry e ON e.id = l.entry_id
       WHERE l.log = $1 AND l.index >= $2 AND l.index < $3 ORDER BY l.index`,
      [log, start, end],
    );
    return rows.map(({ index, id, leaf, register, key, blob_hash: blobHash }) => ({
      index: Number(index),
      entryId: Number(id),
      leaf,
      register,
      key,
      blobHash,
    }));
  }

  /** All sequenced entries of a register of the lists log, of one owner's keys where `owner` is given, in order. */
  async registerEntries(
    tx: EntityManager,
    register: string,
    owner: string | undefined,
  ): Promise<readonly { index: number; key: string; leaf: Uint8Array }[]> {
    // '/' follows '.': in the order of bytes, in which keys are kept, that is every key that begins with `<owner>.`.
    const rows = await tx.query<{ index: string; key: string; leaf: Buffer }[]>(
      `SELECT l.index, e.key, e.leaf FROM entry e JOIN log_leaf l ON l.entry_id = e.id
       WHERE e.log = 'lists' AND e.register = $1
         ${owner === undefined ? '' : `AND e.key >= $2 || '.' AND e.key < $2 || '/'`}
       ORDER BY l.index`,
      owner === undefined ? [register] : [register, owner],
    );
    return rows.map(({ index, key, leaf }) => ({ index: Number(index), key, leaf }));
  }

  /** What stands before the last point of the keys of a register's sequenced entries. */
  async owners(tx: EntityManager, register: string): Promise<readonly string[]> {
    const rows = await tx.query<{ owner: string }[]>(
      `SELECT DISTINCT regexp_replace(e.key, '[.][^.]*$', '') AS owner
       FROM entry e JOIN log_leaf l ON l.entry_id = e.id
       WHERE e.log = 'lists' AND e.register = $1`,
      [register],
    );
    return rows.map((row) => row.owner);
  }

  async findIndex(tx: EntityManager, entryId: number): Promise<number | undefined> {
    const [row] = await tx.query<{ index: string }[]>('SELECT index FROM log_leaf WHERE entry_id = $1', [
      entryId,
    ]);
    return row === undefined ? undefined : Number(row.index);
  }

  /** The blobs that entries of the lists log with an index in [start, end) name, each once. */
  async blobsBetween(
    tx: EntityManager,
    start: number,
    end: number,
  ): Promise<readonly { hash: string; bytes: Uint8Array }[]> {
    return tx.query<{ hash: string; bytes: Buffer }[]>(
      `SELECT hash, bytes FROM blob WHERE hash IN (
         SELECT e.blob_hash FROM log_leaf l JOIN entry e ON e.id = l.entry_id
         WHERE l.log = 'lists' AND l.index >= $1 AND l.index < $2
       )`,
      [start, end],
    );
  }

  /** Blobs by their names; one that was redacted is not among them. */
  async blobs(
    tx: EntityManager,
    names: readonly string[],
  ): Promise<readonly { hash: string; bytes: Uint8Array }[]> {
    return tx.query<{ hash: string; bytes: Buffer }[]>(
      'SELECT hash, bytes FROM blob WHERE hash = ANY ($1::text[])',
      [names],
    );
  }
}

/** Cuts a list so that no statement grows beyond what the server takes at once. */
function* batches<T>(items: readonly T[], bytesOf: (item: T) => number): Generator<readonly T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    if (batch.length === BATCH || (batch.length > 0 && bytes + size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
