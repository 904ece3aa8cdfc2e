import { Injectable, Logger } from '@nestjs/common';
import { LOG_NAMES } from '@mandate/published';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { Config, PROGRAM_VERSION } from '../config/config.ts';
import { inTransaction } from '../database/transaction.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { LogService } from '../log/log.service.ts';
import { Measures } from '../telemetry/measures.ts';
import { DATABASE_GAUGES, DISK_GAUGES, GaugeGroup, PROCESS_GAUGES, PUBLISHED_GAUGES } from './gauges.ts';
import { type PublishedState, readDisk, readPublishedState } from './published-state.ts';

/** Whoever scrapes more often reads the same again. */
const CACHE_MS = 5_000;
/** A scrape ends before Prometheus gives it up (10 s). */
const PATIENCE_MS = 4_000;

// As pg's pool counts; TypeORM types its driver no further.
const Pool = z.looseObject({ totalCount: z.number(), idleCount: z.number(), waitingCount: z.number() });

/**
 * What follows from database and disk: read when somebody asks, by this process, whichever process brought it about. So
 * the worker is watched by what it leaves behind, and a dead one is seen.
 */
@Injectable()
export class RegistryMeasuresService {
  private readonly logger = new Logger('metrics');
  private readonly process: GaugeGroup<keyof typeof PROCESS_GAUGES>;
  private readonly database: GaugeGroup<keyof typeof DATABASE_GAUGES>;
  private readonly published: GaugeGroup<keyof typeof PUBLISHED_GAUGES>;
  private readonly disk: GaugeGroup<keyof typeof DISK_GAUGES>;
  /** what the published files said last; they are as good as ever while the disk is not read */
  private state: PublishedState | undefined;
  private readAt = 0;
  private round: Promise<void> | undefined;
  /** sources that are still being read: one that hangs is not asked again by every scrape */
  private readonly hanging = new Set<string>();

  constructor(
    private readonly source: DataSource,
    private readonly log: LogService,
    private readonly certificates: CertificatesService,
    private readonly drafts: DraftsService,
    private readonly config: Config,
    measures: Measures,
  ) {
    this.process = new GaugeGroup(measures.registry, PROCESS_GAUGES);
    this.database = new GaugeGroup(measures.registry, DATABASE_GAUGES);
    this.published = new GaugeGroup(measures.registry, PUBLISHED_GAUGES);
    this.disk = new GaugeGroup(measures.registry, DISK_GAUGES);
    this.process.set('mandate_build_info', 1, { version: PROGRAM_VERSION, node: process.versions.node });
  }

  /** Reads all anew, unless that was a moment ago. What cannot be read is gone from the answer, and said to be. */
  async refresh(): Promise<void> {
    this.readPool();
    if (Date.now() - this.readAt < CACHE_MS) return;
    this.round ??= this.readAll().finally(() => {
      this.round = undefined;
    });
    await this.round;
  }

  private async readAll(): Promise<void> {
    await Promise.all([
      this.attempt('disk', this.disk, async () => {
        const { freeBytes, sizeBytes } = await readDisk(this.config.dataDir);
        return () => {
          this.disk.set('mandate_data_folder_free_bytes', freeBytes);
          this.disk.set('mandate_data_folder_size_bytes', sizeBytes);
        };
      }),
      this.attempt('published', this.published, async () => {
        const state = await readPublishedState(this.config.dataDir);
        this.state = state;
        return () => this.setPublished(state);
      }),
    ]);
    await this.attempt('database', this.database, () =>
      inTransaction(this.source, (tx) => this.readDatabase(tx)),
    );
    this.readAt = Date.now();
  }

  /** @param read gives what sets the gauges, so that of what comes too late nothing is set */
  private async attempt(
    source: string,
    group: GaugeGroup<never>,
    read: () => Promise<() => void>,
  ): Promise<void> {
    let found: (() => void) | undefined;
    if (!this.hanging.has(source)) {
      this.hanging.add(source);
      const reading = read().finally(() => this.hanging.delete(source));
      found = await within(reading).catch((error: unknown) => {
        this.logger.warn(error, source);
        return undefined;
      });
    }
    group.clear();
    found?.();
    this.process.set('mandate_measure_up', found === undefined ? 0 : 1, { source });
  }

  private async readDatabase(tx: EntityManager): Promise<() => void> {
    const now = Date.now();
    const logs: { log: string; values: Awaited<ReturnType<LogService['progress']>>; published?: number }[] =
      [];
    for (const log of LOG_NAMES) {
      const published = this.state?.sizes[log];
      const values = await this.log.progress(tx, log, published);
      logs.push({ log, values, ...(published !== undefined && { published }) });
    }
    const certificates = await this.certificates.counts(tx);
    const drafts = await this.drafts.countsByState(tx);
    const age = (since: Date | undefined): number =>
      since === undefined ? 0 : Math.max(0, (now - since.getTime()) / 1_000);
    return () => {
      for (const { log, values, published } of logs) {
        const { size, unsequenced, unsequencedSince, unpublishedSince } = values;
        this.database.set('mandate_log_entries', size, { log });
        this.database.set('mandate_log_unsequenced_entries', unsequenced, { log });
        this.database.set('mandate_log_oldest_unsequenced_age_seconds', age(unsequencedSince), { log });
        if (published === undefined) continue;
        this.database.set('mandate_publication_lag_entries', size + unsequenced - published, { log });
        this.database.set('mandate_publication_lag_seconds', age(unpublishedSince), { log });
      }
      this.database.set('mandate_certificates_issued', certificates.issued);
      this.database.set('mandate_certificates_revoked', certificates.revoked);
      for (const { state, count } of drafts) this.database.set('mandate_drafts', count, { state });
      const imported = drafts.reduce((sum, one) => sum + one.imported, 0);
      this.database.set('mandate_drafts_imported', imported);
    };
  }

  private setPublished({ sizes, pages, validUntil, keyEnds }: PublishedState): void {
    for (const log of LOG_NAMES) this.published.set('mandate_published_entries', sizes[log], { log });
    if (pages !== undefined) this.published.set('mandate_pages_lag_entries', sizes.lists - pages);
    for (const [file, at] of Object.entries(validUntil))
      this.published.set('mandate_signed_file_valid_until_timestamp_seconds', at.getTime() / 1_000, { file });
    for (const { kind, holder, notAfter } of keyEnds)
      this.published.set('mandate_key_not_after_timestamp_seconds', notAfter.getTime() / 1_000, {
        kind,
        holder,
      });
  }

  private readPool(): void {
    const { driver } = this.source;
    const pool = Pool.safeParse('master' in driver ? driver.master : undefined).data;
    if (pool === undefined) return;
    const { totalCount, idleCount, waitingCount } = pool;
    const states = { idle: idleCount, busy: totalCount - idleCount };
    for (const [state, count] of Object.entries(states))
      this.process.set('mandate_database_pool_connections', count, { state });
    this.process.set('mandate_database_pool_waiting', waitingCount);
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('took too long')), PATIENCE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
