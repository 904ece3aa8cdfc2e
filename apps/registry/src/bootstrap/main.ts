import 'reflect-metadata';
import { loadConfig, PROGRAM_VERSION } from '../config/config.ts';
import { createApp } from './create-app.ts';
import { openDataFolder } from '../files/data-folder.ts';
import { endWithSupervisor } from '../runtime/supervised.ts';
import { createLog } from '../telemetry/logger.ts';
import { endOnUncaught } from '../telemetry/uncaught.ts';

const config = loadConfig();
const log = createLog(config, 'api');
endOnUncaught(log.logger);
log.logger.info({ event: 'started', version: PROGRAM_VERSION });
await openDataFolder(config, (line) => log.logger.warn({ event: 'data-folder' }, line));
const app = await createApp(config, log);
await app.listen(config.port, config.listen);
endWithSupervisor(() => void app.close().then(() => process.exit(0)));
