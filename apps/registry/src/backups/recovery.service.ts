import { Injectable } from '@nestjs/common';
import {
  logFolder,
  parseCertificateEvent,
  parseListEntry,
  PublishedFormatError,
  REVOCATIONS_PATH,
} from '@mandate/published';
import { readStatusList, StatusListError } from '@mandate/trust';
import { DataSource, type EntityManager } from 'typeorm';
import { ContinuationService } from '../certificates/continuation.service.ts';
import type { Beginning } from '../certificates/skip-lost.ts';
import { Config } from '../config/config.ts';
import { inTransaction, inUndoneTransaction } from '../database/transaction.ts';
import { KeysService } from '../keys/keys.service.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { type AdoptedEntry, LogAdoptionService } from '../log/log-adoption.service.ts';
import { LogService } from '../log/log.service.ts';
import { withPublishedLock } from '../publication/published-lock.ts';
import { publishedPaths } from '../publication/published-paths.ts';
import { findBeginning, writeBeginning } from './continuation-file.ts';
import { findBytes, findPublishedLeaves, getBlob, notRecoverable } from './published-trees.ts';

export interface Recovery {
  /** entries of the lists that came back whole, with their content */
  readonly listEntries: number;
  /** certificates that were lost: of each there is a commitment in the log, and nothing else */
  readonly lostCertificates: number;
  /** revocations that were lost and found their certificate by its commitment */
  readonly revocations: number;
  /** places that stay revoked though nobody knows of which certificate */
  readonly keptRevoked: number;
  readonly firstNumber: number;
  readonly firstPlace: number;
}

/**
 * Brings a database that is older than its published files up to them. The lists come back whole, since all of them is
 * public. Of certificates the log holds commitments alone: those that were lost stay good where they were handed out, are
 * known to nobody here, and what they bear is never given again.
 */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly source: DataSource,
    private readonly logs: LogService,
    private readonly adoption: LogAdoptionService,
    private readonly lists: ListsService,
    private readonly certificates: ContinuationService,
    private readonly keys: KeysService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /**
   * @param options.dryRun say what would be, and leave everything as it is
   * @returns undefined where the database is not behind
   * @throws BackupError `not-recoverable`, RegistryLogError `corrupt`
   */
  async recover({ dryRun }: { dryRun: boolean }): Promise<Recovery | undefined> {
    const { root, dataLock } = publishedPaths(this.config.dataDir);
    const beyond = await findBeginning(this.config.dataDir);
    const run = dryRun ? inUndoneTransaction : inTransaction;
    return withPublishedLock(dataLock, () =>
      run(this.source, (tx) => this.adopt(tx, root, { dryRun, beyond })),
    );
  }

  private async adopt(
    tx: EntityManager,
    root: string,
    { dryRun, beyond }: { readonly dryRun: boolean; readonly beyond: Beginning | undefined },
  ): Promise<Recovery | undefined> {
    await this.lists.lockForChange(tx);
    const lists = await this.adoptLists(tx, root);
    const events = await this.adoptEvents(tx, root);
    const keptRevoked = await this.keepRevoked(tx, root, events.revoked);
    const { added, lost, revocations, size } = events;
    if (lists.added.length + added === 0 && keptRevoked === 0) return undefined;
    const beginning = await this.certificates.skip(tx, {
      cause: 'recovered',
      beyond,
      source: `lists ${lists.size} certificates ${size}`,
      lost,
    });
    if (!dryRun) await writeBeginning(this.config.dataDir, beginning);
    const recovery: Recovery = {
      listEntries: lists.added.length,
      lostCertificates: lost,
      revocations,
      keptRevoked,
      ...beginning,
    };
    await this.ledger.record(tx, {
      account: null,
      action: 'registry.recovered',
      subject: `lists ${lists.size} certificates ${size}`,
      detail: { ...recovery },
    });
    return recovery;
  }

  private async adoptLists(
    tx: EntityManager,
    root: string,
  ): Promise<{ added: readonly AdoptedEntry[]; size: number }> {
    const published = await findPublishedLeaves(root, 'lists', await this.adoption.identityOf(tx, 'lists'));
    if (published === undefined) return { added: [], size: 0 };
    const size = await this.adoption.lock(tx, 'lists');
    for (const leaf of published.leaves.slice(size))
      await this.logs.putBlobs(tx, [await getBlob(root, entryOf(leaf).blob)]);
    const added = await this.adoption.adopt(tx, 'lists', {
      ...published,
      describe: (leaf) => {
        const { register, key, blob, effectiveDate } = entryOf(leaf);
        return { register, key, blobHash: blob, effectiveDate };
      },
    });
    if (added.length > 0) await this.lists.rebuildVersions(tx);
    return { added, size: published.leaves.length };
  }

  private async adoptEvents(
    tx: EntityManager,
    root: string,
  ): Promise<{ added: number; lost: number; revocations: number; size: number; revoked: boolean }> {
    const identity = await this.adoption.identityOf(tx, 'certificates');
    const published = await findPublishedLeaves(root, 'certificates', identity);
    if (published === undefined) return { added: 0, lost: 0, revocations: 0, size: 0, revoked: false };
    const added = await this.adoption.adopt(tx, 'certificates', { ...published, describe: () => ({}) });
    const events = added.map(({ entryId, leaf }) => ({ entryId, event: eventOf(leaf) }));
    const revoked = events.filter(({ event }) => event.event === 'revoke');
    return {
      added: added.length,
      lost: events.length - revoked.length,
      revocations: await this.certificates.addRevocations(tx, revoked),
      size: published.leaves.length,
      revoked: published.leaves.some((leaf) => eventOf(leaf).event === 'revoke'),
    };
  }

  /** The bits of the published list, whatever its age: what was revoked stays so. */
  private async keepRevoked(tx: EntityManager, root: string, needed: boolean): Promise<number> {
    const bytes = await findBytes(root, REVOCATIONS_PATH);
    if (bytes === undefined) {
      // Without it a revoked certificate would be good again.
      if (needed) throw notRecoverable(REVOCATIONS_PATH, '没有这个文件，而日志中有撤销');
      return 0;
    }
    try {
      const list = readStatusList(bytes, (await this.keys.registryKey('status')).publicKey);
      return await this.certificates.keepRevoked(tx, (place) => list.isSet(place));
    } catch (cause) {
      if (!(cause instanceof StatusListError)) throw cause;
      throw notRecoverable(REVOCATIONS_PATH, cause.message, cause);
    }
  }
}

function entryOf(leaf: Uint8Array): ReturnType<typeof parseListEntry> {
  return read(logFolder('lists'), () => parseListEntry(leaf));
}

function eventOf(leaf: Uint8Array): ReturnType<typeof parseCertificateEvent> {
  return read(logFolder('certificates'), () => parseCertificateEvent(leaf));
}

function read<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof PublishedFormatError)) throw cause;
    throw notRecoverable(place, cause.message, cause);
  }
}
