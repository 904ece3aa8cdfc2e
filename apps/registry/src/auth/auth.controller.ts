import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.ts';
import { ApiSchemas } from '../http/api-schemas.ts';
import { Caller, Public, SignedIn, type SignedInRequest } from './access.ts';
import { Account } from './account.entity.ts';
import { SignInBody, SignedInAccount } from './auth.dto.ts';
import { AuthService, SESSION_SECONDS } from './auth.service.ts';
import { sessionCookie, sessionToken } from './session-cookie.ts';

@ApiTags('登录')
@Controller('session')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
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
    const { token, account } = await this.auth.signIn(body.login, body.password);
    // For the log, which names accounts by their id alone.
    request.account = account;
    void reply.header('set-cookie', this.cookie(token));
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
    await this.auth.signOut(sessionToken(request));
    void reply.header('set-cookie', this.cookie(undefined));
  }

  private cookie(token: string | undefined): string {
    return sessionCookie(token, {
      secure: this.config.publicUrl.startsWith('https:'),
      seconds: SESSION_SECONDS,
    });
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
