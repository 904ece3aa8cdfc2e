import { Injectable, Logger } from '@nestjs/common';
import { blobName } from '@mandate/encoding';
import type { LogName } from '@mandate/published';
import {
  encodeTlogProof,
  type HashReader,
  hashLeaf,
  type LogIdentity,
  MAX_LEAF_BYTES,
  proveInclusion,
} from '@mandate/transparency-log';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseErrorOf } from '../database/failures.ts';
import { LogIdentityService } from './log-identity.service.ts';
import { RegistryLogError } from './log.errors.ts';
import { type LogProgress, LogRepository } from './log.repository.ts';
import { PublishedDoorService } from './published-door.service.ts';
import type { SequencedEntry, StoredCheckpoint } from './sequenced-entry.ts';
import { SequencerService } from './sequencer.service.ts';

export interface NewEntry {
  /** canonical JSON of the entry, at most 65,535 bytes */
  readonly leaf: Uint8Array;
  /** the next four say again what the leaf says, for queries; all of them with the lists log */
  readonly register?: string | undefined;
  readonly key?: string | undefined;
  readonly blobHash?: string | undefined;
  /** `2026-01-31` */
  readonly effectiveDate?: string | undefined;
}

/** The registry's two logs. Entries are appended within the caller's transaction and sequenced after it. */
@Injectable()
export class LogService {
  private readonly logger = new Logger('log');

  constructor(
    private readonly source: DataSource,
    private readonly repository: LogRepository,
    private readonly identities: LogIdentityService,
    private readonly sequencer: SequencerService,
    private readonly door: PublishedDoorService,
  ) {}

  /** Stores canonical bytes under the name of their hash; those that are there already stay. @returns names in order */
  async putBlobs(tx: EntityManager, blobs: readonly Uint8Array[]): Promise<readonly string[]> {
    const named = blobs.map((bytes) => ({ hash: blobName(bytes), bytes }));
    // In one order everywhere: two transactions that store the same blobs must not wait for each other.
    const once = [...new Map(named.map((blob) => [blob.hash, blob])).values()];
    await this.repository.insertBlobs(
      tx,
      once.sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    );
    return named.map(({ hash }) => hash);
  }

  /**
   * Appends entries in the order given; blobs come first. They enter the tree with the next `sequence`.
   * @returns entry ids in the order given
   * @throws RegistryLogError `leaf-too-long` | `behind-published`, before anything is stored
   */
  async append(tx: EntityManager, log: LogName, entries: readonly NewEntry[]): Promise<readonly number[]> {
    for (const { leaf, key } of entries) {
      if (leaf.length === 0 || leaf.length > MAX_LEAF_BYTES) {
        throw new RegistryLogError(
          'leaf-too-long',
          `日志条目 ${key ?? ''} 有 ${leaf.length} 字节，须在 1 至 ${MAX_LEAF_BYTES} 字节之间。`,
        );
      }
    }
    await this.door.requireContinues(tx, log);
    await this.identities.identityOf(tx, log);
    return this.repository.insertEntries(
      tx,
      log,
      entries.map((entry) => ({ ...entry, leafHash: hashLeaf(entry.leaf) })),
    );
  }

  /**
   * Asked before anything is drawn, signed or written that cannot be taken back.
   * @throws RegistryLogError `behind-published`
   */
  async requireCurrent(tx: EntityManager): Promise<void> {
    await this.door.requireCurrent(tx);
  }

  /** Takes every waiting entry into the tree and signs it. Safe at any moment, from any process; see SequencerService. */
  async sequence(log: LogName, options: { recount?: boolean } = {}): Promise<StoredCheckpoint> {
    return this.sequencer.sequence(log, options);
  }

  /**
   * The same for what is committed: that the database is busy or gone by now must not make it look undone, or whoever asked
   * would do it twice. The entries wait, and whoever sequences next takes them in; the worker does within seconds.
   */
  async sequenceCommitted(log: LogName): Promise<void> {
    try {
      await this.sequence(log);
    } catch (error) {
      const known = databaseErrorOf(error);
      if (known === undefined) throw error;
      this.logger.warn(`entries of ${log} wait for their places: ${known.code}`);
    }
  }

  /** Index of an entry in its tree; undefined until it is sequenced. */
  async indexOf(entryId: number, tx: EntityManager = this.source.manager): Promise<number | undefined> {
    return this.repository.findIndex(tx, entryId);
  }

