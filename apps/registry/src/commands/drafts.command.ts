import type { Command } from 'commander';
import { AS_HELP, AS_OPTION } from './as-option.ts';
import { UsageError } from './usage-error.ts';
import type { DraftStepName } from '../drafts/draft-desk.service.ts';
import { DRAFT_STATE_CODES, DRAFT_STATES, type DraftState } from '../drafts/draft-states.ts';

interface Options {
  readonly as: string;
  readonly comment?: string;
  readonly json?: true;
}

const STEPS: Readonly<Record<DraftStepName, string>> = {
  submit: '提交审核',
  reopen: '取回修改；已有的通过随之失效',
  withdraw: '撤回，不再办理',
  approve: '由没有参与起草的人通过',
  reject: '退回，须用 --comment 写明理由',
};

export function registerDrafts(program: Command): void {
  const drafts = program.command('drafts').description('对清单的改动：起草、审核、发布');
  drafts
    .command('list')
    .description('列出这个账号能看到的草稿，新的在前')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--state <state>', `只列某种状态：${DRAFT_STATE_CODES.join('、')}`)
    .option('--list <key>', '只列某个机关或负面清单的')
    .option('--json', '以 JSON 输出')
    .action(async (options: Options & { state?: string; list?: string }) => {
      const state = options.state === undefined ? undefined : parseState(options.state);
      const { drafts: found } = await withDesk(options.as, (desk, account) =>
        desk.page(account, { list: options.list, state, limit: 200 }),
      );
      if (options.json) console.log(JSON.stringify({ drafts: found }));
      else if (found.length === 0) console.log('没有草稿。');
      else
        for (const draft of found)
          console.log(
            `${draft.id}  第 ${draft.version} 版  ${DRAFT_STATES[draft.state]}  ${draft.effectiveDate}  ${draft.title}`,
          );
    });
  drafts
    .command('show <id>')
    .description('一份草稿的经过和各项改动')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--json', '以 JSON 输出')
    .action(async (id: string, options: Options) => {
      const [{ describeDraft }, shown] = await Promise.all([
        import('./describe-draft.ts'),
        withDesk(options.as, (desk, account) => desk.show(account, id)),
      ]);
      console.log(options.json ? JSON.stringify(shown) : describeDraft(shown));
    });
  // Object.keys forgets the names; they are those of the table.
  for (const step of Object.keys(STEPS) as DraftStepName[]) {
    drafts
      .command(`${step} <id>`)
      .description(STEPS[step])
      .requiredOption(AS_OPTION, AS_HELP)
      .option('--revision <n>', '您看到的版本；之后有人改过就不办理', parseVersion)
      .option('--comment <text>', '意见')
      .option('--json', '以 JSON 输出')
      .action(async (id: string, options: Options & { revision?: number }) => {
        const draft = await withDesk(options.as, async (desk, account) => {
          const version = options.revision ?? (await desk.detail(account, id)).version;
          return desk.step(account, id, step, { version, comment: options.comment });
        });
        console.log(
          options.json ? JSON.stringify(draft) : `“${draft.title}”现在：${DRAFT_STATES[draft.state]}。`,
        );
      });
  }
  drafts
    .command('publish <id>')
    .description('发布：写入清单并更新公开的数据文件')
    .requiredOption(AS_OPTION, AS_HELP)
    .option('--revision <n>', '您看到的版本；之后有人改过就不办理', parseVersion)
    .option('--comment <text>', '意见')
    .option('--backdated-reason <text>', '生效日期早于今天时的理由，公开可见')
    .option('--json', '以 JSON 输出')
    .action(async (id: string, options: Options & { revision?: number; backdatedReason?: string }) => {
      const published = await withDesk(options.as, async (desk, account, publishData) => {
        const version = options.revision ?? (await desk.detail(account, id)).version;
        const { comment, backdatedReason } = options;
        const result = await desk.publish(account, id, { version, comment, backdatedReason });
        await publishData();
        return result;
      });
      const { draft, entries, edition } = published;
      console.log(
        options.json
          ? JSON.stringify(published)
          : `已发布“${draft.title}”：${entries.length} 条，${draft.effectiveDate} 起生效${edition === undefined ? '' : `，版本 ${edition}`}。`,
      );
    });
}

function parseState(text: string): DraftState {
  const state = DRAFT_STATE_CODES.find((code) => code === text || DRAFT_STATES[code] === text);
  if (state === undefined)
    throw new UsageError(`没有“${text}”这种状态。可用：${DRAFT_STATE_CODES.join('、')}。`);
  return state;
}

function parseVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--revision 须为版本号，而不是“${text}”。`);
  return Number(text);
}

/** With the desk, for the account named. */
async function withDesk<T>(
  login: string,
  work: (
    desk: import('../drafts/draft-desk.service.ts').DraftDeskService,
    account: import('../auth/access.ts').Account,
    publishData: () => Promise<unknown>,
  ) => Promise<T>,
): Promise<T> {
  const [{ withActor }, { DraftDeskService }, { PublicationService }] = await Promise.all([
    import('./actor.ts'),
    import('../drafts/draft-desk.service.ts'),
    import('../publication/publication.service.ts'),
  ]);
  return withActor(login, async (app, actor) =>
    work(app.get(DraftDeskService), actor, () => app.get(PublicationService).publishData()),
  );
}
