import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeysModule } from '../keys/keys.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { CertificateRow } from './certificate.entity.ts';
import { CertificateTypesService } from './certificate-types.service.ts';
import { CertificateReadingService } from './certificate-reading.service.ts';
import { CertificatesController } from './certificates.controller.ts';
import { CertificatesRepository } from './certificates.repository.ts';
import { CertificatesService } from './certificates.service.ts';
import { Continuation } from './continuation.entity.ts';
import { ContinuationService } from './continuation.service.ts';
import { DocumentsService } from './documents.service.ts';
import { IssueService } from './issue.service.ts';
import { IssueTransactionsService } from './issue-transactions.service.ts';
import { LostRevocation } from './lost-revocation.entity.ts';
import { MandateService } from './mandate.service.ts';
import { Revocation } from './revocation.entity.ts';
import { RevokeService } from './revoke.service.ts';
import { StatusListService } from './status-list.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([CertificateRow, Revocation, Continuation, LostRevocation]),
    KeysModule,
    LedgerModule,
    ListsModule,
    LogModule,
    OrgansModule,
  ],
  controllers: [CertificatesController],
  providers: [
    CertificateReadingService,
    CertificateTypesService,
    CertificatesRepository,
    CertificatesService,
    ContinuationService,
    DocumentsService,
    IssueService,
    IssueTransactionsService,
    MandateService,
    RevokeService,
    StatusListService,
  ],
  exports: [
    CertificateReadingService,
    CertificateTypesService,
    CertificatesService,
    ContinuationService,
    IssueService,
    RevokeService,
    StatusListService,
  ],
})
export class CertificatesModule {}
