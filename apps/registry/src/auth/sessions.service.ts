import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, Not } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { countAct } from '../ledger/act-flow.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import type { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { Session } from './session.entity.ts';
import { SignInAttempts } from './sign-in-attempts.ts';
import type { SignInOrigin } from './sign-in-origin.ts';

export const SESSION_SECONDS = 8 * 3600;
/** Whoever leaves without signing out leaves nothing open for the next at that desk. */
export const IDLE_SECONDS = 2 * 3600;
/** `used_at` lags behind by so much: not every request writes. */
const COARSE_SECONDS = 300;
/** The oldest end where a program signs in again and again. */
const SESSIONS_OF_AN_ACCOUNT = 100;

@Injectable()
export class SessionsService {
  constructor(
    private readonly source: DataSource,
    private readonly attempts: SignInAttempts,
    private readonly ledger: LedgerService,
  ) {}

  /** @returns the token of a new session */
  async open(tx: EntityManager, account: Account, { network }: SignInOrigin): Promise<string> {
    const sessions = tx.getRepository(Session);
    await sessions.delete({ expiresAt: LessThan(new Date()) });
    await sessions.delete({ usedAt: LessThan(secondsAgo(IDLE_SECONDS)) });
    await tx.query(
      `DELETE FROM session WHERE token_hash IN (
         SELECT token_hash FROM session WHERE account_id = $1 ORDER BY created_at DESC, token_hash OFFSET $2)`,
      [account.id, SESSIONS_OF_AN_ACCOUNT - 1],
    );
    const [token, id] = [newToken(), randomUUID()];
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
    await sessions.insert({
      tokenHash: tokenHash(token),
      id,
      account: { id: account.id },
      expiresAt,
      network,
    });
    await this.ledger.record(tx, {
      account: account.id,
      action: 'session.started',
      subject: account.login,
      detail: { session: id, network },
    });
    return token;
  }

  /** @throws AuthError `not-signed-in` */
  async get(token: string | undefined): Promise<Session> {
    const session = await this.find(token);
    if (session === undefined) throw new AuthError('not-signed-in', '请先登录。');
    return session;
  }

  /** The session of a token that has not ended, with the account as it is now. */
  async find(token: string | undefined): Promise<Session | undefined> {
    const sessions = this.source.getRepository(Session);
    const session = token === undefined ? null : await sessions.findOneBy({ tokenHash: tokenHash(token) });
    if (session === null || !isLive(session) || !this.attempts.isOpen(session.account)) return undefined;
    if (session.usedAt < secondsAgo(COARSE_SECONDS))
      await sessions.update({ tokenHash: session.tokenHash }, { usedAt: new Date() });
    return session;
  }

  /** Signed out by who has the token. */
  async end(token: string | undefined): Promise<void> {
    if (token === undefined) return;
    await inTransaction(this.source, async (tx) => {
      const sessions = tx.getRepository(Session);
      const session = await sessions.findOneBy({ tokenHash: tokenHash(token) });
      const { affected } = await sessions.delete({ tokenHash: tokenHash(token) });
      if (session === null || affected !== 1) return;
      const { account, id } = session;
      await this.ledger.record(tx, {
        account: account.id,
        action: 'session.ended',
        subject: account.login,
        detail: { session: id },
      });
    });
  }

  /** Those that have not ended, the one used last first. They say from where somebody works: who looks at another's, is recorded. */
  async list(reader: Account, account: Account): Promise<readonly Session[]> {
    return inTransaction(this.source, async (tx) => {
      if (reader.id !== account.id)
        await this.ledger.record(tx, {
          account: reader.id,
          action: 'session.listed',
          subject: account.login,
        });
      const sessions = await tx
        .getRepository(Session)
        .find({ where: { account: { id: account.id } }, order: { usedAt: 'DESC', id: 'ASC' } });
      return sessions.filter(isLive);
    });
  }

  /** @throws AuthError `session-not-found` also for one of another account */
  async revoke(actor: Account, account: Account, id: string): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
      const { affected } = isId
        ? await tx.getRepository(Session).delete({ id, account: { id: account.id } })
        : { affected: 0 };
      if (affected !== 1)
        throw new AuthError('session-not-found', `账号 ${account.login} 没有会话 ${id}，可能已经结束。`);
      await this.recordRevoked(tx, actor, account, { session: id });
    });
  }

  /** @param kept id of the one that stays @returns how many ended */
  async revokeAll(actor: Account, account: Account, kept?: string): Promise<number> {
    return inTransaction(this.source, async (tx) => {
      const ended = await endSessions(tx, account, kept);
      if (ended > 0) await this.recordRevoked(tx, actor, account, { sessions: ended });
      // None was open: nothing was done that an act could tell of.
      else countAct();
      return ended;
    });
  }

  private async recordRevoked(
    tx: EntityManager,
    actor: Account,
    account: Account,
    detail: { readonly session: string } | { readonly sessions: number },
  ): Promise<void> {
    await this.ledger.record(tx, {
      account: actor.id,
      action: 'session.revoked',
      subject: account.login,
      detail: { ...detail },
    });
  }
}

/** Part of what ends them: that is what is recorded. @param kept id of the one that stays @returns how many ended */
export async function endSessions(tx: EntityManager, account: Account, kept?: string): Promise<number> {
  const { affected } = await tx
    .getRepository(Session)
    .delete({ account: { id: account.id }, ...(kept === undefined ? {} : { id: Not(kept) }) });
  return affected ?? 0;
}

/** The session goes on under another token, which the old one's holder does not have. @returns the token */
export async function rotateSession(tx: EntityManager, id: string): Promise<string> {
  const token = newToken();
  await tx.getRepository(Session).update({ id }, { tokenHash: tokenHash(token) });
  return token;
}

function isLive({ expiresAt, usedAt }: Session): boolean {
  return expiresAt > new Date() && usedAt > secondsAgo(IDLE_SECONDS);
}

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
