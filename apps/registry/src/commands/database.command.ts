import type { Command } from 'commander';
import { UsageError } from './usage-error.ts';
import { loadConfig } from '../config/config.ts';

export function registerDatabase(program: Command): void {
  program
    .command('migrate')
    .description('把 DATABASE_URL 指定的数据库升级到最新结构（内置数据库在启动时自动升级）')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) => {
      const config = loadConfig();
      if (config.databaseUrl === undefined || config.databaseOwnerUrl === undefined) {
        throw new UsageError('migrate 需要 DATABASE_URL；内置数据库由 npm start 自动升级。');
      }
      const [{ runMigrations }, { commandLine }] = await Promise.all([
        import('../database/migrate.ts'),
        import('../config/way.ts'),
      ]);
      const ran = await runMigrations(config.databaseOwnerUrl, config.databaseUrl, { way: commandLine() });
      if (options.json) console.log(JSON.stringify({ ran }));
      else console.log(ran.length === 0 ? '数据库已是最新结构。' : `已执行：\n  ${ran.join('\n  ')}`);
    });
}
