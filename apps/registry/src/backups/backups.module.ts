import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { BackupService } from './backup.service.ts';
import { RecoveryService } from './recovery.service.ts';

@Module({
  imports: [LogModule, ListsModule, CertificatesModule, KeysModule, LedgerModule],
  providers: [BackupService, RecoveryService],
  exports: [BackupService, RecoveryService],
})
export class BackupsModule {}
