// A process that lists one item after the other and publishes each, until somebody kills it. Run by publication-kill.spec.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../apps/registry/src/bootstrap/app.module.ts';
import { loadConfig } from '../../apps/registry/src/config/config.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { manyItems, putActs } from './list-changes.ts';

const first = Number(process.argv[2]);
const app = await NestFactory.createApplicationContext(AppModule.register(loadConfig(), { kind: 'http' }), {
  logger: ['error'],
});
process.stdout.write('ready\n');
for (let number = first; ; number += 30) {
  await putActs(app, manyItems(30, number));
  await app.get(PublicationService).publishData();
}
