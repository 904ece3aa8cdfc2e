import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOG_NAMES, parseRegistryFile, REGISTRY_PATH } from '@mandate/published';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import type { HealthCheck } from '../http/health-answer.ts';
import { LogService } from '../log/log.service.ts';
import { type PublishedPaths, publishedPaths } from '../publication/published-paths.ts';
import { findPointer } from '../publication/release-pointer.ts';
import { findPulse } from '../publication/worker-pulse.ts';
import { lagCheck, pulseChecks } from './lag.ts';

/** Data files go out within seconds, after a large import within a minute or two. */
const DATA_LATE_MS = 120_000;
/** Pages of a whole city take minutes. */
const PAGES_LATE_MS = 1_800_000;

/** How far what the public sees is behind what the database holds. All of it is found from the state itself. */
@Injectable()
export class PublicationChecksService {
  private readonly paths: PublishedPaths;

  constructor(
    private readonly source: DataSource,
    private readonly log: LogService,
    config: Config,
  ) {
    this.paths = publishedPaths(config.dataDir);
  }

  async logChecks(): Promise<readonly HealthCheck[]> {
    const now = Date.now();
    const tx = this.source.manager;
    const waiting = await this.log.oldestWaiting(tx);
    const published = await this.publishedSizes();
    const unpublished: (Date | undefined)[] = [];
    for (const log of LOG_NAMES)
      unpublished.push(await this.log.firstCheckpointAfter(tx, log, published?.[log] ?? 0));
    const pages = await findPointer(this.paths);
    const unrendered = await this.log.firstCheckpointAfter(tx, 'lists', pages?.lists.size ?? 0);
    return [
      lagCheck('sequencer', '日志条目', [waiting], DATA_LATE_MS, now),
      lagCheck('publication', '数据文件', unpublished, DATA_LATE_MS, now),
      lagCheck('pages', '网页', [unrendered], PAGES_LATE_MS, now),
    ];
  }

  async workerChecks(): Promise<readonly HealthCheck[]> {
    return pulseChecks(await findPulse(this.paths), Date.now());
  }

  /** Of both logs, as strangers see them; undefined before the first publication. */
  private async publishedSizes(): Promise<Record<'lists' | 'certificates', number> | undefined> {
    try {
      const { lists, certificates } = parseRegistryFile(
        await readFile(join(this.paths.root, REGISTRY_PATH)),
      ).logs;
      return { lists: lists.size, certificates: certificates.size };
    } catch {
      return undefined;
    }
  }
}
