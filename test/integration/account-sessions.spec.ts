import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestServer, type TestServer } from '../support/application.ts';
import { Officials, problemOf } from '../support/officials.ts';

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
  await officials.create('keeper', ['editor']);
  await officials.create('second', ['reviewer']);
  await officials.create('auditor', ['auditor']);
  await officials.create('theirs', ['editor', 'reviewer'], 'o-abc');
  editor = await officials.as('keeper');
  reviewer = await officials.as('second');
});
afterAll(() => server.close());

describe('sessions', () => {
  interface Listed {
    readonly sessions: readonly {
      readonly id: string;
      readonly current: boolean;
      readonly network: string;
    }[];
  }
  const list = async (ask: Ask, url = '/api/account/sessions') =>
    (await ask('GET', url)).json<Listed>().sessions;

  test('are listed for their owner without what opens them, and ended one by one or all the others', async () => {
    const login = await someone();
    const asks = [await officials.as(login), await officials.as(login, { address: '2001:db8::9' })];
    const [ask, other, third] = [asks[0], asks[1], await officials.as(login)] as const;
    if (ask === undefined || other === undefined) throw new Error('two sessions');
    const sessions = await list(ask);
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions.map(({ network }) => network)).toContain('2001:db8:0:0::/64');
    const text = JSON.stringify(sessions);
    const hashes = await officials.source.query<{ token_hash: string }[]>('SELECT token_hash FROM session');
    for (const { token_hash } of hashes) expect(text).not.toContain(token_hash);
    const foreign = (await list(other)).find(({ current }) => current)?.id ?? '';
    expect(await status(ask('DELETE', `/api/account/sessions/${foreign}`))).toBe(204);
    expect(await status(other('GET', '/api/session'))).toBe(401);
    expect((await ask('DELETE', '/api/account/sessions')).json()).toEqual({ ended: 1 });
    expect(await status(third('GET', '/api/session'))).toBe(401);
    expect(await status(ask('GET', '/api/session'))).toBe(200);
    expect((await officials.acts(/revoked/)).slice(-2).map(({ detail }) => detail)).toEqual([
      { session: foreign },
      { sessions: 1 },
    ]);
  });

  test('of others are not one’s own to end', async () => {
    const [mine, theirs] = [await officials.as(await someone()), await officials.as(await someone())];
    const [session] = await list(theirs);
    for (const id of [session?.id ?? '', 'nothing', '00000000-0000-0000-0000-000000000000'])
      expect(await codeOf(mine('DELETE', `/api/account/sessions/${id}`))).toMatchObject({
        status: 404,
        code: 'session-not-found',
      });
    expect(await status(theirs('GET', '/api/session'))).toBe(200);
  });

  test('of others are the registry’s to see, and its editor’s and reviewer’s to end', async () => {
    const login = await someone();
    const asks = [await officials.as(login), await officials.as(login), await officials.as(login)];
    const url = `/api/accounts/${login}/sessions`;
    const auditor = await officials.as('auditor');
    const [first] = await list(auditor, url);
    expect(await list(auditor, url)).toHaveLength(3);
    // From where somebody works is personal: who looked, is known.
    expect(await last(/listed/)).toMatchObject({ subject: login, account: await officials.idOf('auditor') });
    expect(await status(auditor('DELETE', url))).toBe(403);
    expect(await status((await officials.as('theirs'))('GET', url))).toBe(403);
    expect(await status(reviewer('DELETE', `${url}/${first?.id ?? ''}`))).toBe(204);
    expect((await editor('DELETE', url)).json()).toEqual({ ended: 2 });
    for (const ask of asks) expect(await status(ask('GET', '/api/session'))).toBe(401);
    expect(await last(/revoked/)).toMatchObject({ subject: login, account: await officials.idOf('keeper') });
  });

  test('end where nobody uses them, are used to some minutes, and are swept at the next sign-in', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    const id = await officials.idOf(login);
    const age = (interval: string) =>
      officials.source.query(`UPDATE session SET used_at = now() - $2::interval WHERE account_id = $1`, [
        id,
        interval,
      ]);
    const usedAt = async () =>
      (
        await officials.source.query<{ used_at: Date }[]>(
          'SELECT used_at FROM session WHERE account_id = $1',
          [id],
        )
      ).map(({ used_at }) => used_at.getTime());
    await age('4 minutes');
    const before = await usedAt();
    expect(await status(ask('GET', '/api/session'))).toBe(200);
    expect(await usedAt()).toEqual(before);
    await age('6 minutes');
    expect(await status(ask('GET', '/api/session'))).toBe(200);
    expect((await usedAt())[0]).toBeGreaterThan(before[0] ?? 0);
    await age('121 minutes');
    expect(await status(ask('GET', '/api/session'))).toBe(401);
    expect(await usedAt()).toHaveLength(1);
    await officials.as('auditor');
    expect(await usedAt()).toEqual([]);
  });

  test('begin under a token of their own, and end the one the browser had', async () => {
    const login = await someone();
    const first = await officials.as(login);
    const second = await officials.as(login, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect(await status(first('GET', '/api/session'))).toBe(401);
    expect(await status(second('GET', '/api/session'))).toBe(200);
  });

  test('are a hundred at most for each account', async () => {
    const login = await someone();
    const ask = await officials.as(login);
    await officials.source.query(
      `INSERT INTO session (token_hash, id, account_id, expires_at, network, created_at)
       SELECT 'x' || n, gen_random_uuid(), $1, now() + interval '1 hour', 'console', now() - interval '1 minute' + n * interval '1 second'
       FROM generate_series(1, 150) n`,
      [await officials.idOf(login)],
    );
    const fresh = await officials.as(login);
    expect(await list(fresh)).toHaveLength(100);
    expect(await status(ask('GET', '/api/session'))).toBe(200);
  });
});
