import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.ts';
import type { Config } from '../config/config.ts';
import { registerUploadBodies } from '../imports/upload-bodies.ts';
import { registerStaticFiles } from '../publication/static-files.ts';
import { describeApi } from '../http/api-document.ts';
import { registerEntityTags } from '../http/entity-tag.ts';
import { registerJsonBodies } from '../http/json-body.ts';
import { answerRouterRefusal, MOST_PARAMETER_CHARACTERS } from '../http/router-refusals.ts';

const BODY_LIMIT = 1024 * 1024;

/** The HTTP side of the registry, not yet listening: the API below /api, its description at /api/docs, the site at /. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  // Ids of our own making: one that a client sends could forge lines in the log.
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    trustProxy: false,
    routerOptions: { maxParamLength: MOST_PARAMETER_CHARACTERS },
    frameworkErrors: answerRouterRefusal,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(config, { kind: 'http' }),
    adapter,
    {
      logger: ['error', 'warn'],
      abortOnError: false,
      // Fastify's own parser for JSON alone: a form of another site could send what Nest's would also take.
      bodyParser: false,
    },
  );
  registerJsonBodies(adapter.getInstance());
  registerUploadBodies(adapter.getInstance());
  app.setGlobalPrefix('api');
  app.enableShutdownHooks();
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  registerEntityTags(adapter.getInstance());
  await registerStaticFiles(adapter.getInstance(), config);
  return app;
}
