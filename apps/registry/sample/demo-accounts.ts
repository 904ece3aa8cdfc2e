import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Role, ROLE_CODES } from '../src/auth/roles.ts';
import { readOrCreate, replaceFile } from '../src/keys/key-files.ts';

const DemoAccountSchema = z.strictObject({
  login: z.string(),
  displayName: z.string(),
  organ: z.string().nullable(),
  // Absent in a file of the time before there were roles.
  roles: z.array(z.enum(ROLE_CODES)).optional(),
  password: z.string(),
});
type StoredAccount = z.infer<typeof DemoAccountSchema>;
export type DemoAccounts = (StoredAccount & { roles: Role[] })[];

// Without 0 O 1 l I: the passwords are printed to be typed.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** One account for each role, so that a change can be walked through from draft to publication, and the keeper. */
function wanted(issuer: { key: string; name: string }): Omit<DemoAccounts[number], 'password'>[] {
  const organ = issuer.key;
  return [
    { login: 'fazheng', displayName: `${issuer.name}发证岗`, organ, roles: ['issuer'] },
    { login: 'bianji', displayName: `${issuer.name}清单编辑`, organ, roles: ['editor'] },
    { login: 'shenhe', displayName: `${issuer.name}法规科审核`, organ, roles: ['reviewer'] },
    // Also the second person for the list of an organ that has no reviewer of its own in the demo: an imported workbook.
    { login: 'fabu', displayName: '编办清单审核发布', organ: null, roles: ['reviewer', 'publisher'] },
    { login: 'shenji', displayName: '审计', organ: null, roles: ['auditor'] },
    {
      login: 'guanli',
      displayName: '登记簿管理员',
      organ: null,
      roles: ['editor', 'reviewer', 'publisher', 'issuer'],
    },
  ];
}

/** The demo's accounts with their passwords: made once, kept in the data folder for its owner's eyes, printed at every start. */
export async function demoAccounts(
  dataDir: string,
  issuer: { key: string; name: string },
): Promise<DemoAccounts> {
  const path = join(dataDir, 'demo-accounts.json');
  const bytes = await readOrCreate(path, () =>
    Promise.resolve(encode(complete([], issuer, randomBytes(32)))),
  );
  const stored = z.array(DemoAccountSchema).parse(JSON.parse(Buffer.from(bytes).toString()));
  const accounts = complete(stored, issuer, bytes);
  const upgraded = encode(accounts);
  if (!upgraded.equals(bytes)) await replaceFile(path, upgraded);
  return accounts;
}

/**
 * The stored accounts with their roles, and those that are missing.
 * @param secret from which new passwords follow: two processes that upgrade the same file at once come to the same
 */
function complete(
  before: readonly StoredAccount[],
  issuer: { key: string; name: string },
  secret: Uint8Array,
): DemoAccounts {
  const known = new Map(before.map((account) => [account.login, account]));
  const accounts = wanted(issuer).map((account) => {
    const stored = known.get(account.login);
    if (stored === undefined) return { ...account, password: newPassword(secret, account.login) };
    return { ...stored, roles: stored.roles ?? account.roles };
  });
  const others = before.filter(({ login }) => !accounts.some((account) => account.login === login));
  return [...accounts, ...others.map((account) => ({ ...account, roles: account.roles ?? [] }))];
}

function encode(accounts: DemoAccounts): Buffer {
  return Buffer.from(`${JSON.stringify(accounts, null, 2)}\n`);
}

function newPassword(secret: Uint8Array, login: string): string {
  // 16 letters of 31: the remainder of a byte leans to some of them by less than a bit in all.
  const bytes = createHmac('sha256', secret).update(login).digest().subarray(0, 16);
  const text = [...bytes].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}
