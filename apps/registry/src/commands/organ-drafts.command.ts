import type { Draft } from '@mandate/drafting';
import { type Level, LEVELS } from '@mandate/lists';
import type { Command } from 'commander';
import type { EntityManager } from 'typeorm';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';
import type { Account } from '../auth/access.ts';
import type { OrganDraftsService, OrganHeadings } from '../drafts/organ-drafts.service.ts';

interface Options {
  readonly as: string;
  readonly effective?: string;
  readonly reason: string;
  readonly document?: string;
  readonly json?: true;
}

/** Founding, renaming, merging and placing organs: each becomes a draft that a second person approves. */
export function registerOrganDrafts(organs: Command): void {
  // Else `organs` itself would take the --json of its commands; see commands.ts.
  organs.enablePositionalOptions();
  command(organs, 'found <name>', '起草：设立机关，或登记早已设立的机关（--recorded）')
    .option('--uscc <code>', '统一社会信用代码')
    .option('--short-name <name>', '简称')
    .option('--parent <organ>', '上级机关的标识或名称')
    .option('--level <level>', levelHelp(), parseLevel)
    .option('--region <code>', '区划代码，6 位')
    .option('--region-name <name>', '区划名称')
    .option('--recorded', '机关早已设立，只是现在才登记')
    .action((name: string, options: Options & Founded) => {
      const { uscc, shortName, parent, level, region, regionName, recorded } = options;
      return draft(options, (service, tx, account, headings) =>
        service.found(tx, account, {
          headings,
          recorded,
          organ: {
            name,
            ...(uscc !== undefined && { uscc }),
            ...(shortName !== undefined && { shortName }),
            ...(parent !== undefined && { parent }),
            ...(level !== undefined && { level }),
            ...(region !== undefined && { region }),
            ...(regionName !== undefined && { regionName }),
          },
        }),
      );
    });
  command(organs, 'rename <organ>', '起草：机关更名；标识、清单和历史不变')
    .requiredOption('--to <name>', '新的全称')
    .option('--short-name <name>', '新的简称')
    .action((organ: string, options: Options & { to: string; shortName?: string }) =>
      draft(options, (service, tx, account, headings) =>
        service.rename(tx, account, {
          organ,
          names: { name: options.to, shortName: options.shortName },
          headings,
        }),
      ),
    );
  command(organs, 'place <organ>', '起草：调整机关的上级、层级和区划')
    .option('--parent <organ>', '上级机关的标识或名称')
    .option('--level <level>', levelHelp(), parseLevel)
    .option('--region <code>', '区划代码，6 位')
    .option('--region-name <name>', '区划名称')
    .action((organ: string, options: Options & Placed) =>
      draft(options, (service, tx, account, headings) =>
        service.place(tx, account, { organ, placed: options, headings }),
      ),
    );
  command(organs, 'abolish <organ>', '起草：撤销机关；它的清单留在它名下，作为历史')
    .option('--successor <organs...>', '承接其职责的机关')
    .action((organ: string, options: Options & { successor?: string[] }) =>
      draft(options, (service, tx, account, headings) =>
        service.abolish(tx, account, { organ, successors: options.successor ?? [], headings }),
      ),
    );
  command(organs, 'merge <organs...>', '起草：几个机关合并为一个')
    .requiredOption('--into <organ>', '合并后的机关：已有的标识或名称，或新的全称')
    .action((merged: string[], options: Options & { into: string }) =>
      draft(options, (service, tx, account, headings) =>
        service.merge(tx, account, { organs: merged, into: options.into, headings }),
      ),
    );
}

type Founded = Placed & { readonly uscc?: string; readonly shortName?: string; readonly recorded?: true };

interface Placed {
  readonly parent?: string;
  readonly level?: Level;
  readonly region?: string;
  readonly regionName?: string;
}

function command(organs: Command, usage: string, description: string): Command {
  return organs
    .command(usage)
    .description(description)
    .requiredOption(AS_OPTION, AS_HELP)
    .requiredOption('--reason <text>', '理由，公开可见')
    .option('--effective <day>', '生效日期，如 2026-12-01；不给则为今天')
    .option('--document <number>', '文号')
    .option('--json', '以 JSON 输出');
}

async function draft(
  options: Options,
  make: (
    service: OrganDraftsService,
    tx: EntityManager,
    account: Account,
    headings: OrganHeadings,
  ) => Promise<Draft>,
): Promise<void> {
  const [{ withActor }, { OrganDraftsService: Service }, { inTransaction }, { DataSource }, certificate] =
    await Promise.all([
      import('./actor.ts'),
      import('../drafts/organ-drafts.service.ts'),
      import('../database/transaction.ts'),
      import('typeorm'),
      import('@mandate/certificate'),
    ]);
  const { reason, document, effective = certificate.chinaDay(new Date()) } = options;
  const made = await withActor(options.as, async (app, actor) =>
    inTransaction(app.get(DataSource), (tx) =>
      make(app.get(Service), tx, actor, { effectiveDate: effective, reason, document }),
    ),
  );
  console.log(
    options.json
      ? JSON.stringify({ id: made.id, title: made.title, state: made.state, version: made.version })
      : `已起草“${made.title}”。\n  ${made.id}\n下一步：npx mandate drafts submit ${made.id} --as ${options.as}`,
  );
}

function levelHelp(): string {
  return `层级：${Object.entries(LEVELS)
    .map(([code, name]) => `${code} ${name}`)
    .join('、')}`;
}

function parseLevel(text: string): Level {
  const found = Object.entries(LEVELS).find(([code, name]) => code === text || name === text);
  if (found === undefined) throw new UsageError(`没有“${text}”这个层级。${levelHelp()}。`);
  // A key of the table.
  return found[0] as Level;
}
