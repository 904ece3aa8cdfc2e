import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { LogModule } from '../log/log.module.ts';
import { KeyUseService } from './key-use.service.ts';
import { LedgerController } from './ledger.controller.ts';
import { LedgerHeadsService } from './ledger-heads.service.ts';
import { LedgerReadingService } from './ledger-reading.service.ts';
import { LedgerVerificationService } from './ledger-verification.service.ts';

/** What an auditor does with the ledger, and what holds it fast. */
@Module({
  imports: [AuthModule, KeysModule, LedgerModule, LogModule],
  controllers: [LedgerController],
  providers: [KeyUseService, LedgerHeadsService, LedgerReadingService, LedgerVerificationService],
  exports: [LedgerHeadsService, LedgerReadingService, LedgerVerificationService],
})
export class AuditingModule {}
