import type { Command } from 'commander';

export function registerHealth(program: Command): void {
  program
    .command('health')
    .description('清单体检：按固定规则检查现行权责清单，说出在哪一处、怎么改')
    .option('--organ <organ>', '机关标识、统一社会信用代码或全称；不给时检查全部机关')
    .option('--must', '只列现行清单里应当改正的：从何时起，是否已说明理由保留')
    .option('--json', '以 JSON 输出全部结果')
    .action(async (options: { organ?: string; must?: true; json?: true }) => {
      if (options.must === true) return showMust(options);
      const [{ withApp }, { runHealth }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('./run-health.ts'),
      ]);
      const { formatHealth } = await import('./format-health.ts');
      const report = await withApp((app) => runHealth(app, options.organ));
      console.log(options.json ? JSON.stringify(report) : formatHealth(report));
    });
}

async function showMust({ organ, json }: { organ?: string; json?: true }): Promise<void> {
  const [{ withApp }, { findListed, formatListed }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('./listed-findings.ts'),
  ]);
  const findings = await withApp((app) => findListed(app, organ));
  console.log(json ? JSON.stringify({ findings }) : formatListed(findings));
}
