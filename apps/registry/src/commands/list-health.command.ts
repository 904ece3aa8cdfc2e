import type { Command } from 'commander';

export function registerHealth(program: Command): void {
  program
    .command('health')
    .description('清单体检：按固定规则检查现行权责清单，说出在哪一处、怎么改')
    .option('--organ <organ>', '机关标识、统一社会信用代码或全称；不给时检查全部机关')
    .option('--json', '以 JSON 输出全部结果')
    .action(async (options: { organ?: string; json?: true }) => {
      const [{ withApp }, { runHealth }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('./run-health.ts'),
      ]);
      const { formatHealth } = await import('./format-health.ts');
      const report = await withApp((app) => runHealth(app, options.organ));
      console.log(options.json ? JSON.stringify(report) : formatHealth(report));
    });
}
