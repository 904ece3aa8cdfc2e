import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Act } from './act.entity.ts';
import { LedgerService } from './ledger.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([Act])],
  providers: [LedgerService],
  exports: [LedgerService],
})
export class LedgerModule {}
