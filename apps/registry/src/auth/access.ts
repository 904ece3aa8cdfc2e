import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { type Role, ROLES } from './roles.ts';

export type { Account } from './account.entity.ts';
export type { Role } from './roles.ts';

export const ACCESS = 'mandate:access';
/** An array names the roles of which the caller must have one; `registry`, as an account that is no organ's. */
export type Access =
  'public' | 'signed-in' | readonly Role[] | { readonly registry: readonly [Role, ...Role[]] };

/** Anyone may call this handler. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** Any official who is signed in may call this handler. */
export const SignedIn = (): MethodDecorator => SetMetadata(ACCESS, 'signed-in' satisfies Access);

/** Only a signed-in official with one of these roles may call this handler. */
export const Roles = (...roles: [Role, ...Role[]]): MethodDecorator => SetMetadata(ACCESS, roles);

/** Only a signed-in official of the registry itself with one of these roles may call this handler. */
export const RegistryRoles = (...roles: [Role, ...Role[]]): MethodDecorator =>
  SetMetadata(ACCESS, { registry: roles } satisfies Access);

/** `session` is the id of the session by which the account is signed in. */
export type SignedInRequest = FastifyRequest & { account?: Account; session?: string };

/** The official who calls. @throws AuthError `not-signed-in` on a handler that is public */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Account => {
  const { account } = context.switchToHttp().getRequest<SignedInRequest>();
  if (account === undefined) throw new AuthError('not-signed-in', '请先登录。');
  return account;
});

/** The id of the session in which the official calls. @throws AuthError `not-signed-in` on a handler that is public */
export const CallerSession = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { session } = context.switchToHttp().getRequest<SignedInRequest>();
  if (session === undefined) throw new AuthError('not-signed-in', '请先登录。');
  return session;
});

/** @throws AuthError `missing-role` unless the account has one of the roles */
export function requireRole(account: Account, ...roles: readonly Role[]): void {
  if (roles.some((role) => account.roles.includes(role))) return;
  const needed = roles.map((role) => ROLES[role]).join('或');
  throw new AuthError('missing-role', `账号 ${account.login} 没有${needed}的权限，请找登记簿管理员。`);
}

/** @throws AuthError `not-your-organ` where the account acts for another organ; the registry's own act for any */
export function requireOrgan(account: Account, organ: string): void {
  if (account.organ === null || account.organ === organ) return;
  throw new AuthError('not-your-organ', '这不是您所在机关的清单，只能办理本机关的事项。');
}

/** @throws AuthError `missing-role` unless the account is the registry's own and has one of the roles */
export function requireRegistry(account: Account, ...roles: readonly [Role, ...Role[]]): void {
  requireRole(account, ...roles);
  if (account.organ !== null)
    throw new AuthError('missing-role', '这由登记簿办理：请用不属于任何机关的账号。');
}
