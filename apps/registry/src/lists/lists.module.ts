import { Module } from '@nestjs/common';
import { LogModule } from '../log/log.module.ts';
import { ListsService } from './lists.service.ts';

@Module({ imports: [LogModule], providers: [ListsService], exports: [ListsService] })
export class ListsModule {}
