import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROLE_CODES } from '../src/auth/roles.ts';
import { demoAccounts } from './demo-accounts.ts';

const ISSUER = { key: 'o-aaaaaaaaaaaaaaaa', name: '示例局' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mandate-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the demo accounts', () => {
  test('have somebody for every role, and one who only drafts besides one who only reviews', async () => {
    const accounts = await demoAccounts(folder, ISSUER);
    const only = (role: string) => accounts.filter(({ roles }) => roles.length === 1 && roles[0] === role);
    for (const role of ROLE_CODES) {
      expect(accounts.some(({ roles }) => roles.includes(role))).toBe(true);
      if (role !== 'publisher') expect(only(role)).toHaveLength(1);
    }
    // What the registry's own editor imports for another organ has a second person too.
    const ofRegistry = accounts.filter(({ organ, roles }) => organ === null && roles.includes('reviewer'));
    expect(ofRegistry.length).toBeGreaterThanOrEqual(2);
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length);
    for (const { password } of accounts) expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  });

  test('are the same at every start, and nobody else may read them', async () => {
    const first = await demoAccounts(folder, ISSUER);
    expect(await demoAccounts(folder, ISSUER)).toEqual(first);
    expect((await stat(join(folder, 'demo-accounts.json'))).mode & 0o077).toBe(0);
  });

  test('of the time before roles keep their passwords, get roles, and the missing ones join', async () => {
    const old = [
      { login: 'fazheng', displayName: '旧名', organ: ISSUER.key, password: 'kept-kept-kept-kept' },
      { login: 'own', displayName: '自己加的', organ: null, password: 'also-kept' },
    ];
    await writeFile(join(folder, 'demo-accounts.json'), JSON.stringify(old));
    // Two processes that start at once.
    const [one, two] = await Promise.all([demoAccounts(folder, ISSUER), demoAccounts(folder, ISSUER)]);
    expect(two).toEqual(one);
    expect(one.find(({ login }) => login === 'fazheng')).toEqual({ ...old[0], roles: ['issuer'] });
    expect(one.find(({ login }) => login === 'own')).toEqual({ ...old[1], roles: [] });
    expect(one.map(({ login }) => login)).toContain('shenhe');
    expect(JSON.parse(await readFile(join(folder, 'demo-accounts.json'), 'utf8'))).toEqual(one);
    expect(await demoAccounts(folder, ISSUER)).toEqual(one);
  });
});
