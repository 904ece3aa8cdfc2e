import { chinaDay } from '@mandate/certificate';
import { HEALTH_GRADES } from '@mandate/lists';
import type { DraftFinding, DraftFindings } from '../list-health/draft-findings.ts';

/** Of one rule: enough to see what it is about. */
const MOST_SHOWN = 10;

/**
 * Findings of a draft as lines to read: a line a rule with its count, then the first places, what stops the draft first.
 * @param most places of one rule
 */
export function describeFindings({ checked, counts, findings }: DraftFindings, most = MOST_SHOWN): string {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const lines = counts
    .toSorted((a, b) => Number(b.open > 0) - Number(a.open > 0))
    .flatMap(({ rule, grade, name, count, open }) => {
      const found = byRule.get(rule) ?? [];
      if (found.length === 0) return [];
      const rest = found.length - most;
      const stops = grade === 'must' ? `，拦着草稿的 ${open} 处` : '';
      return [
        `${name}（${HEALTH_GRADES[grade]}）${count} 处${stops} [${rule}]`,
        ...found
          .slice(0, most)
          .map(({ change, name: item, place, text }) => `  #${change} ${item} · ${place}：${text}`),
        ...(rest > 0 ? [`  还有 ${rest} 处，用 --json 看全部`] : []),
        ...describeOverrules(found),
      ];
    });
  const stopped = counts.reduce((sum, { open }) => sum + open, 0);
  const head =
    stopped === 0
      ? `检查了 ${checked} 项，没有拦着草稿的问题。`
      : `检查了 ${checked} 项，有 ${stopped} 处应当改正的问题拦着草稿：请改正，或由审核人说明理由保留（npx mandate drafts overrule <草稿> --rule <规则> --reason <理由> --as <login>）。`;
  return [head, ...lines].join('\n');
}

function describeOverrules(found: readonly DraftFinding[]): readonly string[] {
  const groups = Map.groupBy(found, ({ overruled }) => overruled?.id);
  return [...groups.values()].flatMap((all) => {
    const overruled = all[0]?.overruled;
    if (overruled === undefined) return [];
    const { id, reason, by, at } = overruled;
    return [`  ✓ ${all.length} 处已由${by.displayName}于 ${chinaDay(new Date(at))} 保留（${id}）：${reason}`];
  });
}
