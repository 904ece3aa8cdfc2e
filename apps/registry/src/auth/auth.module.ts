import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { AccountChange } from './account-change.entity.ts';
import { Account } from './account.entity.ts';
import { AccountsService } from './accounts.service.ts';
import { AuthController } from './auth.controller.ts';
import { AuthService } from './auth.service.ts';
import { Session } from './session.entity.ts';

@Module({
  imports: [TypeOrmModule.forFeature([Account, AccountChange, Session]), LedgerModule],
  controllers: [AuthController],
  providers: [AuthService, AccountsService, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AuthService, AccountsService],
})
export class AuthModule {}
