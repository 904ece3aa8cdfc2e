import 'reflect-metadata';
import { loadConfig } from '../config/config.ts';
import { createApp } from './create-app.ts';
import { endWithSupervisor } from '../runtime/supervised.ts';

const config = loadConfig();
const app = await createApp(config);
await app.listen(config.port, config.listen);
endWithSupervisor(() => void app.close().then(() => process.exit(0)));
