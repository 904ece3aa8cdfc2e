import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { UsageError } from './usage-error.ts';

const ENVIRONMENT = `
环境变量 environment:
  PORT, MANDATE_LISTEN   监听的端口和地址；在容器里用 MANDATE_LISTEN=0.0.0.0（port and address）
  MANDATE_DATA_DIR       数据文件夹，三个进程共用（data folder, shared by the three）
  MANDATE_API_URL        serve：接口的地址（where serve finds the API）
  MANDATE_FRONT_SECRET   serve 与 api 相同的一串随机字符，至少 32 个：接口只信带着它的来访者地址
  DATABASE_URL           api 与 worker：数据库；先运行 mandate migrate（run migrate first）`;

/** The registry's processes one by one, for whoever has something that keeps them running: one process a container. */
export function registerProcesses(program: Command): void {
  program
    .command('serve')
    .description('单独运行对外服务：公开的网页和数据文件，/api 转给 MANDATE_API_URL')
    .addHelpText('after', ENVIRONMENT)
    .action(async () => {
      if (loadConfig().apiUrl === undefined)
        throw new UsageError('serve 需要 MANDATE_API_URL（接口的地址）。');
      await import('../bootstrap/front.ts');
    });
  program
    .command('api')
    .description('单独运行接口；先用 migrate 升级数据库')
    .addHelpText('after', ENVIRONMENT)
    .action(async () => {
      requireDatabase('api');
      await import('../bootstrap/main.ts');
    });
  program
    .command('worker')
    .description('单独运行后台任务：写数据文件、生成网页')
    .addHelpText('after', ENVIRONMENT)
    .action(async () => {
      requireDatabase('worker');
      await import('../bootstrap/worker.ts');
    });
}

function requireDatabase(command: string): void {
  if (loadConfig().databaseUrl === undefined)
    throw new UsageError(`${command} 需要 DATABASE_URL；内置数据库由 npm start 运行。`);
}
