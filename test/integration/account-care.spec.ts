import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AccountsService } from '../../apps/registry/src/auth/accounts.service.ts';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { cookiesOf, Officials, PASSWORD, problemOf } from '../support/officials.ts';
import { untilWaiting } from '../support/waiting.ts';

const NEXT = 'another one, chosen';

let server: TestServer;
let officials: Officials;
type Ask = Awaited<ReturnType<Officials['as']>>;
let editor: Ask;
let reviewer: Ask;
let number = 0;

/** A fresh official of an organ. */
async function someone(): Promise<string> {
  number += 1;
  const login = `someone-${number.toString()}`;
  await officials.create(login, ['editor'], 'o-abc');
  return login;
}
const status = async (asked: ReturnType<Ask>) => (await asked).statusCode;
const codeOf = async (asked: ReturnType<Ask>) => problemOf(await asked);
const last = async (action: RegExp) => (await officials.acts(action)).at(-1);

beforeAll(async () => {
  server = await createTestServer();
  officials = new Officials(server);
  await officials.create('keeper', ['editor', 'publisher']);
  await officials.create('second', ['reviewer', 'publisher']);
  await officials.create('third', ['editor', 'reviewer']);
  await officials.create('auditor', ['auditor']);
  await officials.create('theirs', ['editor', 'reviewer'], 'o-abc');
  editor = await officials.as('keeper');
  reviewer = await officials.as('second');
});
afterAll(() => server.close());
beforeEach(() => officials.source.query('DELETE FROM sign_in_counter'));

/** Of two who do the same at the same moment one did it; the other was told why not. */
function expectOne(results: readonly number[], refusals: readonly number[]): void {
  expect(results.filter((one) => one === 204)).toHaveLength(1);
  expect(refusals).toContain(results.find((one) => one !== 204));
}

describe('a password that its owner changes', () => {
  test('opens the account from then on, and the old one, the old token and the other sessions nothing', async () => {
    const login = await someone();
    const [ask, other] = [await officials.as(login), await officials.as(login)];
    const changed = await ask('PUT', '/api/account/password', { current: PASSWORD, next: NEXT });
    expect(changed.statusCode).toBe(204);
    expect(await status(ask('GET', '/api/session'))).toBe(401);
    expect(await status(other('GET', '/api/session'))).toBe(401);
    expect(await status(officials.with(cookiesOf(changed))('GET', '/api/session'))).toBe(200);
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(401);
    expect((await officials.signIn(login, NEXT)).statusCode).toBe(201);
    expect(await last(/password-changed/)).toEqual({
      action: 'account.password-changed',
      subject: login,
      account: await officials.idOf(login),
      detail: { sessionsEnded: 1 },
    });
  });

  test('is asked for what it is now, and not guessed in a session that somebody left open', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    const wrong = { current: 'not the password', next: NEXT };
    for (let time = 0; time < 5; time += 1)
      expect(await codeOf(ask('PUT', '/api/account/password', wrong))).toMatchObject({
        status: 403,
        code: 'wrong-password',
      });
    const right = { current: PASSWORD, next: NEXT };
    expect(await codeOf(ask('PUT', '/api/account/password', right))).toMatchObject({
      status: 429,
      code: 'locked',
    });
    // Who is signed in stays so.
    expect(await status(ask('GET', '/api/session'))).toBe(200);
  });

  test.each(['short', 'password123456', PASSWORD])('is not %j', async (next) => {
    const login = await someone();
    const ask = await officials.as(login);
    for (let time = 0; time < 6; time += 1)
      expect(await codeOf(ask('PUT', '/api/account/password', { current: PASSWORD, next }))).toMatchObject({
        status: 422,
        code: 'weak-password',
      });
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(201);
  });

  test('does not hold the login', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    const next = `${login} and friends`;
    expect(await codeOf(ask('PUT', '/api/account/password', { current: PASSWORD, next }))).toMatchObject({
      code: 'weak-password',
    });
  });

  test('is the one of the first where two change it at the same moment', async () => {
    const login = await someone();
    const asks = [await officials.as(login), await officials.as(login)];
    const results = await Promise.all(
      asks.map((ask, at) =>
        status(
          ask('PUT', '/api/account/password', { current: PASSWORD, next: `${NEXT} ${'one two'.repeat(at)}` }),
        ),
      ),
    );
    // Who comes so late that the first has ended all sessions is not signed in any more.
    expectOne(results, [401, 403]);
  });

  test('opens no session where it was changed while somebody signed in with the old one', async () => {
    const login = await someone();
    const holder = officials.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT FROM account WHERE login = $1 FOR UPDATE', [login]);
    const signingIn = officials.signIn(login, PASSWORD);
    await untilWaiting(officials.source, 1);
    await holder.query('UPDATE account SET password_hash = $2 WHERE login = $1', [login, 'another']);
    await holder.commitTransaction();
    await holder.release();
    expect((await signingIn).statusCode).toBe(401);
  });
});

