import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LedgerHeadsService } from '../auditing/ledger-heads.service.ts';
import { AppModule } from './app.module.ts';
import { loadConfig, PROGRAM_VERSION } from '../config/config.ts';
import { waitForDatabase } from '../database/wait-for-database.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { PagesService } from '../publication/pages.service.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { publishedPaths } from '../publication/published-paths.ts';
import { PulseWriter, type WorkerRound } from '../publication/worker-pulse.ts';
import { endWhenAsked } from '../runtime/supervised.ts';
import { createLog } from '../telemetry/logger.ts';
import { NestLogger } from '../telemetry/nest-logger.ts';
import { endOnUncaught } from '../telemetry/uncaught.ts';

// Data files go out within seconds of an event.
const INTERVAL_MS = 1_000;
// What fails once will mostly fail again at once: a full disk must not fill the log as well.
const AFTER_FAILURE_MS = 15_000;
const PULSE_MS = 5_000;

const stopping = new AbortController();
const { signal } = stopping;
endWhenAsked(() => stopping.abort());
const logger = new Logger('worker');
const config = loadConfig();
const log = createLog(config, 'worker');
endOnUncaught(log.logger);
log.logger.info({ event: 'started', version: PROGRAM_VERSION });
const pulse = new PulseWriter(publishedPaths(config.dataDir));
if (config.databaseUrl === undefined) throw new Error('no database: open the embedded one first');
await openDataFolder(config, (line) => log.logger.warn({ event: 'data-folder' }, line));
const say = (line: string): void => log.logger.warn({ event: 'waiting' }, line);
if (await waitForDatabase(config.databaseUrl, signal, say)) await work();
process.exit(0);

/**
 * Brings the published files up to date with the database, for as long as it runs. It works from the state it finds, not
 * from messages: whatever was missed, by this process or one that crashed, is done in the next round.
 */
async function work(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.register(config, { kind: 'worker' }), {
    logger: new NestLogger(log.logger),
  });
  /** Pages of an older version of this program say so to nobody but its build: once for each start it is asked. */
  let compared = false;
  const rounds = [
    keepUp('data', () => app.get(PublicationService).publishData()),
    keepUp('pages', async () => {
      await publishPages(app, compared);
      compared = true;
    }),
    keepUp('ledger', () => app.get(LedgerHeadsService).publish(new Date())),
    keepPulse(),
  ];
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  // Ends a site build that is under way; what it wrote is swept up by the next.
  await app.close();
  await Promise.allSettled(rounds);
}

async function keepUp(name: WorkerRound, round: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    let pause = INTERVAL_MS;
    try {
      await round();
      pulse.done(name);
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have come while the round ran
      if (signal.aborted) return;
      logger.error(error, name);
      pulse.failed(name);
      pause = AFTER_FAILURE_MS;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** On a full disk there is no sign of life either, and that is told. */
async function keepPulse(): Promise<void> {
  while (!signal.aborted) {
    await pulse.write().catch((error: unknown) => logger.error(error, 'pulse'));
    await sleep(PULSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function publishPages(app: INestApplicationContext, compared: boolean): Promise<void> {
  const pages = app.get(PagesService);
  if (compared && (await pages.isCurrent())) return;
  await pages.publishPages();
}
