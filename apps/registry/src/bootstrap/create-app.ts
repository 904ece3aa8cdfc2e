import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.ts';
import type { Config } from '../config/config.ts';
import { METRICS_PATH, MetricsModule } from '../metrics/metrics.module.ts';
import { registerServerRules } from '../http/server-rules.ts';
import { serverOptions } from '../http/server-options.ts';
import { createLog, type ProcessLog } from '../telemetry/logger.ts';
import { Measures } from '../telemetry/measures.ts';
import { NestLogger } from '../telemetry/nest-logger.ts';
import { registerUploadBodies } from '../imports/upload-bodies.ts';
import { registerStaticFiles } from '../front/static-files.ts';
import { describeApi } from '../http/api-document.ts';
import { openRequest } from '../http/front-request.ts';
import { registerUnreadBodies } from '../http/unread-bodies.ts';
import { registerEntityTags } from '../http/entity-tag.ts';
import { registerJsonBodies } from '../http/json-body.ts';

/**
 * The API, not yet listening: below /api, its description at /api/docs. It serves the published files as well: of a front
 * before it nobody asks it for them, and where one process has to do, it is enough.
 */
export async function createApp(
  config: Config,
  { logger, lostLines }: ProcessLog = createLog(config, 'api'),
): Promise<NestFastifyApplication> {
  const measures = new Measures('api', lostLines);
  const { frontSecret } = config;
  const adapter = new FastifyAdapter({
    ...serverOptions(config, logger),
    // Called before anything else looks at a request: what only the front can have said is all that is left of it, so that it
    // may be believed. Whose X-Forwarded-* the front believes is said to the front.
    ...(frontSecret !== undefined && {
      genReqId: (request: IncomingMessage) => openRequest(request, frontSecret),
      trustProxy: true,
    }),
  });
  const server = adapter.getInstance();
  registerServerRules(server, { config, logger, observe: (request) => measures.observe(request) });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(config, { kind: 'http' }, [MetricsModule.register(measures)]),
    adapter,
    {
      logger: new NestLogger(logger),
      abortOnError: false,
      // Fastify's own parser for JSON alone: a form of another site could send what Nest's would also take.
      bodyParser: false,
    },
  );
  registerUnreadBodies(server);
  registerJsonBodies(server);
  registerUploadBodies(server);
  app.setGlobalPrefix('api', { exclude: [METRICS_PATH] });
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  registerEntityTags(server);
  await registerStaticFiles(server, config);
  return app;
}
