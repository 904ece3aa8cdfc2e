import { loadConfig } from '../config/config.ts';
import { ApiPlace } from '../front/api-place.ts';
import { createFront } from '../front/create-front.ts';
import { endWhenAsked, listenToSupervisor } from '../runtime/supervised.ts';

const config = loadConfig();
const place = new ApiPlace(config.apiUrl);
listenToSupervisor(({ apiUrl }) => (place.url = apiUrl));
const server = await createFront(config, place);
endWhenAsked(() => void server.close().then(() => process.exit(0)));
await server.listen({ port: config.port, host: config.listen });
