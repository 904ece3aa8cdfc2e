import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Account, Role } from '../../apps/registry/src/auth/access.ts';
import { AccountsService } from '../../apps/registry/src/auth/accounts.service.ts';
import { ActivationService } from '../../apps/registry/src/auth/activation.service.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { untilWaiting } from '../support/waiting.ts';

const PASSWORD = 'a right password';
const wanted = (login: string, roles: readonly Role[], organ: string | null = null) => ({
  login,
  displayName: login,
  organ,
  roles,
});
const person = (login: string, roles: readonly Role[], organ: string | null = null) => ({
  ...wanted(login, roles, organ),
  password: PASSWORD,
});
const FIRST = [
  person('first', ['editor', 'publisher']),
  person('second', ['reviewer', 'publisher']),
] as const;

let registry: TestRegistry;
let accounts: AccountsService;
let auth: AuthService;
let activation: ActivationService;
const account = (login: string): Promise<Account> => auth.getAccount(login);
const trail = async () =>
  (await registry.app.get(LedgerService).list(registry.app.get(DataSource).manager, 40))
    .map(({ action, subject, account: by, way }) => ({ action, subject, by, way }))
    // Sign-ins have their own test.
    .filter(({ action }) => !action.startsWith('session.'));

beforeAll(async () => {
  registry = await openTestRegistry();
  accounts = registry.app.get(AccountsService);
  auth = registry.app.get(AuthService);
  activation = registry.app.get(ActivationService);
});
afterAll(() => registry.close());

