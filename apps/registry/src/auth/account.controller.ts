import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { Caller, CallerSession, Public, SignedIn } from './access.ts';
import { Account } from './account.entity.ts';
import { ActivationService } from './activation.service.ts';
import { ActivationBody, EndedSessions, OpenSessions, PasswordBody, SessionParams } from './auth.dto.ts';
import { PasswordService } from './password.service.ts';
import { deviceToken } from './session-cookie.ts';
import { openSessions } from './session-view.ts';
import { SessionsService } from './sessions.service.ts';
import { setSignInCookies } from './set-cookies.ts';
import { signInOrigin } from './sign-in-origin.ts';

/** What officials do with their own account. */
@ApiTags('账号')
@Controller('account')
export class AccountController {
  constructor(
    private readonly passwords: PasswordService,
    private readonly activation: ActivationService,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  @Put('password')
  @SignedIn()
  @HttpCode(204)
  @ApiSchemas({
    summary: '修改自己的密码；其他会话随之结束，本会话换新的令牌（见 Set-Cookie）',
    body: PasswordBody,
    status: 204,
  })
  async changePassword(
    @Body({ schema: PasswordBody }) body: PasswordBody,
    @Caller() account: Account,
    @CallerSession() session: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const origin = signInOrigin(request.ip, deviceToken(request));
    setSignInCookies(reply, this.config, await this.passwords.change(account, body, { origin, session }));
  }

  @Post('activation')
  @Public()
  @HttpCode(204)
  @ApiSchemas({
    summary: '本人用两半启用码设定密码：新账号，或已批准重设密码的账号',
    body: ActivationBody,
    status: 204,
  })
  async activate(@Body({ schema: ActivationBody }) { login, codes, password }: ActivationBody) {
    await this.activation.activate(login, codes, password);
  }

  @Get('sessions')
  @SignedIn()
  @ApiSchemas({ summary: '自己的会话', response: OpenSessions })
  async list(@Caller() account: Account, @CallerSession() session: string) {
    return openSessions(await this.sessions.list(account, account), session);
  }

  @Delete('sessions')
  @SignedIn()
  @ApiSchemas({ summary: '结束自己的其他会话', response: EndedSessions })
  async revokeOthers(@Caller() account: Account, @CallerSession() session: string) {
    return { ended: await this.sessions.revokeAll(account, account, session) };
  }

  @Delete('sessions/:id')
  @SignedIn()
  @HttpCode(204)
  @ApiSchemas({ summary: '结束自己的一个会话', params: SessionParams, status: 204 })
  async revoke(@Param('id', { schema: SessionParams.id }) id: string, @Caller() account: Account) {
    await this.sessions.revoke(account, account, id);
  }
}
