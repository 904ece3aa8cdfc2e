import { DRAFT_STATES } from '@mandate/drafting';
import { HEALTH_RULE_CODES, HEALTH_RULES, type HealthRule } from '@mandate/lists';
import type { Command } from 'commander';
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

interface OverruleOptions extends StepOptions {
  readonly rule: HealthRule;
  readonly change?: number;
  readonly reason: string;
}

interface FindingsOptions extends DraftOptions {
  readonly open?: true;
}

/** 体检 of a draft, and what a reviewer lets stand of it. */
export function registerFindings(drafts: Command): void {
  draftCommand(drafts, 'findings <id>', '清单体检：草稿里的问题，哪些拦着它，哪些已说明理由保留')
    .option('--open', '只看还拦着草稿的')
    .action(findings);
  draftCommand(drafts, 'overrule <id>', '审核人说明理由，保留应当改正的问题；理由随条目公开')
    .requiredOption('--rule <rule>', '体检规则，如 power-without-basis', parseRule)
    .option('--change <n>', '第几项改动；不给则为这条规则在草稿里的全部', parseNumber)
    .requiredOption('--reason <text>', '为什么可以保留，公开可见，最多 500 个字')
    .option('--revision <n>', '您看到的版本；之后有人改过就不办理', parseRevision)
    .action(overrule);
  draftCommand(drafts, 'end-overrule <id> <overrule>', '收回一条保留：它所说的问题又须处理')
    .option('--revision <n>', '您看到的版本；之后有人改过就不办理', parseRevision)
    .action(endOverrule);
}

async function findings(id: string, options: FindingsOptions): Promise<void> {
  const [{ DraftHealthService }, { describeFindings }] = await Promise.all([
    import('../list-health/draft-health.service.ts'),
    import('./describe-findings.ts'),
  ]);
  const found = await withRegistry(
    options.as,
    ({ app, account }) =>
      app.get(DraftHealthService).page(account, id, { open: options.open, after: 0, limit: Infinity }),
    READS,
  );
  console.log(options.json ? JSON.stringify(found) : describeFindings(found));
}

async function overrule(id: string, options: OverruleOptions): Promise<void> {
  const [{ DraftOverrulesService }, { OverruleBody }, { draftHead }] = await Promise.all([
    import('../drafts/draft-overrules.service.ts'),
    import('../drafts/draft-overrules.dto.ts'),
    import('../drafts/draft-view.ts'),
  ]);
  const given = await withRegistry(options.as, (registry) =>
    registry.inTransaction(async (tx) => {
      const { draft, version } = await requestOf(registry, tx, { id, options });
      const { rule, change } = options;
      const parsed = OverruleBody.safeParse({ version, rule, change, reason: options.reason });
      if (!parsed.success)
        throw new UsageError(parsed.error.issues.map(({ message }) => `--reason：${message}`).join('；'));
      return registry.app.get(DraftOverrulesService).give(tx, registry.account, { draft, ...parsed.data });
    }),
  );
  console.log(
    options.json
      ? JSON.stringify({ id: given.id, count: given.count, draft: draftHead(given.draft) })
      : `已保留“${HEALTH_RULES[options.rule].name}” ${given.count} 处（${given.id}），理由随条目公开。收回：npx mandate drafts end-overrule ${id} ${given.id} --as <login>`,
  );
}

async function endOverrule(id: string, which: string, options: StepOptions): Promise<void> {
  const [{ DraftOverrulesService }, { draftHead }] = await Promise.all([
    import('../drafts/draft-overrules.service.ts'),
    import('../drafts/draft-view.ts'),
  ]);
  const draft = await withRegistry(options.as, (registry) =>
    registry.inTransaction(async (tx) => {
      const { version } = await requestOf(registry, tx, { id, options });
      const seen = { draft: id, version, overrule: which };
      return registry.app.get(DraftOverrulesService).end(tx, registry.account, seen);
    }),
  );
  console.log(
    options.json
      ? JSON.stringify(draftHead(draft))
      : `已收回。“${draft.title}”现在：${DRAFT_STATES[draft.state]}。`,
  );
}

function parseRule(text: string): HealthRule {
  const rule = HEALTH_RULE_CODES.find((code) => code === text || HEALTH_RULES[code].name === text);
  if (rule === undefined)
    throw new UsageError(
      `没有“${text}”这条体检规则。应当改正的有：${HEALTH_RULE_CODES.filter((code) => HEALTH_RULES[code].grade === 'must').join('、')}。`,
    );
  return rule;
}

function parseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--change 须为第几项，而不是“${text}”。`);
  return Number(text);
}
