import type { Command } from 'commander';

/** @returns the command, for the features that add to it */
export function registerOrgans(program: Command): Command {
  return program
    .command('organs')
    .description('列出已登记的机关及其标识')
    .option('--json', '以 JSON 输出')
    .action(async (options: { json?: true }) => {
      const [{ withApp }, { OrgansService }, { DataSource }] = await Promise.all([
        import('../bootstrap/with-app.ts'),
        import('../organs/organs.service.ts'),
        import('typeorm'),
      ]);
      const organs = await withApp((app) => app.get(OrgansService).list(app.get(DataSource).manager));
      if (options.json)
        console.log(JSON.stringify({ organs: organs.map(({ key, name, uscc }) => ({ key, name, uscc })) }));
      else if (organs.length === 0)
        console.log(
          '还没有机关。先用 npx mandate organs found <全称> --reason <依据> --as <login> 起草设立，经另一人批准和发布，再导入它的清单。',
        );
      else for (const { key, name } of organs) console.log(`${key}  ${name}`);
    });
}
