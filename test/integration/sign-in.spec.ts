import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PasswordHasher } from '../../apps/registry/src/auth/password-hasher.ts';
import { TOLD_AN_HOUR } from '../../apps/registry/src/auth/refused-sign-ins.service.ts';
import { createTestServer, type TestServer } from '../support/application.ts';
import { cookiesOf, Officials, PASSWORD, problemOf } from '../support/officials.ts';

const OFFICE = '198.51.100.1';
const ELSEWHERE = '203.0.113.9';
const stranger = (number: number) => ({ address: `192.0.2.${number.toString()}` });

let server: TestServer;
let officials: Officials;
let hasher: PasswordHasher;

beforeAll(async () => {
  server = await createTestServer();
  officials = new Officials(server);
  hasher = server.app.get(PasswordHasher);
  for (const login of ['official', 'colleague', 'newcomer', 'gone']) await officials.create(login);
  await officials.source.query(`UPDATE account SET disabled_at = now() WHERE login = 'gone'`);
});
afterAll(() => server.close());
beforeEach(async () => {
  await officials.source.query('DELETE FROM sign_in_counter');
  await officials.source.query('DELETE FROM sign_in_place');
});

const signIn = (...given: Parameters<Officials['signIn']>) => officials.signIn(...given);
const statusOf = async (...given: Parameters<Officials['signIn']>) => (await signIn(...given)).statusCode;
/** As many wrong passwords as cost nothing, from one place. */
async function guess(login: string, place: { address: string; cookie?: string }, times = 5): Promise<void> {
  for (let time = 0; time < times; time += 1) expect(await statusOf(login, 'a guess', place)).toBe(401);
}
/** Until every delay is over. */
const waitOut = () =>
  officials.source.query(`UPDATE sign_in_counter SET blocked_until = now() - interval '1 second'`);
const counters = () =>
  officials.source.query<{ key: string; failures: number }[]>(
    'SELECT key, failures FROM sign_in_counter ORDER BY key',
  );

describe('a stranger does not shut an official out', () => {
  test('with guesses from many addresses: they are slowed together, the official’s own address is not', async () => {
    expect(await statusOf('official', PASSWORD, { address: OFFICE })).toBe(201);
    for (let number = 1; number <= 20; number += 1) await guess('official', stranger(number), 1);
    // Even the right password waits there now, so that nobody can tell it from a wrong one.
    expect(await statusOf('official', PASSWORD, stranger(21))).toBe(429);
    expect(await statusOf('official', PASSWORD, { address: OFFICE })).toBe(201);
    // Others are not concerned.
    expect(await statusOf('colleague', PASSWORD, stranger(22))).toBe(201);
  });

  test('with guesses from his own address: his browser is known', async () => {
    const cookie = cookiesOf(await signIn('official', PASSWORD, { address: OFFICE }));
    await guess('official', { address: OFFICE });
    expect(await statusOf('official', PASSWORD, { address: OFFICE })).toBe(429);
    expect(await statusOf('official', PASSWORD, { address: OFFICE, cookie })).toBe(201);
  });

  test('nor where he takes his browser to another address', async () => {
    const cookie = cookiesOf(await signIn('official', PASSWORD, { address: OFFICE }));
    for (let number = 1; number <= 20; number += 1) await guess('official', stranger(number), 1);
    expect(await statusOf('official', PASSWORD, { address: ELSEWHERE })).toBe(429);
    expect(await statusOf('official', PASSWORD, { address: ELSEWHERE, cookie })).toBe(201);
  });

  test('with guesses at everybody from the address of the whole office', async () => {
    expect(await statusOf('official', PASSWORD, { address: OFFICE })).toBe(201);
    await guess('nobody', { address: OFFICE }, 1);
    await officials.source.query(
      `UPDATE sign_in_counter SET failures = 99 WHERE starts_with(key, 'network:')`,
    );
    await guess('somebody', { address: OFFICE }, 1);
    expect(await statusOf('newcomer', PASSWORD, { address: OFFICE })).toBe(429);
    expect(await statusOf('official', PASSWORD, { address: OFFICE })).toBe(201);
  });

  test('and a browser is known for the account that signed in with it alone', async () => {
    const cookie = cookiesOf(await signIn('colleague', PASSWORD, { address: OFFICE }));
    await guess('official', { address: OFFICE, cookie });
    expect(await statusOf('official', PASSWORD, { address: OFFICE, cookie })).toBe(429);
  });

  test('nor by a browser’s token that he planted: it is replaced where the official signs in', async () => {
    const planted = `mandate_device=${'x'.repeat(43)}`;
    const answer = await signIn('official', PASSWORD, { address: OFFICE, cookie: planted });
    expect(cookiesOf(answer)).toMatch(/mandate_device=(?!xxx)[\w-]{43}/);
    await officials.source.query(`DELETE FROM sign_in_place WHERE starts_with(place, 'network:')`);
    await guess('official', { address: OFFICE, cookie: planted });
    expect(await statusOf('official', PASSWORD, { address: OFFICE, cookie: cookiesOf(answer) })).toBe(201);
  });
});

