import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { HealthController } from './health.controller.ts';
import { HealthService } from './health.service.ts';
import { KeyChecksService } from './key-checks.service.ts';
import { PublicationChecksService } from './publication-checks.service.ts';

/** Whether the registry can serve, and what somebody should look at. */
@Module({
  imports: [KeysModule, ListsModule, LogModule],
  controllers: [HealthController],
  providers: [HealthService, KeyChecksService, PublicationChecksService],
})
export class HealthModule {}