describe('a password that is reset', () => {
  const request = async (login: string) =>
    (await editor('POST', `/api/accounts/${login}/reset`)).json<{ change: string; code: string }>();

  test('takes an editor who asks, a reviewer who approves, and the owner who has both halves', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    const { change, code } = await request(login);
    // Asked for, and nothing has happened yet.
    expect(await status(ask('GET', '/api/session'))).toBe(200);
    expect(await status(editor('POST', `/api/account-changes/${change}/approval`))).toBe(403);
    const approved = await reviewer('POST', `/api/account-changes/${change}/approval`);
    const { code: other } = approved.json<{ code: string }>();
    expect(approved.statusCode).toBe(200);
    // From now on the old password opens nothing, and who was signed in is out.
    expect(await status(ask('GET', '/api/session'))).toBe(401);
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(401);
    const activate = (codes: readonly string[], password = NEXT) =>
      server.app.inject({
        method: 'POST',
        url: '/api/account/activation',
        payload: { login, codes, password },
      });
    for (const codes of [
      [code, code],
      [other, other],
      [other, code],
    ])
      expect(problemOf(await activate(codes))).toMatchObject({ status: 403, code: 'wrong-code' });
    expect(problemOf(await activate([code, other], 'short'))).toMatchObject({ code: 'weak-password' });
    expect((await activate([code, other])).statusCode).toBe(204);
    expect((await activate([code, other], 'yet another one')).statusCode).toBe(403);
    expect((await officials.signIn(login, NEXT)).statusCode).toBe(201);
    const acts = await officials.acts(/^account\.(reset-|activated)/);
    expect(acts.filter(({ subject }) => subject === login).map(({ action }) => action)).toEqual([
      'account.reset-requested',
      'account.reset-approved',
      'account.activated',
    ]);
    expect(JSON.stringify(acts)).not.toContain(code);
  });

  test('is not approved by whom it is about, nor by who asked', async () => {
    const third = await officials.as('third');
    const about = await request('third');
    expect(await status(third('POST', `/api/account-changes/${about.change}/approval`))).toBe(403);
    expect(await status(third('POST', `/api/account-changes/${about.change}/rejection`))).toBe(403);
    expect(await status(reviewer('POST', `/api/account-changes/${about.change}/rejection`))).toBe(204);
    const own = (await third('POST', '/api/accounts/second/reset')).json<{ change: string }>();
    expect(await status(third('POST', `/api/account-changes/${own.change}/approval`))).toBe(403);
    expect(await status(third('POST', `/api/account-changes/${own.change}/rejection`))).toBe(204);
    expect((await officials.signIn('third', PASSWORD)).statusCode).toBe(201);
  });

  test('forgets the browsers and addresses that were known: they may be the thief’s', async () => {
    const login = await someone();
    await officials.as(login);
    const { change } = await request(login);
    await reviewer('POST', `/api/account-changes/${change}/approval`);
    const places = await officials.source.query<unknown[]>(
      'SELECT FROM sign_in_place WHERE account_id = $1',
      [await officials.idOf(login)],
    );
    expect(places).toEqual([]);
  });

  test('frees its owner from what strangers have guessed meanwhile', async () => {
    const login = await someone();
    const { change, code } = await request(login);
    const { code: other } = (await reviewer('POST', `/api/account-changes/${change}/approval`)).json<{
      code: string;
    }>();
    const place = { address: '203.0.113.77' };
    for (let time = 0; time < 5; time += 1) await officials.signIn(login, 'a guess', place);
    expect((await officials.signIn(login, 'a guess', place)).statusCode).toBe(429);
    await server.app.inject({
      method: 'POST',
      url: '/api/account/activation',
      payload: { login, codes: [code, other], password: NEXT },
    });
    expect((await officials.signIn(login, NEXT, place)).statusCode).toBe(201);
  });
});

