import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '../config/config.ts';
import { waitForDatabase } from '../database/wait-for-database.ts';
import { BEHIND_FRONT } from '../runtime/supervised.ts';
import { createApp } from './create-app.ts';
import { endWhenAsked, listenToSupervisor, tellSupervisor } from '../runtime/supervised.ts';

const config = loadConfig();
const stopping = new AbortController();
let app: NestFastifyApplication | undefined;
listenToSupervisor();
endWhenAsked(() => {
  stopping.abort();
  void Promise.resolve(app?.close()).finally(() => process.exit(0));
});
if (config.databaseUrl === undefined) throw new Error('no database: open the embedded one first');
if (await waitForDatabase(config.databaseUrl, stopping.signal, (line) => console.log(`API: ${line}`))) {
  const behindFront = process.argv.includes(BEHIND_FRONT);
  const made = (app = await createApp(config));
  // Behind the front nobody else has to know the port.
  await made.listen(behindFront ? 0 : config.port, behindFront ? '127.0.0.1' : config.listen);
  tellSupervisor({ type: 'listening', url: await made.getUrl() });
}
