import 'reflect-metadata';
import { loadConfig } from './config/config.ts';
import { createApp } from './http/create-app.ts';

const config = loadConfig();
const app = await createApp(config);
await app.listen(config.port, config.listen);
// Started by `mandate start`: without the supervisor nobody would stop this process, nor the database below it.
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.send?.('ready');
