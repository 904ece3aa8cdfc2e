import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, PROGRAM_VERSION } from '../config/config.ts';
import { waitForDatabase } from '../database/wait-for-database.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { boundHeapGrowth } from '../runtime/heap-growth.ts';
import { BEHIND_FRONT, endWhenAsked, listenToSupervisor, tellSupervisor } from '../runtime/supervised.ts';
import { createLog } from '../telemetry/logger.ts';
import { endOnUncaught } from '../telemetry/uncaught.ts';
import { createApp } from './create-app.ts';

boundHeapGrowth();
const config = loadConfig();
const log = createLog(config, 'api');
endOnUncaught(log.logger);
log.logger.info({ event: 'started', version: PROGRAM_VERSION });
const stopping = new AbortController();
let app: NestFastifyApplication | undefined;
listenToSupervisor();
endWhenAsked(() => {
  stopping.abort();
  void Promise.resolve(app?.close()).finally(() => process.exit(0));
});
if (config.databaseUrl === undefined) throw new Error('no database: open the embedded one first');
await openDataFolder(config, (line) => log.logger.warn({ event: 'data-folder' }, line));
const say = (line: string): void => log.logger.warn({ event: 'waiting' }, line);
if (await waitForDatabase(config.databaseUrl, stopping.signal, say)) {
  const behindFront = process.argv.includes(BEHIND_FRONT);
  const made = (app = await createApp(config, log));
  // Behind the front nobody else has to know the port.
  await made.listen(behindFront ? 0 : config.port, behindFront ? '127.0.0.1' : config.listen);
  tellSupervisor({ type: 'listening', url: await made.getUrl() });
}