  /** @throws RegistryLogError `index-out-of-range` */
  async entryAt(
    log: LogName,
    index: number,
    tx: EntityManager = this.source.manager,
  ): Promise<SequencedEntry> {
    const [entry] = await this.repository.entriesBetween(tx, log, index, index + 1);
    if (entry === undefined) throw outOfRange(log, index);
    return entry;
  }

  /** Entries with an index in [start, end), in order. */
  async entriesBetween(
    tx: EntityManager,
    log: LogName,
    start: number,
    end: number,
  ): Promise<readonly SequencedEntry[]> {
    return this.repository.entriesBetween(tx, log, start, end);
  }

  /** tlog-proof (https://c2sp.org/tlog-proof) of a leaf under the newest checkpoint. @throws RegistryLogError `index-out-of-range` | `not-sequenced` */
  async proofOf(log: LogName, index: number, tx: EntityManager = this.source.manager): Promise<string> {
    const { size, note } = await this.latestCheckpoint(log, tx);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw outOfRange(log, index);
    // Nothing stored for a size ever changes, so the checkpoint and the hashes need no common snapshot.
    const hashes = await proveInclusion(index, size, this.repository.hashReader(tx, log));
    return encodeTlogProof({ index, hashes, checkpoint: note });
  }

  /** The newest checkpoint. @throws RegistryLogError `not-sequenced` before the first */
  async latestCheckpoint(log: LogName, tx: EntityManager = this.source.manager): Promise<StoredCheckpoint> {
    const checkpoint = await this.repository.findCheckpoint(tx, log);
    if (checkpoint === undefined) throw new RegistryLogError('not-sequenced', `日志 ${log} 还没有检查点。`);
    return checkpoint;
  }

  /** Sizes of all checkpoints signed after the one of `size`, in order. */
  async checkpointSizesAfter(tx: EntityManager, log: LogName, size: number): Promise<readonly number[]> {
    return this.repository.checkpointSizesAfter(tx, log, size);
  }

  /** How far a log has come. @param published how many of its entries are published, where that is known */
  async progress(tx: EntityManager, log: LogName, published?: number): Promise<LogProgress> {
    return this.repository.progress(tx, log, published);
  }

  /** When the entry arrived that waits longest for its place in a tree; undefined where none waits. */
  async oldestWaiting(tx: EntityManager): Promise<Date | undefined> {
    return this.repository.oldestWaiting(tx);
  }

  /** When the first checkpoint after the one of `size` was signed; undefined where there is none. */
  async firstCheckpointAfter(tx: EntityManager, log: LogName, size: number): Promise<Date | undefined> {
    return this.repository.firstCheckpointAfter(tx, log, size);
  }

  /** Origin and verifier key; begins the log if it has not begun. */
  async identityOf(tx: EntityManager, log: LogName): Promise<LogIdentity> {
    return this.identities.identityOf(tx, log);
  }

  hashReader(tx: EntityManager, log: LogName): HashReader {
    return this.repository.hashReader(tx, log);
  }

  /** All sequenced entries of a register of the lists log, of one owner's keys `<owner>.…` where it is given, in order. */
  async registerEntries(
    tx: EntityManager,
    register: string,
    owner?: string,
  ): Promise<readonly { index: number; key: string; leaf: Uint8Array }[]> {
    return this.repository.registerEntries(tx, register, owner);
  }

  /** What stands before the last point of a register's sequenced keys: organs that have items, negative lists. */
  async owners(tx: EntityManager, register: string): Promise<readonly string[]> {
    return this.repository.owners(tx, register);
  }

  /** The blobs that entries of the lists log with an index in [start, end) name, each once; redacted ones are gone. */
  async blobsBetween(
    tx: EntityManager,
    start: number,
    end: number,
  ): Promise<readonly { hash: string; bytes: Uint8Array }[]> {
    return this.repository.blobsBetween(tx, start, end);
  }

  /** Blobs by their names; one that was redacted is not among them. */
  async blobs(
    tx: EntityManager,
    names: readonly string[],
  ): Promise<readonly { hash: string; bytes: Uint8Array }[]> {
    return this.repository.blobs(tx, names);
  }
}

function outOfRange(log: LogName, index: number): RegistryLogError {
  return new RegistryLogError('index-out-of-range', `日志 ${log} 中没有第 ${index} 条。`);
}
