import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.ts';
import { LedgerModule } from '../ledger/ledger.module.ts';
import { AccountChange } from './account-change.entity.ts';
import { AccountChangesController } from './account-changes.controller.ts';
import { AccountController } from './account.controller.ts';
import { Account } from './account.entity.ts';
import { AccountEmergencyService } from './account-emergency.service.ts';
import { AccountsController } from './accounts.controller.ts';
import { AccountsService } from './accounts.service.ts';
import { ActivationService } from './activation.service.ts';
import { AuthController } from './auth.controller.ts';
import { AuthService } from './auth.service.ts';
import { PasswordCheckService } from './password-check.service.ts';
import { PasswordHasher } from './password-hasher.ts';
import { PasswordService } from './password.service.ts';
import { RefusedSignIns } from './refused-sign-ins.service.ts';
import { Session } from './session.entity.ts';
import { SessionsService } from './sessions.service.ts';
import { SignInAttempts } from './sign-in-attempts.ts';
import { SignInCounter } from './sign-in-counter.entity.ts';
import { SignInCounters } from './sign-in-counters.ts';
import { SignInKeys } from './sign-in-keys.ts';
import { SignInPlace } from './sign-in-place.entity.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([Account, AccountChange, Session, SignInCounter, SignInPlace]),
    LedgerModule,
  ],
  controllers: [AuthController, AccountController, AccountsController, AccountChangesController],
  providers: [
    AuthService,
    AccountsService,
    AccountEmergencyService,
    ActivationService,
    PasswordService,
    SessionsService,
    PasswordCheckService,
    PasswordHasher,
    RefusedSignIns,
    SignInAttempts,
    SignInCounters,
    SignInKeys,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    AuthService,
    AccountsService,
    AccountEmergencyService,
    ActivationService,
    PasswordService,
    SessionsService,
  ],
})
export class AuthModule {}
