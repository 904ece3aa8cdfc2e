import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.ts';
import { ItemsService } from './items.service.ts';
import { ListReaderService } from './list-reader.service.ts';
import { ListsController } from './lists.controller.ts';
import { ListsService } from './lists.service.ts';

@Module({
  imports: [LogModule],
  controllers: [ListsController],
  providers: [ListsService, ItemsService, ListReaderService],
  exports: [ListsService, ItemsService],
})
export class ListsModule {}
