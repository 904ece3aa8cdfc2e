import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LogModule } from '../log/log.module.ts';
import { ComparedItemsRepository } from './compared-items.repository.ts';
import { ComparisonController } from './comparison.controller.ts';
import { ComparisonService } from './comparison.service.ts';
import { ItemsService } from './items.service.ts';
import { ListReaderService } from './list-reader.service.ts';
import { ListProjectionRepository } from './list-projection.repository.ts';
import { ListProjectionService } from './list-projection.service.ts';
import { ListProjectionRow, ListVersionRow } from './list-version.entity.ts';
import { ListVersionsRepository } from './list-versions.repository.ts';
import { ListsController } from './lists.controller.ts';
import { ListsService } from './lists.service.ts';
import { RegistersController } from './registers.controller.ts';
import { StandingService } from './standing.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([ListVersionRow, ListProjectionRow]), LogModule],
  controllers: [ListsController, RegistersController, ComparisonController],
  providers: [
    ListsService,
    ItemsService,
    StandingService,
    ListVersionsRepository,
    ComparedItemsRepository,
    ListProjectionRepository,
    ListProjectionService,
    ListReaderService,
    ComparisonService,
  ],
  exports: [ListsService, ItemsService, StandingService],
})
export class ListsModule {}
