import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';

export type { Account } from './account.entity.ts';

export const ACCESS = 'mandate:access';
export type Access = 'public' | 'signed-in';

/** Anyone may call this handler. */
export const Public = (): MethodDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/** Only a signed-in official may call this handler. */
export const SignedIn = (): MethodDecorator => SetMetadata(ACCESS, 'signed-in' satisfies Access);

export type SignedInRequest = FastifyRequest & { account?: Account };

/** The official who calls. @throws AuthError `not-signed-in` on a handler that is public */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Account => {
  const { account } = context.switchToHttp().getRequest<SignedInRequest>();
  if (account === undefined) throw new AuthError('not-signed-in', '请先登录。');
  return account;
});
