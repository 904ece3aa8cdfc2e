import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Act } from './act.entity.ts';
import { ActLink, LedgerHead, UnchainedAct } from './act-link.entity.ts';
import { ChainRepository } from './chain.repository.ts';
import { ChainService } from './chain.service.ts';
import { LedgerService } from './ledger.service.ts';
import { RecordedInterceptor } from './recorded.interceptor.ts';

@Module({
  imports: [TypeOrmModule.forFeature([Act, ActLink, UnchainedAct, LedgerHead])],
  providers: [
    LedgerService,
    ChainRepository,
    ChainService,
    { provide: APP_INTERCEPTOR, useClass: RecordedInterceptor },
  ],
  exports: [LedgerService, ChainService],
})
export class LedgerModule {}
