import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiSchemas } from '../http/api-schemas.ts';
import { Caller, CallerSession, RegistryRoles } from './access.ts';
import { AccountEmergencyService } from './account-emergency.service.ts';
import { normalizedLogin } from './account-rows.ts';
import { Account } from './account.entity.ts';
import { AccountsService } from './accounts.service.ts';
import {
  AccountParams,
  DisablingBody,
  EndedSessions,
  ListedAccounts,
  OpenSessions,
  RequestedChange,
  RequestedReset,
  SessionParams,
  UnlockingBody,
} from './auth.dto.ts';
import { AuthService } from './auth.service.ts';
import { openSessions } from './session-view.ts';
import { SessionsService } from './sessions.service.ts';

/** What the registry does with the accounts of officials. */
@ApiTags('账号')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly auth: AuthService,
    private readonly accounts: AccountsService,
    private readonly emergency: AccountEmergencyService,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @RegistryRoles('editor', 'reviewer', 'auditor')
  @ApiSchemas({ summary: '全部账号', response: ListedAccounts })
  async list(): Promise<ListedAccounts> {
    const accounts = await this.auth.accounts();
    return {
      accounts: accounts.map(({ login, displayName, organ, roles, demo, disabledAt, activation }) => ({
        login,
        displayName,
        organ,
        roles,
        demo,
        disabledAt: disabledAt?.toISOString() ?? null,
        activated: (activation ?? null) === null,
      })),
    };
  }

  @Post(':login/reset')
  @RegistryRoles('editor')
  @ApiSchemas({
    summary: '申请重设密码，由另一人批准',
    params: AccountParams,
    response: RequestedReset,
    status: 201,
  })
  async requestReset(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Caller() actor: Account,
  ) {
    return { ...(await this.accounts.requestReset(actor, login)), login: normalizedLogin(login) };
  }

  @Post(':login/enabling')
  @RegistryRoles('editor')
  @ApiSchemas({
    summary: '申请恢复已停用的账号，由另一人批准',
    params: AccountParams,
    response: RequestedChange,
    status: 201,
  })
  async requestEnabling(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Caller() actor: Account,
  ) {
    return { change: await this.accounts.requestEnabling(actor, login), login: normalizedLogin(login) };
  }

  @Post(':login/disabling')
  @RegistryRoles('editor', 'reviewer')
  @HttpCode(204)
  @ApiSchemas({
    summary: '立即停用账号，终止其全部会话',
    params: AccountParams,
    body: DisablingBody,
    status: 204,
  })
  async disable(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Body({ schema: DisablingBody }) { reason }: DisablingBody,
    @Caller() actor: Account,
  ) {
    await this.emergency.disable(actor, login, reason);
  }

  @Post(':login/unlocking')
  @RegistryRoles('editor', 'reviewer')
  @HttpCode(204)
  @ApiSchemas({
    summary: '解除输错密码后的登录限制',
    params: AccountParams,
    body: UnlockingBody,
    status: 204,
  })
  async unlock(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Body({ schema: UnlockingBody }) { address }: UnlockingBody,
    @Caller() actor: Account,
  ) {
    await this.emergency.unlock(actor, login, address);
  }

  @Get(':login/sessions')
  @RegistryRoles('editor', 'reviewer', 'auditor')
  @ApiSchemas({ summary: '一个账号的会话', params: AccountParams, response: OpenSessions })
  async listSessions(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Caller() actor: Account,
    @CallerSession() session: string,
  ) {
    return openSessions(await this.sessions.list(actor, await this.auth.getAccount(login)), session);
  }

  @Delete(':login/sessions')
  @RegistryRoles('editor', 'reviewer')
  @ApiSchemas({ summary: '终止一个账号的全部会话', params: AccountParams, response: EndedSessions })
  async revokeAll(@Param('login', { schema: AccountParams.login }) login: string, @Caller() actor: Account) {
    return { ended: await this.sessions.revokeAll(actor, await this.auth.getAccount(login)) };
  }

  @Delete(':login/sessions/:id')
  @RegistryRoles('editor', 'reviewer')
  @HttpCode(204)
  @ApiSchemas({
    summary: '终止一个账号的一个会话',
    params: { ...AccountParams, ...SessionParams },
    status: 204,
  })
  async revoke(
    @Param('login', { schema: AccountParams.login }) login: string,
    @Param('id', { schema: SessionParams.id }) id: string,
    @Caller() actor: Account,
  ) {
    await this.sessions.revoke(actor, await this.auth.getAccount(login), id);
  }
}