describe('a guesser is delayed', () => {
  test('after five, from where the official has signed in too, and longer each time', async () => {
    await signIn('official', PASSWORD, { address: OFFICE });
    for (const place of [{ address: OFFICE }, { address: ELSEWHERE }]) {
      await guess('official', place);
      const seconds: number[] = [];
      for (let time = 0; time < 3; time += 1) {
        const refused = await signIn('official', PASSWORD, place);
        expect(problemOf(refused)).toMatchObject({ status: 429, code: 'locked' });
        seconds.push(Number(refused.headers['retry-after']));
        await waitOut();
        await guess('official', place, 1);
      }
      for (const [at, most] of [30, 60, 120].entries()) {
        expect(seconds[at]).toBeGreaterThan(most / 2);
        expect(seconds[at]).toBeLessThanOrEqual(most);
      }
    }
  });

  test('while he waits nothing more is counted, so that the delay ends', async () => {
    await guess('official', { address: ELSEWHERE });
    const before = await counters();
    for (let time = 0; time < 5; time += 1)
      expect(await statusOf('official', 'a guess', { address: ELSEWHERE })).toBe(429);
    expect(await counters()).toEqual(before);
  });

  test('over all addresses of his IPv6 network', async () => {
    for (let host = 1; host <= 5; host += 1)
      await guess('official', { address: `2001:db8:1:2::${host.toString()}` }, 1);
    expect(await statusOf('official', 'a guess', { address: '2001:db8:1:2:ffff::9' })).toBe(429);
    expect(await statusOf('official', 'a guess', { address: '2001:db8:1:3::1' })).toBe(401);
  });

  test('with one password at everybody', async () => {
    await guess('nobody', { address: ELSEWHERE }, 1);
    await officials.source.query(
      `UPDATE sign_in_counter SET failures = 99 WHERE starts_with(key, 'network:')`,
    );
    await guess('somebody', { address: ELSEWHERE }, 1);
    for (const login of ['official', 'anybody'])
      expect(await statusOf(login, 'a guess', { address: ELSEWHERE })).toBe(429);
  });

  test('also where he has an account of his own, which wipes away no guess at others', async () => {
    await guess('official', { address: ELSEWHERE }, 3);
    expect(await statusOf('colleague', PASSWORD, { address: ELSEWHERE })).toBe(201);
    const failures = Object.fromEntries(
      (await counters()).map(({ key, failures }) => [key.split(':')[0], failures]),
    );
    expect(failures).toMatchObject({ account: 3, network: 3, pair: 3 });
  });

  test('and not by mistakes of long ago', async () => {
    await guess('official', { address: ELSEWHERE }, 4);
    await officials.source.query(`UPDATE sign_in_counter SET failed_at = now() - interval '25 hours'`);
    await guess('official', { address: ELSEWHERE }, 4);
    expect(await statusOf('official', PASSWORD, { address: ELSEWHERE })).toBe(201);
    // What stood against him there is taken back.
    expect((await counters()).some(({ key }) => key.startsWith('pair:'))).toBe(false);
  });

  test('of thirty guesses at the same moment five are looked at', async () => {
    const compared = hasher.compared;
    const guesses = await Promise.all(
      Array.from({ length: 30 }, () => statusOf('official', 'a guess', { address: ELSEWHERE })),
    );
    expect(guesses.filter((status) => status === 401)).toHaveLength(5);
    expect(guesses.filter((status) => status === 429)).toHaveLength(25);
    expect(hasher.compared - compared).toBe(5);
  });
});

describe('a login that nobody has', () => {
  /** Everything a stranger sees of eight attempts, and how often a password was compared. */
  async function seen(login: string, address: string) {
    const answers: unknown[] = [];
    const compared = hasher.compared;
    for (let time = 0; time < 8; time += 1) {
      const answer = await signIn(login, 'a guess', { address });
      const delayed = answer.headers['retry-after'] !== undefined;
      const { title, ...problem } = problemOf(answer) as { title: string; status: number };
      const words = title.replace(/\d+ 秒/, 'n 秒');
      answers.push({ ...problem, words, delayed, cookie: answer.headers['set-cookie'] });
    }
    return { answers, compared: hasher.compared - compared };
  }

  test('answers as one that somebody has, before and after the delay, and as one that is disabled', async () => {
    const absent = await seen('nobody', '192.0.2.101');
    expect(absent.answers.map((answer) => (answer as { status: number }).status)).toEqual([
      ...Array.from({ length: 5 }, () => 401),
      ...Array.from({ length: 3 }, () => 429),
    ]);
    expect(absent.compared).toBe(5);
    expect(await seen('official', '192.0.2.102')).toEqual(absent);
    expect(await seen('gone', '192.0.2.103')).toEqual(absent);
  });

  test('is in no table, nor is the address: people type their password there', async () => {
    await guess('hunter2-my-secret', { address: ELSEWHERE }, 3);
    const text = JSON.stringify([
      await counters(),
      await officials.source.query('SELECT * FROM sign_in_place'),
      await officials.acts(/./),
    ]);
    expect(text).not.toContain('hunter2');
    for (const { key } of await counters())
      expect(key).toMatch(/^(told|(pair|account|network):[0-9a-f]{4})$/);
  });

  test.each(['两个字', 'a b', "' OR 1=1 --"])('answers likewise where it can be none: %j', async (login) => {
    expect(problemOf(await signIn(login, 'a guess', { address: ELSEWHERE }))).toMatchObject({
      status: 401,
    });
  });

  test('of a disabled account the right password opens nothing', async () => {
    expect(problemOf(await signIn('gone', PASSWORD, { address: OFFICE }))).toMatchObject({ status: 401 });
  });
});

