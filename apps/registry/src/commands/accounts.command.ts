import type { Command } from 'commander';
import { type Role, ROLE_CODES, ROLES } from '../auth/roles.ts';
import { registerAccountCare } from './account-care.command.ts';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';

const ROLE_HELP = ROLE_CODES.map((role) => `${role} ${ROLES[role]}`).join('、');

/** The first two people of a registry: between them they can do everything but issue. */
const FIRST_ROLES = {
  editor: ['editor', 'publisher'],
  reviewer: ['reviewer', 'publisher'],
} as const satisfies Record<string, readonly Role[]>;

type Accounts = import('../auth/accounts.service.ts').AccountsService;
type Account = import('../auth/access.ts').Account;

export function registerAccounts(program: Command): void {
  const account = program
    .command('account')
    .description('官员账号：新建、改角色、重设密码和恢复由登记簿的一名编辑申请，另一名审核批准');
  registerBootstrap(account);
  registerRequests(account);
  registerDecisions(account);
  registerActivation(account);
  registerAccountCare(account);
  registerList(account);
}

function registerBootstrap(account: Command): void {
  account
    .command('bootstrap')
    .description('登记簿还没有任何账号时建立头两个；密码从标准输入读取两行，先编辑，后审核')
    .requiredOption('--editor <login:name>', '登记簿的编辑，如 zhang:编办张三')
    .requiredOption('--reviewer <login:name>', '登记簿的审核，须是另一个人')
    .action(async (options: { editor: string; reviewer: string }) => {
      const people = [parsePerson(options.editor), parsePerson(options.reviewer)] as const;
      const { readLines } = await import('./read-password.ts');
      const [first = '', second = ''] = await readLines(2);
      if (first === '' || second === '')
        throw new UsageError('没有读到两个密码：请经标准输入给出两行，先编辑的，后审核的。');
      if (first === second) throw new UsageError('两个账号的密码不能相同：它们属于两个人。');
      await withAccounts(async (accounts) =>
        accounts.bootstrap([
          { ...people[0], organ: null, roles: FIRST_ROLES.editor, password: first },
          { ...people[1], organ: null, roles: FIRST_ROLES.reviewer, password: second },
        ]),
      );
      console.log(
        `已建立账号 ${people[0].login}（${describeRoles(FIRST_ROLES.editor)}）和 ${people[1].login}（${describeRoles(FIRST_ROLES.reviewer)}）。`,
      );
    });
}

function registerRequests(account: Command): void {
  account
    .command('create <login>')
    .description('申请新建账号；批准后由账号本人用申请人、批准人各执的一半启用码设定密码')
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption('--name <displayName>', '显示名，如 市场监管局发证岗')
    .option('--organ <key>', '所代表机关的标识或名称；不给则为登记簿的账号')
    .requiredOption('--roles <roles>', `角色，用逗号分隔：${ROLE_HELP}`, parseRoles)
    .option('--json', '以 JSON 输出')
    .action(
      async (
        login: string,
        options: { as: string; name: string; organ?: string; roles: readonly Role[]; json?: true },
      ) => {
        const { change, code } = await asActor(options.as, async (accounts, actor, findOrgan) =>
          accounts.requestAccount(actor, {
            login,
            displayName: options.name,
            organ: options.organ === undefined ? null : await findOrgan(options.organ),
            roles: options.roles,
          }),
        );
        if (options.json) console.log(JSON.stringify({ change, login, code }));
        else {
          sayRequested(change, login, undefined);
          console.log(`启用码的前一半，请交给账号本人：${code}`);
        }
      },
    );
  account
    .command('roles <login>')
    .description('申请更换账号的角色')
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption('--roles <roles>', `角色，用逗号分隔：${ROLE_HELP}`, parseRoles)
    .option('--json', '以 JSON 输出')
    .action(async (login: string, options: { as: string; roles: readonly Role[]; json?: true }) => {
      const change = await asActor(options.as, (accounts, actor) =>
        accounts.requestRoles(actor, login, options.roles),
      );
      sayRequested(change, login, options.json);
    });
}

function registerDecisions(account: Command): void {
  account
    .command('approve <change>')
    .description('批准一项账号变更；申请人和本人不能批准')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (change: string, options: { as: string; json?: true }) => {
      const {
        kind,
        account: approved,
        code,
      } = await asActor(options.as, (accounts, actor) => accounts.approve(actor, change));
      const { login, organ, roles } = approved;
      if (options.json) {
        console.log(JSON.stringify({ kind, login, organ, roles, code }));
        return;
      }
      if (kind === 'enable') console.log(`已批准：账号 ${login} 可以重新登录。`);
      else if (kind === 'reset') console.log(`已批准：账号 ${login} 的旧密码已失效，会话已全部终止。`);
      else console.log(`已批准：账号 ${login} 的角色现在是 ${describeRoles(roles)}。`);
      if (code !== undefined)
        console.log(
          `启用码的后一半，请交给账号本人：${code}\n本人设定密码（七天内）：npx mandate account activate ${login} <前一半> <后一半>`,
        );
    });
  account
    .command('reject <change>')
    .description('否决一项账号变更；申请人可以这样撤回')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (change: string, options: { as: string; json?: true }) => {
      await asActor(options.as, (accounts, actor) => accounts.reject(actor, change));
      console.log(options.json ? JSON.stringify({ change, decision: 'rejected' }) : `已否决 ${change}。`);
    });
}

