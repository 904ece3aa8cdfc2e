import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.ts';
import { KeysModule } from '../keys/keys.module.ts';
import { LogModule } from '../log/log.module.ts';
import { TrustModule } from '../trust/trust.module.ts';
import { DataFilesService } from './data-files.service.ts';
import { ItemFilesService } from './item-files.service.ts';
import { LogFilesService } from './log-files.service.ts';
import { PagesService } from './pages.service.ts';
import { PublicationService } from './publication.service.ts';
import { RecordFilesService } from './record-files.service.ts';
import { RegistryFileService } from './registry-file.service.ts';
import { SignedFilesService } from './signed-files.service.ts';

@Module({
  imports: [LogModule, KeysModule, TrustModule, CertificatesModule],
  providers: [
    LogFilesService,
    ItemFilesService,
    RecordFilesService,
    SignedFilesService,
    RegistryFileService,
    DataFilesService,
    PublicationService,
    PagesService,
  ],
  exports: [PublicationService, PagesService],
})
export class PublicationModule {}
