import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ListsModule } from '../lists/lists.module.ts';
import { OrgansModule } from '../organs/organs.module.ts';
import { ImportSource } from './import-source.entity.ts';
import { ImportsRepository } from './imports.repository.ts';
import { ImportsService } from './imports.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([ImportSource]), ListsModule, OrgansModule],
  providers: [ImportsService, ImportsRepository],
  exports: [ImportsService],
})
export class ImportsModule {}
