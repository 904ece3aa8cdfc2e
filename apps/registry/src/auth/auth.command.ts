import type { Command } from 'commander';
import { UsageError } from '../cli-errors.ts';

export function registerAuth(program: Command): void {
  const account = program.command('account').description('官员账号');
  account
    .command('create <login>')
    .description('新建账号；密码从标准输入读取一行，至少 10 个字符')
    .requiredOption('--name <displayName>', '显示名，如 市场监管局发证岗')
    .option('--organ <key>', '所代表机关的标识；不给则为登记簿管理员')
    .option('--json', '以 JSON 输出')
    .action(async (login: string, options: { name: string; organ?: string; json?: true }) => {
      const password = await readLine();
      if (password === '')
        throw new UsageError(
          '没有读到密码：请经标准输入给出，例如 read -rs P && printf %s "$P" | npx mandate account create …',
        );
      const [{ withApp }, { AuthService }] = await Promise.all([
        import('../cli-context.ts'),
        import('./auth.service.ts'),
      ]);
      await withApp(async (app) => {
        const created = await app.get(AuthService).createAccount({
          login,
          displayName: options.name,
          organ: options.organ ?? null,
          password,
          demo: false,
        });
        console.log(
          options.json
            ? JSON.stringify({ login: created.login, organ: created.organ })
            : `已新建账号 ${created.login}。`,
        );
      });
    });
}

async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
