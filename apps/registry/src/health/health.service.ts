import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { pendingMigrations } from '../database/migrate.ts';
import type { HealthAnswer, HealthCheck } from '../http/health-answer.ts';
import { supervisorReport } from '../runtime/supervised.ts';
import { restartChecks } from '../runtime/supervisor-report.ts';
import { diskCheck } from './disk-check.ts';
import { KeyChecksService } from './key-checks.service.ts';
import { PublicationChecksService } from './publication-checks.service.ts';

/** However many ask, the database is asked this often at most. */
const KEPT_MS = 5_000;
/** A database that does not answer by then does not answer. */
const PATIENCE_MS = 3_000;

@Injectable()
export class HealthService {
  private kept: { at: number; answer: Promise<HealthAnswer> } | undefined;
  private started = false;

  constructor(
    private readonly source: DataSource,
    private readonly publication: PublicationChecksService,
    private readonly keys: KeyChecksService,
    private readonly config: Config,
  ) {}

  live(): HealthAnswer {
    return { status: 'ok', checks: [] };
  }

  /** Unavailable only for what keeps this process from serving: whoever balances load takes it out of service for that. */
  async ready(): Promise<HealthAnswer> {
    const now = Date.now();
    if (this.kept === undefined || now - this.kept.at >= KEPT_MS) {
      const kept = { at: now, answer: this.look() };
      this.kept = kept;
      // The next time counts from the answer, so that a slow database is not asked without a pause.
      void kept.answer.then(() => (kept.at = Date.now()));
    }
    return this.kept.answer;
  }

  /** The same until it was once ready, then always so: a registry that works for hours has no start to repeat. */
  async startup(): Promise<HealthAnswer> {
    if (this.started) return { status: 'ok', checks: [] };
    const answer = await this.ready();
    this.started ||= answer.status !== 'unavailable';
    return answer;
  }

  private async look(): Promise<HealthAnswer> {
    const database = await this.database();
    const others = await Promise.all([
      database.status === 'ok' ? inTime('log', this.publication.logChecks()) : [],
      inTime('worker', this.publication.workerChecks()),
      database.status === 'ok' ? inTime('keys', this.keys.checks()) : [],
      inTime(
        'disk',
        statfs(this.config.dataDir).then((disk) => [diskCheck(disk)]),
      ),
    ]);
    const checks = [database, ...others.flat(), ...restartChecks(supervisorReport(), Date.now())];
    if (database.status === 'unavailable') return { status: 'unavailable', checks };
    return { status: checks.every(({ status }) => status === 'ok') ? 'ok' : 'degraded', checks };
  }

  private async database(): Promise<HealthCheck> {
    const name = 'database';
    try {
      const pending = await before(PATIENCE_MS, pendingMigrations(this.source));
      if (pending.length === 0) return { name, status: 'ok', detail: '数据库可达，结构最新' };
      const detail = `数据库结构不是最新，请先运行 mandate migrate：${pending.join(', ')}`;
      return { name, status: 'unavailable', detail };
    } catch {
      return { name, status: 'unavailable', detail: '数据库不可达' };
    }
  }
}

/** What cannot be found out is itself something to look at. */
async function inTime(
  name: string,
  checks: Promise<readonly HealthCheck[]>,
): Promise<readonly HealthCheck[]> {
  try {
    return await before(PATIENCE_MS, checks);
  } catch {
    return [{ name, status: 'degraded', detail: '检查没有完成' }];
  }
}

async function before<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