describe('the ledger', () => {
  test('has one row for the first, second and fourth refusal, with the delay, of an account that there is by name', async () => {
    const before = (await officials.acts(/^session\.refused$/)).length;
    await guess('official', { address: ELSEWHERE });
    await guess('hunter2', { address: OFFICE }, 1);
    const acts = (await officials.acts(/^session\.refused$/)).slice(before);
    expect(acts).toEqual([
      ...[1, 2, 4].map((failures) => ({
        action: 'session.refused',
        subject: 'official',
        account: null,
        detail: { network: ELSEWHERE, failures, delaySeconds: 0 },
      })),
      {
        action: 'session.refused',
        subject: '',
        account: null,
        detail: { network: OFFICE, failures: 1, delaySeconds: 0 },
      },
    ]);
  });

  test('takes so many of them an hour and says that it stops; the next hour it begins again', async () => {
    const refused = async () => (await officials.acts(/^session\.refused$/)).length;
    const before = await refused();
    await guess('official', stranger(1), 1);
    await officials.source.query(`UPDATE sign_in_counter SET failures = $1 WHERE key = 'told'`, [
      TOLD_AN_HOUR - 1,
    ]);
    for (let number = 2; number <= 4; number += 1) await guess('official', stranger(number), 1);
    expect(await refused()).toBe(before + 2);
    expect((await officials.acts(/^session\.refused$/)).at(-1)?.detail).toMatchObject({ moreNotTold: true });
    await officials.source.query(
      `UPDATE sign_in_counter SET failed_at = now() - interval '61 minutes' WHERE key = 'told'`,
    );
    await guess('official', stranger(5), 1);
    expect(await refused()).toBe(before + 3);
  });

  test('knows who signed in, from where, and who signed out', async () => {
    const ask = await officials.as('official', { address: OFFICE });
    await ask('DELETE', '/api/session');
    const acts = (await officials.acts(/^session\.(started|ended)$/)).slice(-2);
    const account = await officials.idOf('official');
    expect(acts).toMatchObject([
      { action: 'session.started', subject: 'official', account, detail: { network: OFFICE } },
      { action: 'session.ended', subject: 'official', account },
    ]);
  });
});

describe('the counters', () => {
  test('are swept of what is a day old', async () => {
    await guess('official', stranger(1), 1);
    await officials.source.query(`UPDATE sign_in_counter SET failed_at = now() - interval '25 hours'`);
    const old = (await counters()).map(({ key }) => key).filter((key) => key.startsWith('network:'));
    await guess('nobody', stranger(2), 1);
    expect(old).toHaveLength(1);
    expect((await counters()).map(({ key }) => key)).not.toContain(old[0]);
  });

  test('and places are few for each account, however often it signs in from new ones', async () => {
    for (let number = 1; number <= 23; number += 1)
      expect(await statusOf('official', PASSWORD, stranger(number))).toBe(201);
    const [row] = await officials.source.query<{ places: number }[]>(
      'SELECT count(*)::integer AS places FROM sign_in_place',
    );
    expect(row?.places).toBe(40);
    // The latest are those that are kept.
    await guess('official', stranger(23), 5);
    expect((await counters()).map(({ key }) => key.split(':')[0])).toContain('place');
  });
});

test('a flood of sign-ins is told to come back, and officials still get in', async () => {
  const cookie = cookiesOf(await signIn('official', PASSWORD, { address: OFFICE }));
  const flood = Array.from({ length: 90 }, (_, number) =>
    signIn(`nobody-${number.toString()}`, 'a guess', { address: ELSEWHERE }),
  );
  const official = await statusOf('official', PASSWORD, { address: OFFICE, cookie });
  const answers = await Promise.all(flood);
  expect(official).toBe(201);
  const busy = answers.filter(({ statusCode }) => statusCode === 503);
  expect(busy.length).toBeGreaterThan(0);
  for (const answer of busy) {
    expect(problemOf(answer)).toMatchObject({ code: 'busy' });
    expect(answer.headers['retry-after']).toBe('2');
  }
  for (const { statusCode } of answers) expect([401, 503]).toContain(statusCode);
});
