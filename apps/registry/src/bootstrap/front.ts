import { loadConfig, PROGRAM_VERSION } from '../config/config.ts';
import { ApiPlace } from '../front/api-place.ts';
import { createFront } from '../front/create-front.ts';
import { endWhenAsked, listenToSupervisor } from '../runtime/supervised.ts';
import { createLog } from '../telemetry/logger.ts';
import { endOnUncaught } from '../telemetry/uncaught.ts';

const config = loadConfig();
const log = createLog(config, 'front');
endOnUncaught(log.logger);
log.logger.info({ event: 'started', version: PROGRAM_VERSION });
const place = new ApiPlace(config.apiUrl);
listenToSupervisor(({ apiUrl }) => (place.url = apiUrl));
const server = await createFront(config, place, log);
endWhenAsked(() => void server.close().then(() => process.exit(0)));
await server.listen({ port: config.port, host: config.listen });
