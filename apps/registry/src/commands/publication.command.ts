import type { Command } from 'commander';
import type { INestApplicationContext } from '@nestjs/common';

interface Options {
  readonly json?: true;
  readonly dataOnly?: true;
  readonly repair?: true;
}

export function registerPublication(program: Command): void {
  program
    .command('publish')
    .description('发布：写出数据文件（日志、清单、信任清单、状态列表），再生成公众网页')
    .option('--data-only', '只写数据文件，不生成网页')
    .option('--repair', '逐个核对已发布的数据文件，重写缺失或损坏的')
    .option('--json', '以 JSON 输出')
    .action(publish);
}

async function publish(options: Options): Promise<void> {
  const [{ withApp }, { PublicationService }, { PagesService }] = await Promise.all([
    import('../bootstrap/with-app.ts'),
    import('../publication/publication.service.ts'),
    import('../publication/pages.service.ts'),
  ]);
  await withApp(async (app) => {
    const publication = app.get(PublicationService);
    const started = Date.now();
    const data = await (options.repair ? publication.repairData() : publication.publishData());
    if (!options.json) {
      console.log(
        `数据文件已发布：清单日志 ${data.lists} 条，证照日志 ${data.certificates} 条，更新 ${data.written} 个文件，` +
          `用时 ${seconds(started)} 秒。`,
      );
    }
    await record(app, options);
    const pagesStarted = Date.now();
    const pages = options.dataOnly
      ? undefined
      : await app.get(PagesService).publishPages((line) => {
          if (!options.json) console.log(`  ${line}`);
        });
    if (options.json) console.log(JSON.stringify({ data, ...(pages === undefined ? {} : { pages }) }));
    else if (pages !== undefined)
      console.log(`网页已发布（${pages.release}），用时 ${seconds(pagesStarted)} 秒。`);
  });
}

/** By nobody's account: it brings out what was decided before. */
async function record(app: INestApplicationContext, { dataOnly, repair }: Options): Promise<void> {
  const [{ DataSource }, { LedgerService }, { inTransaction }] = await Promise.all([
    import('typeorm'),
    import('../ledger/ledger.service.ts'),
    import('../database/transaction.ts'),
  ]);
  await inTransaction(app.get(DataSource), (tx) =>
    app.get(LedgerService).record(tx, {
      account: null,
      action: 'publication.published',
      subject: dataOnly ? 'data' : 'data pages',
      ...(repair && { detail: { repair: true } }),
    }),
  );
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}
