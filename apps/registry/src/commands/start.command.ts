import type { Command } from 'commander';

const ENVIRONMENT = `
环境变量 environment:
  PORT              端口，默认 4180（port）
  MANDATE_DATA_DIR  数据文件夹，默认 data（data folder）
  DATABASE_URL      用自己的 PostgreSQL 15 以上服务器；结构由 mandate migrate 升级（your own server）`;

export function registerStart(program: Command): void {
  program
    .command('start')
    .description('启动登记簿：数据库、接口、后台任务和网站；Ctrl-C 停止')
    .addHelpText('after', ENVIRONMENT)
    .action(() => run(false));
  program
    .command('dev')
    .description('与 start 相同，源代码改动后自动重启接口和后台任务')
    .addHelpText('after', ENVIRONMENT)
    .action(() => run(true));
}

async function run(watch: boolean): Promise<void> {
  const { supervise } = await import('../bootstrap/supervisor.ts');
  await supervise({ watch });
}
