import { MISSING_DECISIONS, type MissingChoice } from '@mandate/drafting';
import type { Command } from 'commander';
import { draftCommand, type DraftOptions, parseRevision, READS, withRegistry } from './draft-desk.ts';
import { UsageError } from './usage-error.ts';

interface PairOptions extends DraftOptions {
  readonly same?: true;
  readonly part?: true;
  readonly with?: string;
  readonly revision?: number;
}

interface MissingOptions extends DraftOptions {
  readonly cancel?: true;
  readonly stays?: true;
  readonly movedTo?: string;
  readonly undo?: true;
  readonly all?: true;
  readonly keys?: string;
  readonly reason?: string;
  readonly revision?: number;
}

const MOST_SHOWN = 200;

/** What a draft asks before it can be submitted. */
export function registerDraftQuestions(drafts: Command): void {
  draftCommand(drafts, 'pairs <id>', '是否同一事项：来源中的与清单现有的对照，待答复的在前').action(pairs);
  draftCommand(drafts, 'pair <id> <change>', '答复某一项是否清单现有的同一事项')
    .option('--same', '是同一事项：沿用它的标识')
    .option('--part', '不是：作为新事项列入，原来的另作决定')
    .option('--with <key>', '清单现有的哪一项；有几项可选或要自行指明时才用')
    .option('--revision <n>', '您看到的这一项的版本；之后有人改过就不办理', parseRevision)
    .action(answer);
  draftCommand(drafts, 'missing <id>', '清单现有而来源中没有的事项；加上决定则办理')
    .option('--cancel', '取消')
    .option('--stays', '保留，须用 --reason 写明理由')
    .option('--moved-to <key>', '划转：承接后的事项标识')
    .option('--undo', '收回决定')
    .option('--all', '尚未决定的全部（收回时为已决定的全部）')
    .option('--keys <keys>', '事项标识，用逗号隔开')
    .option('--reason <text>', '理由，公开可见')
    .option('--revision <n>', '您看到的草稿版本；之后有人改过就不办理', parseRevision)
    .action(missing);
}

async function pairs(id: string, options: DraftOptions): Promise<void> {
  const [{ DraftReadingService }, { describePairs }] = await Promise.all([
    import('../drafts/draft-reading.service.ts'),
    import('./describe-questions.ts'),
  ]);
  const found = await withRegistry(
    options.as,
    ({ app, account, inTransaction }) =>
      inTransaction((tx) =>
        app.get(DraftReadingService).askedPairs(tx, account, { id, after: 0, limit: MOST_SHOWN }),
      ),
    READS,
  );
  console.log(options.json ? JSON.stringify(found) : describePairs(id, found));
}

async function answer(id: string, change: string, options: PairOptions): Promise<void> {
  if ((options.same === true) === (options.part === true))
    throw new UsageError('请用 --same 或 --part 之一说明是否同一事项。');
  if (!/^[1-9]\d{0,8}$/.test(change)) throw new UsageError(`<change> 须为第几项，而不是“${change}”。`);
  const [{ DraftPairsService }, { DraftReadingService }] = await Promise.all([
    import('../drafts/draft-pairs.service.ts'),
    import('../drafts/draft-reading.service.ts'),
  ]);
  const number = Number(change);
  const done = await withRegistry(options.as, ({ app, account, inTransaction }) =>
    inTransaction(async (tx) => {
      const version =
        options.revision ?? (await app.get(DraftReadingService).versionOf(tx, account, { id, number }));
      const given = { draft: id, number, version, same: options.same === true, key: options.with };
      return app.get(DraftPairsService).answer(tx, account, given);
    }),
  );
  const words = options.same
    ? '是同一事项，沿用原来的标识'
    : '不是同一事项，作为新事项列入；原来的须另作决定';
  console.log(options.json ? JSON.stringify(done) : `第 ${change} 项：${words}。`);
}

async function missing(id: string, options: MissingOptions): Promise<void> {
  const choice = choiceOf(options);
  const [{ DraftReadingService }, { DraftMissingService }, { DraftsService }, { describeMissing }] =
    await Promise.all([
      import('../drafts/draft-reading.service.ts'),
      import('../drafts/draft-missing.service.ts'),
      import('../drafts/drafts.service.ts'),
      import('./describe-questions.ts'),
    ]);
  const keys = options.keys?.split(/[,，\s]+/).filter((key) => key !== '');
  const found = await withRegistry(
    options.as,
    ({ app, account, inTransaction }) =>
      inTransaction(async (tx) => {
        if (choice !== undefined) {
          const version = options.revision ?? (await app.get(DraftsService).get(tx, account, id)).version;
          const { reason, movedTo: related } = options;
          const decision = { is: choice, reason, related };
          await app
            .get(DraftMissingService)
            .decide(tx, account, { draft: id, version, keys, choice: decision });
        }
        return app.get(DraftReadingService).missing(tx, account, { id, after: 0, limit: MOST_SHOWN });
      }),
    choice === undefined ? READS : {},
  );
  console.log(options.json ? JSON.stringify(found) : describeMissing(id, found));
}

function choiceOf(options: MissingOptions): MissingChoice | undefined {
  const { cancel, stays, movedTo, undo, all, keys } = options;
  const said: [MissingChoice, boolean][] = [
    ['cancelled', cancel === true],
    ['stays', stays === true],
    ['moved', movedTo !== undefined],
    ['undecided', undo === true],
  ];
  const [choice, ...more] = said.flatMap(([is, given]) => (given ? [is] : []));
  if (more.length > 0) throw new UsageError('--cancel、--stays、--moved-to、--undo 只能用其中一个。');
  if (choice === undefined) {
    if (all === true || keys !== undefined)
      throw new UsageError('请用 --cancel、--stays、--moved-to 或 --undo 说明怎么决定。');
    return undefined;
  }
  if ((all === true) === (keys !== undefined))
    throw new UsageError(`要${MISSING_DECISIONS[choice]}哪些事项？请用 --keys 列出标识，或用 --all。`);
  return choice;
}
