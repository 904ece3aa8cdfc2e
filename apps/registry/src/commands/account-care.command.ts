import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';

type Account = import('../auth/access.ts').Account;
interface Options {
  readonly as: string;
  readonly json?: true;
}

/** What becomes of an account once it is there: its password, its sessions, and whether it may act at all. */
export function registerAccountCare(account: Command): void {
  registerPassword(account);
  registerRequests(account);
  registerEmergency(account);
  registerSessions(account);
}

function registerPassword(account: Command): void {
  account
    .command('password')
    .description(
      '修改自己的密码，其他会话随之结束；从终端，或标准输入的两行读取：现在的密码，新密码（至少 12 个字符）',
    )
    .requiredOption(AS_OPTION, AS_HELP)
    .action(async (options: Options) => {
      const { askPassword, canAsk, readLines } = await import('./read-password.ts');
      const [current = '', next = ''] = canAsk()
        ? [await askPassword(`${options.as} 现在`), await askPassword(`${options.as} 新`)]
        : await readLines(2);
      if (current === '' || next === '')
        throw new UsageError('没有读到两个密码：请在终端里输入，或经标准输入给出两行，先现在的，后新的。');
      const [{ withApp }, { changePassword }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('./change-password.ts'),
      ]);
      const login = await withApp((app) => changePassword(app, options.as, { current, next }));
      console.log(`账号 ${login} 的密码已修改。其他地方须用新密码重新登录。`);
    });
}

function registerRequests(account: Command): void {
  account
    .command('reset <login>')
    .description('申请重设忘记或泄露的密码；批准后旧密码失效，由本人用申请人、批准人各执的一半启用码设定新的')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (login: string, options: Options) => {
      const { change, code } = await asActor(options.as, async (app, actor) =>
        (await accountsOf(app)).requestReset(actor, login),
      );
      if (options.json) console.log(JSON.stringify({ change, login, code }));
      else console.log(`${approvalOf(change)}\n启用码的前一半，请交给账号本人：${code}`);
    });
  account
    .command('enable <login>')
    .description('申请恢复已停用的账号，须由另一名登记簿审核批准')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (login: string, options: Options) => {
      const change = await asActor(options.as, async (app, actor) =>
        (await accountsOf(app)).requestEnabling(actor, login),
      );
      console.log(options.json ? JSON.stringify({ change, login }) : approvalOf(change));
    });
}

function registerEmergency(account: Command): void {
  account
    .command('disable <login>')
    .description('立即停用账号并终止其全部会话：登记簿的编辑或审核一人即可；恢复须两人')
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption('--reason <reason>', '理由，记入台账')
    .action(async (login: string, options: Options & { reason: string }) => {
      await asActor(options.as, async (app, actor) =>
        (await emergencyOf(app)).disable(actor, login, options.reason),
      );
      console.log(
        `账号 ${login} 已停用，其会话已全部终止。恢复：npx mandate account enable ${login} --as <login>`,
      );
    });
  account
    .command('unlock <login>')
    .description('解除输错密码后的登录限制')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--address <ip>', '同时解除对这个地址的限制')
    .action(async (login: string, options: Options & { address?: string }) => {
      await asActor(options.as, async (app, actor) =>
        (await emergencyOf(app)).unlock(actor, login, options.address),
      );
      console.log(`账号 ${login} 的登录限制已解除。`);
    });
}

function registerSessions(account: Command): void {
  account
    .command('sessions [login]')
    .description('列出自己的会话；登记簿的编辑、审核和审计也可以看别人的')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (login: string | undefined, options: Options) => {
      const own = login === undefined || login === options.as;
      const { sessions } = await asActor(
        options.as,
        async (app, actor) => {
          const [{ sessionsOf }, { openSessions }] = await Promise.all([
            import('./account-sessions.ts'),
            import('../auth/session-view.ts'),
          ]);
          return openSessions(await sessionsOf(app, actor, login));
        },
        own ? { unrecorded: '只看自己的会话' } : {},
      );
      if (options.json) {
        console.log(JSON.stringify({ sessions }));
        return;
      }
      if (sessions.length === 0) console.log('没有会话。');
      for (const { id, startedAt, usedAt, network, way } of sessions)
        console.log(`${id}  ${startedAt} 登录  ${usedAt} 使用  ${network}  ${way ?? ''}`);
    });
  account
    .command('revoke <login> [session]')
    .description('终止一个会话，不给会话则为该账号的全部会话：自己的，或登记簿的编辑、审核终止别人的')
    .requiredOption(AS_OPTION, AS_HELP)
    .action(async (login: string, session: string | undefined, options: Options) => {
      const ended = await asActor(options.as, async (app, actor) => {
        const { revokeSessions } = await import('./account-sessions.ts');
        return revokeSessions(app, actor, { login, session });
      });
      console.log(`已终止账号 ${login} 的 ${ended.toString()} 个会话。`);
    });
}

function approvalOf(change: string): string {
  return `已申请。须由另一名登记簿审核批准：npx mandate account approve ${change} --as <login>`;
}

async function asActor<T>(
  login: string,
  work: (app: INestApplicationContext, actor: Account) => Promise<T>,
  acts: { readonly unrecorded?: string } = {},
): Promise<T> {
  const { withActor } = await import('./actor.ts');
  return withActor(login, work, acts);
}

async function accountsOf(app: INestApplicationContext) {
  const { AccountsService } = await import('../auth/accounts.service.ts');
  return app.get(AccountsService);
}

async function emergencyOf(app: INestApplicationContext) {
  const { AccountEmergencyService } = await import('../auth/account-emergency.service.ts');
  return app.get(AccountEmergencyService);
}
