import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Config } from '../config/config.ts';
import {
  ACCESS,
  type Access,
  type Account,
  requireRegistry,
  requireRole,
  type SignedInRequest,
} from './access.ts';
import { AuthError } from './auth.errors.ts';
import { sessionToken } from './session-cookie.ts';
import { SessionsService } from './sessions.service.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Closed by default: a handler that says neither @Public() nor @SignedIn() nor @Roles(…) is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    if (!SAFE_METHODS.has(request.method)) this.refuseOtherSites(request);
    if (access === 'public') return true;
    if (access === undefined) return false;
    const { account, id } = await this.sessions.get(sessionToken(request));
    if (access !== 'signed-in') requireAccess(account, access);
    request.account = account;
    request.session = id;
    return true;
  }

  /**
   * Cross-site request forgery: SameSite already keeps the cookie away; a browser that sends an Origin must send ours. What
   * the request says of its Host is not asked: whoever leads a name of his to this machine (DNS rebinding) sends both.
   */
  private refuseOtherSites({ headers: { origin } }: SignedInRequest): void {
    if (origin === undefined || this.config.allowedOrigins.includes(origin)) return;
    throw new AuthError(
      'cross-site',
      '请求来自别的网站，已拒绝。如果这就是登记簿的网址，请管理员把 MANDATE_PUBLIC_URL 设为它。',
    );
  }
}

function requireAccess(account: Account, access: Exclude<Access, string>): void {
  if (!('registry' in access)) requireRole(account, ...access);
  else requireRegistry(account, ...access.registry);
}
