import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LedgerHeadsService } from '../auditing/ledger-heads.service.ts';
import { AppModule } from './app.module.ts';
import { loadConfig, PROGRAM_VERSION } from '../config/config.ts';
import { PagesService } from '../publication/pages.service.ts';
import { PublicationService } from '../publication/publication.service.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { endWithSupervisor } from '../runtime/supervised.ts';
import { endOnUncaught } from '../telemetry/uncaught.ts';
import { createLog } from '../telemetry/logger.ts';
import { NestLogger } from '../telemetry/nest-logger.ts';

// Data files go out within seconds of an event.
const INTERVAL_MS = 1_000;
// What fails once will mostly fail again at once: a full disk must not fill the log as well.
const AFTER_FAILURE_MS = 15_000;

/**
 * Brings the published files up to date with the database, for as long as it runs. It works from the state it finds, not
 * from messages: whatever was missed, by this process or one that crashed, is done in the next round.
 */
const config = loadConfig();
const log = createLog(config, 'worker');
endOnUncaught(log.logger);
log.logger.info({ event: 'started', version: PROGRAM_VERSION });
await openDataFolder(config, (line) => log.logger.warn({ event: 'data-folder' }, line));
const app = await NestFactory.createApplicationContext(AppModule.register(config, { kind: 'worker' }), {
  logger: new NestLogger(log.logger),
});
const logger = new Logger('worker');
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort());
endWithSupervisor(() => stopping.abort());

/** Pages of an older version of this program say so to nobody but its build: once for each start it is asked. */
let compared = false;
const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
const rounds = [
  keepUp('data', () => app.get(PublicationService).publishData()),
  keepUp('pages', publishPages),
  keepUp('ledger', () => app.get(LedgerHeadsService).publish(new Date())),
];
await stopped;
// Ends a site build that is under way; what it wrote is swept up by the next.
await app.close();
await Promise.allSettled(rounds);
process.exit(0);

async function keepUp(name: string, round: () => Promise<unknown>): Promise<void> {
  while (!stopping.signal.aborted) {
    let pause = INTERVAL_MS;
    try {
      await round();
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have come while the round ran
      if (stopping.signal.aborted) return;
      logger.error(error, name);
      pause = AFTER_FAILURE_MS;
    }
    await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

async function publishPages(): Promise<void> {
  const pages = app.get(PagesService);
  if (compared && (await pages.isCurrent())) return;
  await pages.publishPages();
  compared = true;
}
