import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeysModule } from '../keys/keys.module.ts';
import { BlobRow } from './blob.entity.ts';
import { CheckpointRow } from './checkpoint.entity.ts';
import { EntryRow } from './entry.entity.ts';
import { LogAdoptionService } from './log-adoption.service.ts';
import { LogController } from './log.controller.ts';
import { LogRow } from './log.entity.ts';
import { LogHashRow } from './log-hash.entity.ts';
import { LogIdentityService } from './log-identity.service.ts';
import { LogLeafRow } from './log-leaf.entity.ts';
import { LogRepository } from './log.repository.ts';
import { LogService } from './log.service.ts';
import { PublishedDoorService } from './published-door.service.ts';
import { SequencerService } from './sequencer.service.ts';
import { UnsequencedEntryRow } from './unsequenced-entry.entity.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      LogRow,
      BlobRow,
      EntryRow,
      LogLeafRow,
      LogHashRow,
      CheckpointRow,
      UnsequencedEntryRow,
    ]),
    KeysModule,
  ],
  controllers: [LogController],
  providers: [
    LogRepository,
    LogIdentityService,
    PublishedDoorService,
    SequencerService,
    LogAdoptionService,
    LogService,
  ],
  exports: [LogService, LogAdoptionService],
})
export class LogModule {}
