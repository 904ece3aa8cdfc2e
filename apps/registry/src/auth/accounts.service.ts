import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { inTransaction, sqlState } from '../database/transaction.ts';
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
  readonly password: string;
}

/** Two processes that find the registry empty at once: one of them begins it. */
const BOOTSTRAP_LOCK = 4_180_002;

/** Who may do what: an editor of the registry asks, a reviewer of the registry decides, and they are two people. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly source: DataSource,
    private readonly auth: AuthService,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * The first two accounts of a registry that has none: from then on two people can do what takes two.
   * @throws AuthError `not-empty` | `weak-password` | `invalid-roles` | `login-taken`
   */
  async bootstrap(accounts: readonly [WantedAccount, WantedAccount]): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
      if (await tx.getRepository(Account).existsBy({})) {
        throw new AuthError(
          'not-empty',
          '登记簿已经有账号：新的账号由一人申请（account create --as …），另一人批准（account approve --as …）。',
        );
      }
      for (const account of accounts) await this.auth.insertAccount(tx, { ...account, demo: false });
      await this.ledger.record(tx, {
        account: null,
        action: 'registry.bootstrapped',
        subject: accounts.map(({ login }) => login).join(' '),
      });
    });
  }

  /** @returns the request's id @throws AuthError `missing-role` | `login-taken` | `weak-password` | `invalid-roles` | `change-open` */
  async requestAccount(actor: Account, wanted: WantedAccount): Promise<string> {
    const { password, roles, ...rest } = wanted;
    requireRegistry(actor, 'editor');
    const passwordHash = await hashedPassword(password);
    return this.request(actor, { kind: 'create', ...rest, roles: checkedRoles(roles), passwordHash });
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
  async approve(actor: Account, id: string): Promise<Account> {
    requireRegistry(actor, 'reviewer');
    return inTransaction(this.source, async (tx) => {
      const change = await this.openChange(tx, id);
      if (change.requestedBy === actor.id || change.login === actor.login) {
        throw new AuthError('own-change', '账号的变更须由申请人和本人以外的人批准。');
      }
      await this.decide(tx, actor, change, 'approved');
      if (change.kind === 'roles') return this.auth.setRoles(change.login, change.roles, tx);
      return this.auth.insertHashed(tx, {
        login: change.login,
        // The request holds what a new account needs.
        displayName: change.displayName ?? change.login,
        organ: change.organ,
        roles: change.roles,
        passwordHash: change.passwordHash ?? '',
        demo: false,
      });
    });
  }

  /** By a reviewer of the registry, or taken back by who asked for it. @throws AuthError `missing-role` | `change-not-found` */
  async reject(actor: Account, id: string): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      const change = await this.openChange(tx, id);
      if (change.requestedBy !== actor.id) requireRegistry(actor, 'reviewer');
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
    // Decided, it needs no password any more.
    const decided = { decision, decidedBy: actor.id, decidedAt: new Date(), passwordHash: null };
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
