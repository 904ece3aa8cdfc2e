import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { Config } from '../config/config.ts';
import { inTransaction, sqlState } from '../database/transaction.ts';
import type { Action } from '../ledger/actions.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { requireRegistry } from './access.ts';
import { AccountChange } from './account-change.entity.ts';
import { requireAccountForm } from './account-forms.ts';
import { checkedRoles, getAccount, insertAccount, lockAccount } from './account-rows.ts';
import { Account } from './account.entity.ts';
import { activationOf, hashOf, newCode } from './activation-code.ts';
import { AuthError } from './auth.errors.ts';
import { PasswordHasher } from './password-hasher.ts';
import type { Role } from './roles.ts';
import { endSessions } from './sessions.service.ts';
import { forgetPlaces } from './sign-in-attempts.ts';
import { keepingTwoPeople } from './two-people.ts';

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

/** Two processes that find the registry empty at once: one of them begins it. */
const BOOTSTRAP_LOCK = 4_180_002;

/** What the trail calls each step of each kind of change. */
const ACTS: Readonly<
  Record<AccountChange['kind'], Readonly<Record<'requested' | 'approved' | 'rejected', Action>>>
> = {
  create: { requested: 'account.requested', approved: 'account.approved', rejected: 'account.rejected' },
  roles: { requested: 'account.requested', approved: 'account.approved', rejected: 'account.rejected' },
  reset: {
    requested: 'account.reset-requested',
    approved: 'account.reset-approved',
    rejected: 'account.rejected',
  },
  enable: {
    requested: 'account.enable-requested',
    approved: 'account.enabled',
    rejected: 'account.rejected',
  },
};

/** A change of an account, as it is told of. */
export type DescribedChange = Pick<AccountChange, 'kind' | 'login' | 'organ' | 'roles'>;

/**
 * Who may do what: an editor of the registry asks, a reviewer of the registry decides, and they are two people. Neither can
 * sign in as the new account: each is given half of a code, and its owner, who is given both, chooses the password.
 */
@Injectable()
export class AccountsService implements OnApplicationBootstrap {
  constructor(
    private readonly source: DataSource,
    private readonly hasher: PasswordHasher,
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
    for (const account of accounts) requireAccountForm(account);
    const hashed = await Promise.all(
      accounts.map(async ({ password, ...account }) => ({
        ...account,
        passwordHash: await this.hasher.hashChosen(password, account),
        demo: false,
      })),
    );
    await inTransaction(this.source, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [BOOTSTRAP_LOCK]);
      if (await tx.getRepository(Account).existsBy({})) {
        throw new AuthError(
          'not-empty',
          '登记簿已经有账号：新的账号由一人申请（account create --as …），另一人批准（account approve --as …）。',
        );
      }
      for (const account of hashed) await insertAccount(tx, account);
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
    const account = await getAccount(this.source.manager, login);
    return this.request(actor, { kind: 'roles', login: account.login, roles: checkedRoles(roles) });
  }

  /**
   * For an owner who has lost his password, or whose password somebody else has.
   * @returns the request's id, and the first half of the code with which the owner chooses the next
   * @throws AuthError `missing-role` | `account-not-found` | `change-open`
   */
  async requestReset(actor: Account, login: string): Promise<{ change: string; code: string }> {
    requireRegistry(actor, 'editor');
    const account = await getAccount(this.source.manager, login);
    const code = newCode();
    const request = { kind: 'reset' as const, login: account.login, roles: [], codeHash: hashOf(code) };
    return { change: await this.request(actor, request), code };
  }

  /** What one person may take away, two give back. @throws AuthError `missing-role` | `account-not-found` | `not-disabled` | `change-open` */
  async requestEnabling(actor: Account, login: string): Promise<string> {
    requireRegistry(actor, 'editor');
    const account = await getAccount(this.source.manager, login);
    if (account.disabledAt === null) throw new AuthError('not-disabled', `账号 ${account.login} 没有停用。`);
    return this.request(actor, { kind: 'enable', login: account.login, roles: [] });
  }

  /**
   * @returns what it was, the account, and the other half of the code where its owner is to choose a password
   * @throws AuthError `missing-role` | `change-not-found` | `own-change` for who asked for it or whom it is about |
   * `login-taken` | `account-not-found` | `last-of-registry`
   */
  async approve(
    actor: Account,
    id: string,
  ): Promise<{ kind: AccountChange['kind']; account: Account; code?: string }> {
    requireRegistry(actor, 'reviewer');
    // Hashing waits in a line, so never inside the transaction.
    const passwordHash = await this.hasher.hashOfNobody();
    return inTransaction(this.source, async (tx) => {
      const change = await this.openChange(tx, id);
      if (change.requestedBy === actor.id || change.login === actor.login) {
        throw new AuthError('own-change', '账号的变更须由申请人和本人以外的人批准。');
      }
      const done = await this.carryOut(tx, change, passwordHash);
      await this.decide(tx, actor, change, 'approved');
      return { kind: change.kind, ...done };
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

  /** @param passwordHash of a password that nobody knows: until its owner chooses one, none opens the account */
  private async carryOut(
    tx: EntityManager,
    { kind, login, displayName, organ, roles, codeHash }: AccountChange,
    passwordHash: string,
  ): Promise<{ account: Account; code?: string }> {
    const accounts = tx.getRepository(Account);
    switch (kind) {
      case 'create': {
        const code = newCode();
        const activation = activationOf(codeHash, code);
        // The request holds what a new account needs.
        const name = displayName ?? login;
        const wanted = { login, displayName: name, organ, roles, passwordHash, activation, demo: false };
        return { account: await insertAccount(tx, wanted), code };
      }
      case 'roles':
        return keepingTwoPeople(tx, this.config.demo, async () => {
          const account = await lockAccount(tx, login);
          return { account: await accounts.save({ ...account, roles: checkedRoles(roles) }) };
        });
      case 'reset':
        return keepingTwoPeople(tx, this.config.demo, async () => {
          const account = await lockAccount(tx, login);
          const code = newCode();
          // The old password ends now: where a stranger has it, every hour until its owner comes would be the stranger's.
          await accounts.update(
            { id: account.id },
            { passwordHash, activation: activationOf(codeHash, code) },
          );
          await endSessions(tx, account);
          await forgetPlaces(tx, account);
          return { account, code };
        });
      case 'enable': {
        const account = await lockAccount(tx, login);
        await accounts.update({ id: account.id }, { disabledAt: null });
        return { account: { ...account, disabledAt: null } };
      }
    }
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
        await this.record(tx, actor, 'requested', row);
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
    await this.record(tx, actor, decision, change);
  }

  private async record(
    tx: EntityManager,
    actor: Account,
    step: 'requested' | 'approved' | 'rejected',
    { id, kind, login, organ, roles }: AccountChange,
  ): Promise<void> {
    const about = kind === 'create' || kind === 'roles' ? { organ, roles } : {};
    await this.ledger.record(tx, {
      account: actor.id,
      action: ACTS[kind][step],
      subject: login,
      detail: { change: id, kind, ...about },
    });
  }
}