function registerActivation(account: Command): void {
  account
    .command('activate <login> <first> <second>')
    .description(
      '账号本人启用新账号，或在重设后：用两半启用码设定自己的密码；从终端或标准输入的一行读取，至少 12 个字符',
    )
    .action(async (login: string, first: string, second: string) => {
      const { askPassword, canAsk, readLines } = await import('./read-password.ts');
      const [password = ''] = canAsk() ? [await askPassword(login)] : await readLines(1);
      if (password === '') throw new UsageError('没有读到密码：请在终端里输入，或经标准输入给出一行。');
      const [{ withApp }, { ActivationService }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('../auth/activation.service.ts'),
      ]);
      await withApp((app) => app.get(ActivationService).activate(login, [first, second], password));
      console.log(`账号 ${login} 已启用。登录：npx mandate sign-in ${login}`);
    });
}

function registerList(account: Command): void {
  account
    .command('list')
    .description('列出账号、所代表的机关和角色，以及等待批准的变更')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) =>
      withAccounts(async (service, auth) => {
        const accounts = (await auth.accounts()).map(
          ({ login, displayName, organ, roles, demo, disabledAt }) => ({
            login,
            displayName,
            organ,
            roles,
            demo,
            disabledAt,
          }),
        );
        const changes = (await service.openChanges()).map(
          ({ id, kind, login, organ, roles, requestedAt }) => ({
            id,
            kind,
            login,
            organ,
            roles,
            requestedAt,
          }),
        );
        if (options.json) {
          console.log(JSON.stringify({ accounts, changes }));
          return;
        }
        if (accounts.length === 0) console.log('还没有账号。用 npx mandate account bootstrap 建立头两个。');
        for (const { login, displayName, organ, roles, disabledAt } of accounts)
          console.log(
            `${login}  ${organ ?? '登记簿'}  ${describeRoles(roles)}  ${displayName}${disabledAt === null ? '' : '  已停用'}`,
          );
        if (changes.length > 0) console.log('等待批准：');
        for (const change of changes) console.log(`${change.id}  ${describeChange(change)}`);
      }),
    );
}

function sayRequested(change: string, login: string, json: true | undefined): void {
  console.log(
    json
      ? JSON.stringify({ change, login })
      : `已申请。须由另一名登记簿审核批准：npx mandate account approve ${change} --as <login>`,
  );
}

function parsePerson(text: string): { login: string; displayName: string } {
  const [, login, displayName] = /^([a-z0-9._-]{2,40})[:：](.{1,60})$/.exec(text) ?? [];
  if (login === undefined || displayName === undefined)
    throw new UsageError(`“${text}”须写成 账号:显示名，如 zhang:编办张三；账号用小写字母和数字。`);
  return { login, displayName };
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

function describeChange({
  kind,
  login,
  organ,
  roles,
}: import('../auth/accounts.service.ts').DescribedChange): string {
  switch (kind) {
    case 'create':
      return `新建 ${login}（${organ ?? '登记簿'}）  ${describeRoles(roles)}`;
    case 'roles':
      return `${login} 改为  ${describeRoles(roles)}`;
    case 'reset':
      return `${login} 重设密码`;
    case 'enable':
      return `${login} 恢复使用`;
  }
}

async function asActor<T>(
  login: string,
  work: (accounts: Accounts, actor: Account, findOrgan: (keyOrName: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const [{ withActor }, { AccountsService }, { OrgansService }, { DataSource }] = await Promise.all([
    import('./actor.ts'),
    import('../auth/accounts.service.ts'),
    import('../organs/organs.service.ts'),
    import('typeorm'),
  ]);
  return withActor(login, (app, actor) =>
    // An account for an organ that does not exist would be an account that can do nothing.
    work(app.get(AccountsService), actor, async (organ) => {
      const { key } = await app.get(OrgansService).get(app.get(DataSource).manager, organ);
      return key;
    }),
  );
}

async function withAccounts(
  work: (accounts: Accounts, auth: import('../auth/auth.service.ts').AuthService) => Promise<void>,
): Promise<void> {
  const [{ withApp }, { AccountsService }, { AuthService }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../auth/accounts.service.ts'),
    import('../auth/auth.service.ts'),
  ]);
  await withApp((app) => work(app.get(AccountsService), app.get(AuthService)));
}
