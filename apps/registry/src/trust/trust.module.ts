import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { EnrolmentService } from './enrolment.service.ts';
import { TrustListService } from './trust-list.service.ts';

@Module({
  imports: [KeysModule, LedgerModule, ListsModule, LogModule, OrgansModule],
  providers: [EnrolmentService, TrustListService],
  exports: [EnrolmentService, TrustListService],
})
export class TrustModule {}
