import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AuthError } from './auth.errors.ts';

export const ACTIVATION_DAYS = 7;

/** Half of a code: 80 bits, which nobody guesses. */
export function newCode(): string {
  return randomBytes(10).toString('hex');
}

export function hashOf(code: string): string {
  return createHash('sha256').update(code.trim().toLowerCase()).digest('hex');
}

/** What an account keeps of both halves, and until when they count. @param first hash of the half that was given first */
export function activationOf(first: string | null, second: string): string {
  const until = new Date(Date.now() + ACTIVATION_DAYS * 86_400_000);
  return `${first ?? ''} ${hashOf(second)} ${until.toISOString()}`;
}

/** @throws AuthError `wrong-code` unless both halves are those of the account, in time */
export function requireCodes(activation: string | null | undefined, codes: readonly [string, string]): void {
  const [first = '', second = '', until = ''] = activation?.split(' ') ?? [];
  if (isHashOf(codes[0], first) && isHashOf(codes[1], second) && new Date() < new Date(until)) return;
  throw new AuthError(
    'wrong-code',
    `启用码不对，或已过期（${ACTIVATION_DAYS.toString()} 天）、已用过。两半分别由申请人和批准人交给账号的本人。`,
  );
}

function isHashOf(code: string, hash: string): boolean {
  const [given, known] = [Buffer.from(hashOf(code)), Buffer.from(hash)];
  return given.length === known.length && timingSafeEqual(given, known);
}