describe('an account that is disabled', () => {
  const disable = (login: string, by = editor) =>
    by('POST', `/api/accounts/${login}/disabling`, { reason: '调离' });

  test('by one person: its sessions end at once, nobody signs in, and the ledger has the reason', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    expect(await status(disable(login))).toBe(204);
    expect(await status(ask('GET', '/api/session'))).toBe(401);
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(401);
    expect(await last(/disabled/)).toEqual({
      action: 'account.disabled',
      subject: login,
      account: await officials.idOf('keeper'),
      detail: { reason: '调离', sessionsEnded: 1 },
    });
    expect(await codeOf(disable(login))).toMatchObject({ status: 409, code: 'already-disabled' });
  });

  test('opens no session for who was signing in at that moment', async () => {
    const login = await someone();
    const holder = officials.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT FROM account WHERE login = $1 FOR UPDATE', [login]);
    const signingIn = officials.signIn(login, PASSWORD);
    await untilWaiting(officials.source, 1);
    await holder.query('UPDATE account SET disabled_at = now() WHERE login = $1', [login]);
    await holder.commitTransaction();
    await holder.release();
    expect((await signingIn).statusCode).toBe(401);
    expect(await editor('GET', `/api/accounts/${login}/sessions`).then((a) => a.json())).toEqual({
      sessions: [],
    });
  });

  test('is no session’s any more, even one that was overlooked', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    await officials.source.query('UPDATE account SET disabled_at = now() WHERE login = $1', [login]);
    expect(await status(ask('GET', '/api/session'))).toBe(401);
  });

  test('comes back by two people, with the password it had', async () => {
    const login = await someone();
    expect(await codeOf(editor('POST', `/api/accounts/${login}/enabling`))).toMatchObject({
      status: 409,
      code: 'not-disabled',
    });
    await disable(login);
    const { change } = (await editor('POST', `/api/accounts/${login}/enabling`)).json<{ change: string }>();
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(401);
    expect(await status(editor('POST', `/api/account-changes/${change}/approval`))).toBe(403);
    const changes = (await reviewer('GET', '/api/account-changes')).json<{ changes: object[] }>().changes;
    expect(changes).toMatchObject([{ id: change, kind: 'enable', login }]);
    expect(await status(reviewer('POST', `/api/account-changes/${change}/approval`))).toBe(200);
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(201);
    expect(await last(/enabled/)).toMatchObject({ action: 'account.enabled', subject: login });
  });

  test('is never by an organ’s people, nor without a reason', async () => {
    const login = await someone();
    expect(await status(disable(login, await officials.as('theirs')))).toBe(403);
    expect(await status(disable(login, await officials.as('auditor')))).toBe(403);
    for (const reason of ['', ' ', '两\n行', '\u202e']) {
      expect(await status(editor('POST', `/api/accounts/${login}/disabling`, { reason }))).toBe(422);
    }
    expect((await officials.signIn(login, PASSWORD)).statusCode).toBe(201);
  });

  test('never leaves the registry without an editor who asks and another who approves', async () => {
    // keeper asks, second and third approve: two of the three may go, by turns, never the last who is needed.
    expect(await status(disable('second', editor))).toBe(204);
    expect(await codeOf(disable('third', editor))).toMatchObject({ status: 409, code: 'last-of-registry' });
    const third = await officials.as('third');
    expect(await codeOf(disable('keeper', third))).toMatchObject({ code: 'last-of-registry' });
    expect(await status(third('GET', '/api/session'))).toBe(200);
    await officials.source.query(`UPDATE account SET disabled_at = NULL WHERE login = 'second'`);
    reviewer = await officials.as('second');
  });

  test('nor do two who disable another each at the same moment', async () => {
    const [third, second] = [await officials.as('third'), reviewer];
    const results = await Promise.all([status(disable('second', third)), status(disable('third', second))]);
    // Or the second was disabled before it asked.
    expectOne(results, [401, 409]);
    await officials.source.query(`UPDATE account SET disabled_at = NULL WHERE login IN ('second', 'third')`);
    reviewer = await officials.as('second');
  });

  test('nor does a change of roles, or a reset whose owner never comes', async () => {
    const accounts = server.app.get(AccountsService);
    const account = (login: string) => server.app.get(AuthService).getAccount(login);
    await disable('third');
    const { change } = await accounts.requestReset(await account('keeper'), 'keeper');
    await expect(accounts.approve(await account('second'), change)).rejects.toMatchObject({
      code: 'last-of-registry',
    });
    await accounts.reject(await account('second'), change);
    const roles = await accounts.requestRoles(await account('keeper'), 'keeper', ['publisher']);
    await expect(accounts.approve(await account('second'), roles)).rejects.toMatchObject({
      code: 'last-of-registry',
    });
    // Taken back whole: the request is still open.
    await accounts.reject(await account('second'), roles);
    await officials.source.query(`UPDATE account SET disabled_at = NULL WHERE login = 'third'`);
  });
});

