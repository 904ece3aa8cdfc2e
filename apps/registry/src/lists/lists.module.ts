import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LogModule } from '../log/log.module.ts';
import { ItemsService } from './items.service.ts';
import { ListReaderService } from './list-reader.service.ts';
import { ListVersionRow } from './list-version.entity.ts';
import { ListsController } from './lists.controller.ts';
import { ListsService } from './lists.service.ts';
import { StandingService } from './standing.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([ListVersionRow]), LogModule],
  controllers: [ListsController],
  providers: [ListsService, ItemsService, StandingService, ListReaderService],
  exports: [ListsService, ItemsService, StandingService],
})
export class ListsModule {}
