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
import { registerStaticFiles } from '../publication/static-files.ts';
import { describeApi } from '../http/api-document.ts';
import { registerEntityTags } from '../http/entity-tag.ts';
import { registerJsonBodies } from '../http/json-body.ts';

/** The HTTP side of the registry, not yet listening: the API below /api, its description at /api/docs, the site at /. */
export async function createApp(
  config: Config,
  { logger, lostLines }: ProcessLog = createLog(config, 'api'),
): Promise<NestFastifyApplication> {
  const measures = new Measures('api', lostLines);
  const adapter = new FastifyAdapter(serverOptions(config, logger));
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
  registerJsonBodies(server);
  registerUploadBodies(server);
  app.setGlobalPrefix('api', { exclude: [METRICS_PATH] });
  app.enableShutdownHooks();
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  registerEntityTags(server);
  await registerStaticFiles(server, config);
  return app;
}
