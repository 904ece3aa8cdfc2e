import {
  DRAFT_STATE_CODES,
  DRAFT_STATES,
  DRAFT_STEP_NAMES,
  DRAFT_STEPS,
  type DraftState,
  type DraftStep,
  type ReviewStep,
} from '@mandate/drafting';
import type { Command } from 'commander';
import { describeOpenFindings } from './describe-open-findings.ts';
import { showDraft } from './draft-show.ts';
import { registerFindings } from './draft-findings.ts';
import { registerDraftQuestions } from './draft-questions.command.ts';
import {
  draftCommand,
  type DraftOptions,
  parseRevision,
  READS,
  requestOf,
  type StepOptions,
  withRegistry,
} from './draft-desk.ts';
import { UsageError } from './usage-error.ts';

export function registerDrafts(program: Command): void {
  const drafts = program.command('drafts').description('对清单的改动：起草、审核、发布');
  draftCommand(drafts, 'list', '列出这个账号能看到的草稿，新的在前')
    .option(
      '--state <state>',
      `只列某种状态：${DRAFT_STATE_CODES.map((code) => DRAFT_STATES[code]).join('、')}`,
    )
    .option('--list <key>', '只列某个机关或负面清单的')
    .action(list);
  draftCommand(drafts, 'show <id>', '一份草稿的全部：经过、存疑、体检，各项改动和新列入事项的全文')
    .option('--output <file>', '写成 Markdown 文件，一字不省；不给则显示，长的可接 | less')
    .action(showDraft);
  registerDraftQuestions(drafts);
  registerFindings(drafts);
  for (const step of DRAFT_STEP_NAMES) registerStep(drafts, step);
}

function registerStep(drafts: Command, step: DraftStep): void {
  const registered = draftCommand(drafts, `${step} <id>`, DRAFT_STEPS[step].words.help)
    .option('--revision <n>', '您看到的版本；之后有人改过就不办理', parseRevision)
    .option('--comment <text>', '意见');
  if (step === 'publish')
    registered.option('--backdated-reason <text>', '生效日期早于今天时的理由，公开可见').action(publish);
  else registered.action((id: string, options: StepOptions) => take(step, id, options));
}

async function list(options: DraftOptions & { state?: string; list?: string }): Promise<void> {
  const state = options.state === undefined ? undefined : parseState(options.state);
  const { DraftReadingService } = await import('../drafts/draft-reading.service.ts');
  const { drafts: found } = await withRegistry(
    options.as,
    ({ app, account, inTransaction }) =>
      inTransaction((tx) =>
        app.get(DraftReadingService).page(tx, account, { list: options.list, state, limit: 200 }),
      ),
    READS,
  );
  if (options.json) console.log(JSON.stringify({ drafts: found }));
  else if (found.length === 0) console.log('没有草稿。');
  else
    for (const draft of found)
      console.log(
        `${draft.id}  第 ${draft.version} 版  ${DRAFT_STATES[draft.state]}  ${draft.effectiveDate}  ${draft.title}`,
      );
}

async function take(step: ReviewStep, id: string, options: StepOptions): Promise<void> {
  const [{ DraftStepsService }, { draftHead }] = await Promise.all([
    import('../drafts/draft-steps.service.ts'),
    import('../drafts/draft-view.ts'),
  ]);
  const draft = await withRegistry(options.as, (registry) =>
    registry.inTransaction(async (tx) => {
      const request = await requestOf(registry, tx, { id, options });
      return registry.app.get(DraftStepsService).take(tx, registry.account, { step, ...request });
    }),
  );
  if (options.json) console.log(JSON.stringify(draftHead(draft)));
  else {
    console.log(`“${draft.title}”现在：${DRAFT_STATES[draft.state]}。`);
    for (const line of describeOpenFindings(draft)) console.log(line);
  }
}

async function publish(id: string, options: StepOptions): Promise<void> {
  const [{ DraftPublicationService }, { PublicationService }, { publicationView }] = await Promise.all([
    import('../drafts/draft-publication.service.ts'),
    import('../publication/publication.service.ts'),
    import('../drafts/draft-view.ts'),
  ]);
  const published = await withRegistry(options.as, async (registry) => {
    const done = await registry.inTransaction(async (tx) => {
      const request = await requestOf(registry, tx, { id, options });
      const { backdatedReason } = options;
      const publication = registry.app.get(DraftPublicationService);
      return publication.publish(tx, registry.account, { ...request, backdatedReason });
    });
    // Sequences the logs before it writes the files.
    await registry.app.get(PublicationService).publishData();
    return publicationView(done);
  });
  const { draft, entries, edition } = published;
  console.log(
    options.json
      ? JSON.stringify(published)
      : `已发布“${draft.title}”：${entries.length} 条，${draft.effectiveDate} 起生效${edition === undefined ? '' : `，版本《${draft.edition?.name ?? edition}》`}。`,
  );
}

function parseState(text: string): DraftState {
  const state = DRAFT_STATE_CODES.find((code) => code === text || DRAFT_STATES[code] === text);
  if (state === undefined)
    throw new UsageError(
      `没有“${text}”这种状态。可用：${DRAFT_STATE_CODES.map((code) => `${DRAFT_STATES[code]}（${code}）`).join('、')}。`,
    );
  return state;
}
