import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { inTransaction, sqlState } from '../database/transaction.ts';
import { Config } from '../config/config.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { requireRegistry } from './access.ts';
import { AccountChange } from './account-change.entity.ts';
import { Account } from './account.entity.ts';
import { AuthError } from './auth.errors.ts';
import { AuthService, checkedRoles, hashedPassword } from './auth.service.ts';
import type { Role } from './roles.ts';

export interface WantedAccount {
  readonly login: string;
  readonly displayName: string;
  readonly organ: string | null;
  readonly roles: readonly Role[];
}

/** What `bootstrap` makes: two people sit at the machine, each with a password of their own. */
export interface FirstAccount extends WantedAccount {
  readonly password: string;
}

const ACTIVATION_DAYS = 7;

/** Two processes that find the registry empty at once: one of them begins it. */
const BOOTSTRAP_LOCK = 4_180_002;

/**
 * Who may do what: an editor of the registry asks, a reviewer of the registry decides, and they are two people. Neither can
 * sign in as the new account: each is given half of a code, and its owner, who is given both, chooses the password.
 */
@Injectable()
export class AccountsService implements OnApplicationBootstrap {
  constructor(
    private readonly source: DataSource,
    private readonly auth: AuthService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /** A registry that two people have begun never runs as a demo: its accounts need no password, and its lists are invented. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.demo) return;
    if (await this.ledger.isBegunByPeople(this.source.manager))
      throw new AuthError(
        'not-a-demo',
        '这个登记簿是正式的，不能作为演示运行。请设置 MANDATE_DEMO=off 再运行。\nThis registry is no demo: set MANDATE_DEMO=off.',
      );
  }

  /**
   * The first two accounts of a registry that has none: from then on two people can do what takes two.
   * @throws AuthError `not-empty` | `weak-password` | `invalid-roles` | `login-taken`
   */
  async bootstrap(accounts: readonly [FirstAccount, FirstAccount]): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
      if (await tx.getRepository(Account).existsBy({})) {
        throw new AuthError(
          'not-empty',
          '登记簿已经有账号：新的账号由一人申请（account create --as …），另一人批准（account approve --as …）。',
        );
      }
      for (const account of accounts) requireAccountForm(account);
      for (const account of accounts) await this.auth.insertAccount(tx, { ...account, demo: false });
      await this.ledger.record(tx, {
        account: null,
        action: 'registry.bootstrapped',
        subject: accounts.map(({ login }) => login).join(' '),
      });
    });
  }

  /**
   * @returns the request's id, and the first half of the code with which the owner of the account chooses a password
   * @throws AuthError `missing-role` | `login-taken` | `invalid-account` | `invalid-roles` | `change-open`
   */
  async requestAccount(
    actor: Account,
    { roles, ...wanted }: WantedAccount,
  ): Promise<{ change: string; code: string }> {
    requireRegistry(actor, 'editor');
    requireAccountForm(wanted);
    const code = newCode();
    const request = {
      kind: 'create' as const,
      ...wanted,
      roles: checkedRoles(roles),
      codeHash: hashOf(code),
    };
    return { change: await this.request(actor, request), code };
  }

  /** @throws AuthError `missing-role` | `account-not-found` | `invalid-roles` | `change-open` */
  async requestRoles(actor: Account, login: string, roles: readonly Role[]): Promise<string> {
    requireRegistry(actor, 'editor');
    const account = await this.auth.getAccount(login);
    return this.request(actor, { kind: 'roles', login: account.login, roles: checkedRoles(roles) });
  }

  /**
   * @throws AuthError `missing-role` | `change-not-found` | `own-change` for who asked for it or whom it is about |
   * `login-taken` | `account-not-found`
   */
  async approve(actor: Account, id: string): Promise<{ account: Account; code?: string }> {
    requireRegistry(actor, 'reviewer');
    return inTransaction(this.source, async (tx) => {
      const change = await this.openChange(tx, id);
      if (change.requestedBy === actor.id || change.login === actor.login) {
        throw new AuthError('own-change', '账号的变更须由申请人和本人以外的人批准。');
      }
      await this.decide(tx, actor, change, 'approved');
      if (change.kind === 'roles')
        return { account: await this.auth.setRoles(change.login, change.roles, tx) };
      const code = newCode();
      const until = new Date(Date.now() + ACTIVATION_DAYS * 86_400_000);
      const account = await this.auth.insertHashed(tx, {
        login: change.login,
        // The request holds what a new account needs.
        displayName: change.displayName ?? change.login,
        organ: change.organ,
        roles: change.roles,
        // Nobody's: until its owner chooses one, no password opens it.
        passwordHash: await hashedPassword(randomBytes(32).toString('base64')),
        activation: `${change.codeHash ?? ''} ${hashOf(code)} ${until.toISOString()}`,
        demo: false,
      });
      return { account, code };
    });
  }

  /**
   * The owner of a new account chooses its password, with both halves of the code. Once.
   * @throws AuthError `wrong-code` | `weak-password`
   */
  async activate(login: string, codes: readonly [string, string], password: string): Promise<void> {
    const passwordHash = await hashedPassword(password);
    await inTransaction(this.source, async (tx) => {
      const account = await tx
        .getRepository(Account)
        .findOne({ where: { login: login.trim().toLowerCase() }, lock: { mode: 'pessimistic_write' } });
      const [first = '', second = '', until = ''] = account?.activation?.split(' ') ?? [];
      const right = isHashOf(codes[0], first) && isHashOf(codes[1], second) && new Date() < new Date(until);
      if (account === null || !right)
        throw new AuthError(
          'wrong-code',
          `启用码不对，或已过期（${ACTIVATION_DAYS.toString()} 天）、已用过。两半分别由申请人和批准人交给账号的本人。`,
        );
      await tx.getRepository(Account).update({ id: account.id }, { passwordHash, activation: null });
      await this.ledger.record(tx, { account: account.id, action: 'account.activated', subject: login });
    });
  }

  /** By a reviewer of the registry, or taken back by who asked for it. @throws AuthError `missing-role` | `change-not-found` */
  async reject(actor: Account, id: string): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      const change = await this.openChange(tx, id);
      if (change.requestedBy !== actor.id) {
        requireRegistry(actor, 'reviewer');
        // Whoever is to lose a role would otherwise keep it for ever.
        if (change.login === actor.login)
          throw new AuthError('own-change', '账号的变更须由本人以外的人办理。');
      }
      await this.decide(tx, actor, change, 'rejected');
    });
  }

  /** Requests that nobody has decided, oldest first. */
  async openChanges(): Promise<readonly AccountChange[]> {
    return this.source
      .getRepository(AccountChange)
      .find({ where: { decision: IsNull() }, order: { requestedAt: 'ASC' } });
  }

  private async request(
    actor: Account,
    wanted: Pick<AccountChange, 'kind' | 'login' | 'roles'> & Partial<AccountChange>,
  ): Promise<string> {
    try {
      return await inTransaction(this.source, async (tx) => {
        const taken = await tx.getRepository(Account).existsBy({ login: wanted.login });
        if (wanted.kind === 'create' && taken)
          throw new AuthError('login-taken', `账号 ${wanted.login} 已存在。`);
        const row = await tx.getRepository(AccountChange).save({ ...wanted, requestedBy: actor.id });
        await this.record(tx, actor, 'account.requested', row);
        return row.id;
      });
    } catch (error) {
      if (sqlState(error) === '23505')
        throw new AuthError('change-open', `账号 ${wanted.login} 已有一项变更等待批准，请先办结它。`);
      throw error;
    }
  }

  /** Locked until the end of the transaction: of two who decide at once the second finds it decided. */
  private async openChange(tx: EntityManager, id: string): Promise<AccountChange> {
    const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
      ? await tx
          .getRepository(AccountChange)
          .findOne({ where: { id, decision: IsNull() }, lock: { mode: 'pessimistic_write' } })
      : null;
    if (known !== null) return known;
    throw new AuthError(
      'change-not-found',
      `没有等待批准的账号变更 ${id}。用 npx mandate account list 查看。`,
    );
  }

  private async decide(
    tx: EntityManager,
    actor: Account,
    change: AccountChange,
    decision: 'approved' | 'rejected',
  ): Promise<void> {
    const decided = { decision, decidedBy: actor.id, decidedAt: new Date(), codeHash: null };
    await tx.getRepository(AccountChange).update({ id: change.id }, decided);
    await this.record(tx, actor, `account.${decision}`, change);
  }

  private async record(
    tx: EntityManager,
    actor: Account,
    action: 'account.requested' | 'account.approved' | 'account.rejected',
    { id, kind, login, organ, roles }: AccountChange,
  ): Promise<void> {
    const detail = { change: id, kind, organ, roles };
    await this.ledger.record(tx, { account: actor.id, action, subject: login, detail });
  }
}

/** @throws AuthError `invalid-account`: the trail keeps it for ever, so it is looked at before anything is written */
function requireAccountForm({ login, displayName }: { login: string; displayName: string }): void {
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(login))
    throw new AuthError('invalid-account', '账号须为 2 至 40 个小写字母、数字或 . _ -，以字母或数字开头。');
  if (displayName.trim() === '' || displayName.length > 60 || /[\p{Cc}\p{Cf}]/u.test(displayName))
    throw new AuthError('invalid-account', '显示名须为 1 至 60 个字，不能有换行或看不见的字符。');
}

function newCode(): string {
  return randomBytes(10).toString('hex');
}

function hashOf(code: string): string {
  return createHash('sha256').update(code.trim().toLowerCase()).digest('hex');
}

function isHashOf(code: string, hash: string): boolean {
  const [given, known] = [Buffer.from(hashOf(code)), Buffer.from(hash)];
  return given.length === known.length && timingSafeEqual(given, known);
}
