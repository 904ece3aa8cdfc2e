import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module.ts';
import type { Config } from '../config/config.ts';
import { registerUploadBodies } from '../imports/upload-bodies.ts';
import { registerStaticFiles } from '../front/static-files.ts';
import { openRequest } from '../http/front-request.ts';
import { registerUnreadBodies } from '../http/unread-bodies.ts';
import { registerEntityTags } from '../http/entity-tag.ts';

const BODY_LIMIT = 1024 * 1024;

/**
 * The API, not yet listening: below /api, its description at /api/docs. It serves the published files as well: of a front
 * before it nobody asks it for them, and where one process has to do, it is enough.
 */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const { frontSecret } = config;
  const adapter = new FastifyAdapter({
    // Called before anything else looks at a request. Ids of our own making, or of the front's: one that a client sends
    // could forge lines in the log.
    genReqId: (request: IncomingMessage) =>
      frontSecret === undefined ? randomUUID() : openRequest(request, frontSecret),
    bodyLimit: BODY_LIMIT,
    // What only the front can have said is all that `openRequest` leaves.
    trustProxy: frontSecret !== undefined,
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
  registerUnreadBodies(adapter.getInstance());
  registerUploadBodies(adapter.getInstance());
  app.setGlobalPrefix('api');
  const description = new DocumentBuilder()
    .setTitle('明权 Mandate API')
    .setDescription('权责清单与电子证照登记簿。公开的读取不需登录；发证需登录。')
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.0.3')
    .addCookieAuth('mandate_session')
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  registerEntityTags(adapter.getInstance());
  await registerStaticFiles(adapter.getInstance(), config);
  return app;
}
