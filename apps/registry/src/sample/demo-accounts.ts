import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readOrCreate } from '../keys/key-files.ts';

const DemoAccountsSchema = z.array(
  z.strictObject({
    login: z.string(),
    displayName: z.string(),
    organ: z.string().nullable(),
    password: z.string(),
  }),
);
export type DemoAccounts = z.infer<typeof DemoAccountsSchema>;

// Without 0 O 1 l I: the passwords are printed to be typed.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The demo's accounts with their passwords: made once, kept in the data folder for its owner's eyes, printed at every start. */
export async function demoAccounts(
  dataDir: string,
  issuer: { key: string; name: string },
): Promise<DemoAccounts> {
  const bytes = await readOrCreate(join(dataDir, 'demo-accounts.json'), () => {
    const accounts: DemoAccounts = [
      { login: 'fazheng', displayName: `${issuer.name}发证岗`, organ: issuer.key, password: password() },
      { login: 'guanli', displayName: '登记簿管理员', organ: null, password: password() },
    ];
    return Promise.resolve(Buffer.from(`${JSON.stringify(accounts, null, 2)}\n`));
  });
  return DemoAccountsSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
}

function password(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
  return [group(), group(), group(), group()].join('-');
}
