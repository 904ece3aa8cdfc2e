import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { Caller, Public, SignedIn, type SignedInRequest } from './access.ts';
import { Account } from './account.entity.ts';
import { SignInBody, SignedInAccount } from './auth.dto.ts';
import { AuthService } from './auth.service.ts';
import { deviceToken, sessionToken } from './session-cookie.ts';
import { SessionsService } from './sessions.service.ts';
import { setSignInCookies } from './set-cookies.ts';
import { signInOrigin } from './sign-in-origin.ts';

@ApiTags('登录')
@Controller('session')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @ApiSchemas({ summary: '登录', body: SignInBody, response: SignedInAccount, status: 201 })
  async signIn(
    @Body({ schema: SignInBody }) body: SignInBody,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const origin = signInOrigin(request.ip, deviceToken(request));
    const { account, ...cookies } = await this.auth.signIn(body.login, body.password, origin);
    // For the log, which names accounts by their id alone.
    request.account = account;
    // A browser has one session: what it had before is not left open behind the new one.
    await this.sessions.end(sessionToken(request));
    setSignInCookies(reply, this.config, cookies);
    return toDto(account);
  }

  @Get()
  @SignedIn()
  @ApiSchemas({ summary: '当前账号', response: SignedInAccount })
  current(@Caller() account: Account) {
    return toDto(account);
  }

  @Delete()
  @Public()
  @HttpCode(204)
  @ApiSchemas({ summary: '退出登录', status: 204 })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.sessions.end(sessionToken(request));
    setSignInCookies(reply, this.config, { token: undefined });
  }
}

function toDto(account: Account): SignedInAccount {
  return {
    login: account.login,
    displayName: account.displayName,
    organ: account.organ,
    roles: account.roles,
  };
}
