import { Injectable } from '@nestjs/common';
import { equalBytes } from '@mandate/encoding';
import type { LogName } from '@mandate/published';
import { encodeCheckpoint, RightEdge, signNote, storedHashCount } from '@mandate/transparency-log';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { LogIdentityService } from './log-identity.service.ts';
import { RegistryLogError } from './log.errors.ts';
import { LogRepository } from './log.repository.ts';
import { PublishedDoorService } from './published-door.service.ts';
import type { StoredCheckpoint } from './sequenced-entry.ts';

/** Entries one transaction takes in; more wait for the next. */
const MAX_ENTRIES = 20_000;

/**
 * Gives entries their place in the tree: one sequencer for each log, whatever number of processes try. The order is
 * that of arrival among the entries that are committed and visible now. An entry with a lower id that commits later
 * simply gets a later index; ids are never indexes.
 */
@Injectable()
export class SequencerService {
  constructor(
    private readonly source: DataSource,
    private readonly repository: LogRepository,
    private readonly identities: LogIdentityService,
    private readonly door: PublishedDoorService,
  ) {}

  /**
   * Takes every waiting entry into the tree. Nothing waiting: changes nothing. A crash leaves either all of a
   * transaction or nothing of it, and a checkpoint is stored with the tree it promises: what was signed and lost
   * was shown to nobody.
   * @param recount look through all entries for those that wait, not only where they are noted down
   * @returns the newest checkpoint
   */
  async sequence(log: LogName, { recount = false } = {}): Promise<StoredCheckpoint> {
    if (recount) {
      await inTransaction(this.source, async (tx) => {
        await this.repository.lockSequencer(tx, log);
        await this.repository.requeue(tx, log);
      });
    }
    for (;;) {
      const { checkpoint, more } = await inTransaction(this.source, (tx) => this.step(tx, log));
      if (!more) return checkpoint;
    }
  }

  private async step(
    tx: EntityManager,
    log: LogName,
  ): Promise<{ checkpoint: StoredCheckpoint; more: boolean }> {
    // Under a stricter level the snapshot would be older than the lock, and would not see what its last holder wrote.
    await tx.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await this.repository.lockSequencer(tx, log);
    const last = await this.repository.findCheckpoint(tx, log);
    const pending = await this.repository.pendingEntries(tx, log, MAX_ENTRIES);
    if (last !== undefined && pending.length === 0) return { checkpoint: last, more: false };
    // A tree that was published further than this must not be signed a second time, otherwise.
    await this.door.requireContinues(tx, log);

    const edge = await this.readEdge(tx, log, last);
    const size = edge.size;
    const hashes = pending.flatMap(({ leafHash }) => edge.append(leafHash));
    await this.repository.insertLeaves(
      tx,
      log,
      size,
      pending.map(({ id }) => id),
    );
    await this.repository.insertHashes(tx, log, storedHashCount(size), hashes);
    const checkpoint = await this.sign(tx, log, edge);
    await this.repository.insertCheckpoint(tx, log, checkpoint);
    return { checkpoint, more: pending.length === MAX_ENTRIES };
  }

  /** The tree to go on from. Signing on top of a damaged one would fork the log for good. */
  private async readEdge(
    tx: EntityManager,
    log: LogName,
    last: StoredCheckpoint | undefined,
  ): Promise<RightEdge> {
    const size = await this.repository.treeSize(tx, log);
    const edge = await RightEdge.read(size, this.repository.hashReader(tx, log));
    const sound = last === undefined ? size === 0 : last.size === size && equalBytes(last.root, edge.root());
    if (!sound) {
      throw new RegistryLogError(
        'corrupt',
        `日志 ${log} 的数据与最后签发的检查点不符，已停止签发。请从备份恢复数据库，并运行 mandate log audit。`,
      );
    }
    return edge;
  }

  private async sign(tx: EntityManager, log: LogName, edge: RightEdge): Promise<StoredCheckpoint> {
    const signer = await this.identities.signerOf(tx, log);
    const { size } = edge;
    const root = edge.root();
    const note = await signNote(encodeCheckpoint({ origin: signer.origin, size, root }), signer);
    return { size, root, note };
  }
}
