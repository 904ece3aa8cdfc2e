import { Module } from '@nestjs/common';
import { DraftsModule } from '../drafts/drafts.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { DraftHealthController } from './draft-health.controller.ts';
import { DraftHealthService } from './draft-health.service.ts';
import { ListHealthModule } from './list-health.module.ts';

@Module({
  imports: [DraftsModule, OrgansModule, ListHealthModule],
  controllers: [DraftHealthController],
  providers: [DraftHealthService],
  exports: [ListHealthModule],
})
export class DraftHealthModule {}
