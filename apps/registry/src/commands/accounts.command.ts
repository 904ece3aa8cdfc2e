import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';
import { type Role, ROLE_CODES, ROLES } from '../auth/roles.ts';

const ROLE_HELP = ROLE_CODES.map((role) => `${role} ${ROLES[role]}`).join('、');

export function registerAuth(program: Command): void {
  const account = program.command('account').description('官员账号');
  account
    .command('create <login>')
    .description('新建账号；密码从标准输入读取一行，至少 10 个字符')
    .requiredOption('--name <displayName>', '显示名，如 市场监管局发证岗')
    .option('--organ <key>', '所代表机关的标识或名称；不给则为登记簿管理员')
    .requiredOption('--roles <roles>', `角色，用逗号分隔：${ROLE_HELP}`, parseRoles)
    .option('--json', '以 JSON 输出')
    .action(
      async (
        login: string,
        options: { name: string; organ?: string; roles: readonly Role[]; json?: true },
      ) => {
        const password = await readLine();
        if (password === '')
          throw new UsageError(
            '没有读到密码：请经标准输入给出，例如 read -rs P && printf %s "$P" | npx mandate account create …',
          );
        await withAuth(async (auth, findOrgan) => {
          const { organ, roles } = await auth.createAccount({
            login,
            displayName: options.name,
            organ: options.organ === undefined ? null : await findOrgan(options.organ),
            roles: options.roles,
            password,
            demo: false,
          });
          console.log(
            options.json
              ? JSON.stringify({ login, organ, roles })
              : `已新建账号 ${login}（${describeRoles(roles)}）。`,
          );
        });
      },
    );
  account
    .command('roles <login>')
    .description('更换账号的角色')
    .requiredOption('--roles <roles>', `角色，用逗号分隔：${ROLE_HELP}`, parseRoles)
    .option('--json', '以 JSON 输出')
    .action(async (login: string, options: { roles: readonly Role[]; json?: true }) =>
      withAuth(async (auth) => {
        const { roles } = await auth.setRoles(login, options.roles);
        console.log(
          options.json
            ? JSON.stringify({ login, roles })
            : `账号 ${login} 的角色现在是：${describeRoles(roles)}。`,
        );
      }),
    );
  account
    .command('list')
    .description('列出账号、所代表的机关和角色')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) =>
      withAuth(async (auth) => {
        const accounts = (await auth.accounts()).map(({ login, displayName, organ, roles, demo }) => ({
          login,
          displayName,
          organ,
          roles,
          demo,
        }));
        if (options.json) console.log(JSON.stringify({ accounts }));
        else if (accounts.length === 0) console.log('还没有账号。用 npx mandate account create 新建。');
        else
          for (const { login, displayName, organ, roles } of accounts)
            console.log(`${login}  ${organ ?? '登记簿'}  ${describeRoles(roles)}  ${displayName}`);
      }),
    );
}

function parseRoles(text: string): readonly Role[] {
  return text
    .split(/[,，、\s]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const role = ROLE_CODES.find((code) => code === word || ROLES[code] === word);
      if (role === undefined) throw new UsageError(`没有“${word}”这种角色。可用的角色：${ROLE_HELP}。`);
      return role;
    });
}

function describeRoles(roles: readonly Role[]): string {
  return roles.length === 0 ? '没有角色' : roles.map((role) => ROLES[role]).join('、');
}

async function withAuth(
  work: (
    auth: import('../auth/auth.service.ts').AuthService,
    findOrgan: (keyOrName: string) => Promise<string>,
  ) => Promise<void>,
): Promise<void> {
  const [{ withApp }, { AuthService }, { OrgansService }, { DataSource }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../auth/auth.service.ts'),
    import('../organs/organs.service.ts'),
    import('typeorm'),
  ]);
  await withApp((app) =>
    // An account for an organ that does not exist would be an account that can do nothing.
    work(app.get(AuthService), async (organ) => {
      const { key } = await app.get(OrgansService).get(app.get(DataSource).manager, organ);
      return key;
    }),
  );
}

async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
