import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { LogModule } from '../log/log.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { DraftChangesController } from './draft-changes.controller.ts';
import { DraftChangeRow } from './draft-change.entity.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftComparisonService } from './draft-comparison.service.ts';
import { DraftEditingService } from './draft-editing.service.ts';
import { DraftEditionService } from './draft-edition.service.ts';
import { DraftEntriesService } from './draft-entries.service.ts';
import { DraftEntryRow, DraftEventRow } from './draft-event.entity.ts';
import { DraftGateService } from './draft-gate.service.ts';
import { DraftKeysService } from './draft-keys.service.ts';
import { DraftMissingService } from './draft-missing.service.ts';
import { DraftPairsService } from './draft-pairs.service.ts';
import { DraftOverruleRow } from './draft-overrule.entity.ts';
import { DraftOverrulesController } from './draft-overrules.controller.ts';
import { DraftOverrulesRepository } from './draft-overrules.repository.ts';
import { DraftOverrulesService } from './draft-overrules.service.ts';
import { DraftPublicationService } from './draft-publication.service.ts';
import { DraftQuestionsController } from './draft-questions.controller.ts';
import { DraftQuestionsRepository } from './draft-questions.repository.ts';
import { DraftQuestionsService } from './draft-questions.service.ts';
import { DraftReadingService } from './draft-reading.service.ts';
import { DraftReplacementService } from './draft-replacement.service.ts';
import { DraftStepsController } from './draft-steps.controller.ts';
import { DraftStepsService } from './draft-steps.service.ts';
import { DraftWritingService } from './draft-writing.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftRow } from './draft.entity.ts';
import { DraftsController } from './drafts.controller.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { DraftsService } from './drafts.service.ts';
import { OrganDraftsService } from './organ-drafts.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([DraftRow, DraftChangeRow, DraftEventRow, DraftEntryRow, DraftOverruleRow]),
    AuthModule,
    LedgerModule,
    ListsModule,
    LogModule,
    OrgansModule,
  ],
  controllers: [
    DraftsController,
    DraftStepsController,
    DraftChangesController,
    DraftQuestionsController,
    DraftOverrulesController,
  ],
  providers: [
    DraftsService,
    DraftReadingService,
    DraftComparisonService,
    DraftEditingService,
    DraftReplacementService,
    DraftWritingService,
    DraftChecksService,
    DraftStepsService,
    DraftPublicationService,
    DraftEntriesService,
    DraftEditionService,
    DraftKeysService,
    DraftQuestionsService,
    DraftPairsService,
    DraftMissingService,
    DraftGateService,
    DraftOverrulesService,
    DraftOverrulesRepository,
    OrganDraftsService,
    DraftsRepository,
    DraftTrailRepository,
    DraftQuestionsRepository,
  ],
  exports: [
    DraftsService,
    DraftReadingService,
    DraftEditingService,
    DraftReplacementService,
    DraftStepsService,
    DraftPublicationService,
    DraftQuestionsService,
    DraftPairsService,
    DraftMissingService,
    DraftOverrulesService,
    OrganDraftsService,
  ],
})
export class DraftsModule {}