describe('what was locked', () => {
  test('is unlocked by one of the registry, for the account and for the address if it is named', async () => {
    const login = await someone();
    const place = { address: '203.0.113.40' };
    const known = { address: '203.0.113.41' };
    await officials.as(login, known);
    for (const from of [place, known])
      for (let time = 0; time < 5; time += 1) await officials.signIn(login, 'a guess', from);
    await officials.source.query(
      `UPDATE sign_in_counter SET blocked_until = now() + interval '1 hour' WHERE starts_with(key, 'network:')`,
    );
    const theirs = await officials.as('theirs', known);
    expect(await status(theirs('POST', `/api/accounts/${login}/unlocking`, {}))).toBe(403);
    for (const from of [place, known])
      expect((await officials.signIn(login, PASSWORD, from)).statusCode).toBe(429);
    expect(await status(editor('POST', `/api/accounts/${login}/unlocking`, {}))).toBe(204);
    expect((await officials.signIn(login, PASSWORD, known)).statusCode).toBe(201);
    expect((await officials.signIn(login, PASSWORD, place)).statusCode).toBe(429);
    expect(await status(editor('POST', `/api/accounts/${login}/unlocking`, place))).toBe(204);
    expect((await officials.signIn(login, PASSWORD, place)).statusCode).toBe(201);
    expect(await last(/unlocked/)).toMatchObject({ subject: login, detail: { network: place.address } });
  });
});

test('an account that cannot be is not found, whatever is asked of it', async () => {
  for (const [login, expected] of [
    ['%00', 422],
    ['%ED%A0%80', 400],
    ['%20', 404],
    ['nobody', 404],
  ] as const)
    for (const [method, what, body] of [
      ['GET', 'sessions', undefined],
      ['DELETE', 'sessions', undefined],
      ['POST', 'reset', undefined],
      ['POST', 'enabling', undefined],
      ['POST', 'unlocking', {}],
      ['POST', 'disabling', { reason: '离职' }],
    ] as const) {
      const answer = await status(editor(method, `/api/accounts/${login}/${what}`, body));
      expect([login, what, answer]).toEqual([login, what, expected]);
    }
});

test('accounts are listed for the registry without what opens them', async () => {
  const { accounts } = (await editor('GET', '/api/accounts')).json<{ accounts: { login: string }[] }>();
  expect(accounts.find(({ login }) => login === 'theirs')).toEqual({
    login: 'theirs',
    displayName: '官员 theirs',
    organ: 'o-abc',
    roles: ['editor', 'reviewer'],
    demo: false,
    disabledAt: null,
    activated: true,
  });
});
