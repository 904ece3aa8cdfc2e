import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { DraftChangesController } from './draft-changes.controller.ts';
import { DraftChangeRow } from './draft-change.entity.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftComparisonService } from './draft-comparison.service.ts';
import { DraftDeskService } from './draft-desk.service.ts';
import { DraftEditingService } from './draft-editing.service.ts';
import { DraftEntryRow, DraftEventRow } from './draft-event.entity.ts';
import { DraftPublicationService } from './draft-publication.service.ts';
import { DraftReviewService } from './draft-review.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftRow } from './draft.entity.ts';
import { DraftsController } from './drafts.controller.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { DraftsService } from './drafts.service.ts';
import { OrganDraftsService } from './organ-drafts.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([DraftRow, DraftChangeRow, DraftEventRow, DraftEntryRow]),
    AuthModule,
    ListsModule,
    LogModule,
    OrgansModule,
  ],
  controllers: [DraftsController, DraftChangesController],
  providers: [
    DraftDeskService,
    DraftComparisonService,
    DraftsService,
    DraftEditingService,
    DraftReviewService,
    DraftPublicationService,
    DraftChecksService,
    OrganDraftsService,
    DraftsRepository,
    DraftTrailRepository,
  ],
  exports: [DraftsService, DraftEditingService, DraftDeskService, OrganDraftsService],
})
export class DraftsModule {}
