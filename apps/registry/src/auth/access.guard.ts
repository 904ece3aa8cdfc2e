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

  /** Cross-site request forgery: SameSite already keeps the cookie away; a browser that sends an Origin must send ours. */
  private refuseOtherSites(request: SignedInRequest): void {
    const { origin, host } = request.headers;
    if (origin === undefined) return;
    const ours =
      URL.canParse(origin) &&
      (new URL(origin).host === host || origin === new URL(this.config.publicUrl).origin);
    if (!ours) throw new AuthError('cross-site', '请求来自别的网站，已拒绝。');
  }
}

function requireAccess(account: Account, access: Exclude<Access, string>): void {
  if (!('registry' in access)) requireRole(account, ...access);
  else requireRegistry(account, ...access.registry);
}
