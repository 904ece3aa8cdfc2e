import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.ts';
import { DraftsModule } from '../drafts/drafts.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { ListHealthModule } from '../list-health/list-health.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { AlreadyListedService } from './already-listed.service.ts';
import { AuthorityPlanService } from './authority-plan.service.ts';
import { DiscretionPlanService } from './discretion-plan.service.ts';
import { FileReaderService } from './file-reader.service.ts';
import { ImportDraftsService } from './import-drafts.service.ts';
import { ImportPlacesService } from './import-places.service.ts';
import { ImportMapping } from './import-mapping.entity.ts';
import { ImportMappingsService } from './import-mappings.service.ts';
import { ImportRegionsService } from './import-regions.service.ts';
import { ImportSource } from './import-source.entity.ts';
import { ImportsController } from './imports.controller.ts';
import { ImportsRepository } from './imports.repository.ts';
import { ImportsService } from './imports.service.ts';
import { LeftoverItemsService } from './leftover-items.service.ts';
import { ListImportService } from './list-import.service.ts';
import { ListOwnersService } from './list-owners.service.ts';
import { ListPlansService } from './list-plans.service.ts';
import { MappingsController } from './mappings.controller.ts';
import { NegativePlanService } from './negative-plan.service.ts';
import { TemplatesService } from './templates.service.ts';
import { UploadsService } from './uploads.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([ImportSource, ImportMapping]),
    AuthModule,
    DraftsModule,
    LedgerModule,
    ListHealthModule,
    ListsModule,
    LogModule,
    OrgansModule,
  ],
  controllers: [ImportsController, MappingsController],
  providers: [
    ImportsService,
    ImportMappingsService,
    TemplatesService,
    UploadsService,
    FileReaderService,
    ListPlansService,
    ListOwnersService,
    ListImportService,
    ImportDraftsService,
    ImportPlacesService,
    ImportRegionsService,
    AuthorityPlanService,
    LeftoverItemsService,
    NegativePlanService,
    DiscretionPlanService,
    AlreadyListedService,
    ImportsRepository,
  ],
  exports: [ImportsService, FileReaderService, TemplatesService],
})
export class ImportsModule {}
