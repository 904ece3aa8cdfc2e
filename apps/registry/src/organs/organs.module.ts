import { Module } from '@nestjs/common';
import { ListsModule } from '../lists/lists.module.ts';
import { OrgansService } from './organs.service.ts';

@Module({ imports: [ListsModule], providers: [OrgansService], exports: [OrgansService] })
export class OrgansModule {}
