import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts/drafts.module.ts';
import { ListsModule } from '../lists/lists.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { DraftHealthController } from './draft-health.controller.ts';
import { DraftHealthService } from './draft-health.service.ts';
import { ListedFindingsController } from './listed-findings.controller.ts';
import { ListedFindingsService } from './listed-findings.service.ts';
import { ListHealthModule } from './list-health.module.ts';

@Module({
  imports: [DraftsModule, ListsModule, OrgansModule, ListHealthModule],
  controllers: [DraftHealthController, ListedFindingsController],
  providers: [DraftHealthService, ListedFindingsService],
  exports: [ListHealthModule],
})
export class DraftHealthModule {}