describe('the accounts of a registry', () => {
  test('begin with two people, once, and that is a fact in the trail', async () => {
    const other = (await registry.another()).get(AccountsService);
    const twice = await Promise.allSettled([accounts.bootstrap(FIRST), other.bootstrap(FIRST)]);
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(twice.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'not-empty' },
    });
    expect(await trail()).toEqual([
      { action: 'registry.bootstrapped', subject: 'first second', by: null, way: 'http' },
    ]);
    await expect(accounts.bootstrap([person('aa1', []), person('aa2', [])])).rejects.toMatchObject({
      code: 'not-empty',
    });
  });

  test('of which one cannot be made make none', async () => {
    const empty = await openTestRegistry();
    const bad = [FIRST[0], { ...FIRST[1], password: 'short' }] as const;
    await expect(empty.app.get(AccountsService).bootstrap(bad)).rejects.toMatchObject({
      code: 'weak-password',
    });
    expect(await empty.app.get(AuthService).accounts()).toEqual([]);
    await empty.close();
  });

  test('grow by a request and a second person’s approval; its owner alone, with both halves of the code, opens it', async () => {
    const [first, second] = [await account('first'), await account('second')];
    const { change, code } = await accounts.requestAccount(first, wanted('fresh', ['issuer'], 'o-abc'));
    await expect(auth.getAccount('fresh')).rejects.toMatchObject({ code: 'account-not-found' });
    await expect(accounts.approve(first, change)).rejects.toMatchObject({ code: 'missing-role' });
    const { code: other = '' } = await accounts.approve(second, change);
    // Neither who asked nor who approved can be the new person.
    for (const codes of [
      [code, code],
      [other, other],
      [other, code],
      [code, ''],
      ['', ''],
    ] as const)
      await expect(activation.activate('fresh', codes, 'chosen by a thief')).rejects.toMatchObject({
        code: 'wrong-code',
      });
    await expect(auth.signIn('fresh', '')).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(activation.activate('fresh', [code, other], 'short')).rejects.toMatchObject({
      code: 'weak-password',
    });
    await activation.activate('fresh', [code, other], PASSWORD);
    expect(await auth.signIn('fresh', PASSWORD)).toMatchObject({
      account: { roles: ['issuer'], organ: 'o-abc' },
    });
    await expect(activation.activate('fresh', [code, other], 'once more, please')).rejects.toMatchObject({
      code: 'wrong-code',
    });
    await expect(accounts.approve(second, change)).rejects.toMatchObject({ code: 'change-not-found' });
    expect((await trail()).slice(0, 3)).toMatchObject([
      { action: 'account.activated', subject: 'fresh' },
      { action: 'account.approved', subject: 'fresh', by: second.id },
      { action: 'account.requested', subject: 'fresh', by: first.id },
    ]);
  });

  test('that were never opened cannot be opened after a week', async () => {
    const { change, code } = await accounts.requestAccount(await account('first'), wanted('late', []));
    const { code: other = '' } = await accounts.approve(await account('second'), change);
    await registry.app
      .get(DataSource)
      .query(`UPDATE account SET activation = regexp_replace(activation, '\\S+$', $1) WHERE login = 'late'`, [
        new Date(Date.now() - 1000).toISOString(),
      ]);
    await expect(activation.activate('late', [code, other], PASSWORD)).rejects.toMatchObject({
      code: 'wrong-code',
    });
  });

  test.each(['', 'ZHANG', 'a', 'evil\u200b2', 'a'.repeat(41), 'two words'])(
    'have no login like %j, which the trail would keep for ever',
    async (login) => {
      const asked = accounts.requestAccount(await account('first'), wanted(login, []));
      await expect(asked).rejects.toMatchObject({ code: 'invalid-account' });
    },
  );

  test.each(['', ' ', '\u001b[2J', '两\n行', '名'.repeat(61)])(
    'have no name like %j',
    async (displayName) => {
      const asked = accounts.requestAccount(await account('first'), { ...wanted('named', []), displayName });
      await expect(asked).rejects.toMatchObject({ code: 'invalid-account' });
    },
  );

  test('are not decided by who asked, nor by whom it is about', async () => {
    await auth.createAccount({ ...person('both', ['editor', 'reviewer']), demo: false });
    const [first, both] = [await account('first'), await account('both')];
    const own = await accounts.requestRoles(both, 'fresh', []);
    await expect(accounts.approve(both, own)).rejects.toMatchObject({ code: 'own-change' });
    await accounts.reject(both, own);
    const about = await accounts.requestRoles(first, 'both', ['editor', 'reviewer', 'publisher']);
    await expect(accounts.approve(both, about)).rejects.toMatchObject({ code: 'own-change' });
    // Nor stopped by whom it is about: he would keep his role for ever.
    await expect(accounts.reject(both, about)).rejects.toMatchObject({ code: 'own-change' });
    await accounts.approve(await account('second'), about);
    expect((await account('both')).roles).toEqual(['editor', 'reviewer', 'publisher']);
  });

  test('are the registry’s affair: an organ’s editor asks for nothing, its reviewer decides nothing', async () => {
    await auth.createAccount({ ...person('theirs', ['editor', 'reviewer'], 'o-abc'), demo: false });
    const theirs = await account('theirs');
    await expect(accounts.requestRoles(theirs, 'fresh', [])).rejects.toMatchObject({ code: 'missing-role' });
    const change = await accounts.requestRoles(await account('first'), 'fresh', ['auditor']);
    await expect(accounts.approve(theirs, change)).rejects.toMatchObject({ code: 'missing-role' });
    await expect(accounts.reject(theirs, change)).rejects.toMatchObject({ code: 'missing-role' });
    await accounts.reject(await account('second'), change);
    expect((await account('fresh')).roles).toEqual(['issuer']);
  });

  test('have one open change at a time, and of two who decide at once one does', async () => {
    const [first, second, both] = [await account('first'), await account('second'), await account('both')];
    const change = await accounts.requestRoles(first, 'fresh', ['issuer', 'editor']);
    await expect(accounts.requestRoles(first, 'fresh', [])).rejects.toMatchObject({ code: 'change-open' });
    const decided = await Promise.allSettled([
      accounts.approve(second, change),
      accounts.reject(both, change),
    ]);
    expect(decided.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const acts = (await trail()).filter(({ subject }) => subject === 'fresh');
    expect(acts[1]?.action).toBe('account.requested');
    await expect(accounts.requestAccount(first, wanted('fresh', []))).rejects.toMatchObject({
      code: 'login-taken',
    });
    expect(await accounts.openChanges()).toEqual([]);
  });

  test('are decided once by two who decide at the same moment, and the trail tells of one decision', async () => {
    const [first, second, both] = [await account('first'), await account('second'), await account('both')];
    const change = await accounts.requestRoles(first, 'fresh', ['issuer', 'reviewer']);
    const source = registry.app.get(DataSource);
    // Held until both have come: neither can have finished before the other began.
    const holder = source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT FROM account_change WHERE id = $1 FOR UPDATE', [change]);
    const decisions = Promise.allSettled([accounts.approve(second, change), accounts.approve(both, change)]);
    await untilWaiting(source, 2);
    await holder.rollbackTransaction();
    await holder.release();
    const refused = (await decisions).flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.objectContaining({ code: 'change-not-found' })]);
    const acts = (await trail()).filter(({ subject }) => subject === 'fresh').slice(0, 2);
    expect(acts.map(({ action }) => action)).toEqual(['account.approved', 'account.requested']);
  });

  test('keep a registry that people have begun from ever running as a demo', async () => {
    await expect(accounts.onApplicationBootstrap()).rejects.toMatchObject({ code: 'not-a-demo' });
  });

  test('leave their requests: none is taken away', async () => {
    const gone = registry.app.get(DataSource).query('DELETE FROM account_change');
    await expect(gone).rejects.toMatchObject({ name: 'QueryFailedError' });
  });

  test('cannot be approved by one person in the database either', async () => {
    const { id } = await account('first');
    const insert = registry.app.get(DataSource).query(
      `INSERT INTO account_change (kind, login, roles, requested_by, decided_by, decided_at, decision)
       VALUES ('roles', 'first', '{}', $1, $1, now(), 'approved')`,
      [id],
    );
    await expect(insert).rejects.toMatchObject({ driverError: { constraint: 'account_change_two_people' } });
  });
});
