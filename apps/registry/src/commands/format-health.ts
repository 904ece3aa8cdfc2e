import { HEALTH_GRADES, HEALTH_RULE_CODES, HEALTH_RULES, type HealthFinding } from '@mandate/lists';
import type { HealthReport } from './run-health.ts';

/** Of one rule and organ: enough to see what it is about. */
const MOST_SHOWN = 5;

/** The report for a person at a terminal. */
export function formatHealth({ organs, measures = [] }: HealthReport): string {
  const lines = organs.flatMap(({ organ, checked, findings }) => [
    `${organ.name}（${organ.key}）：${checked.toString()} 项，${
      findings.length === 0 ? '没有发现问题' : `${findings.length.toString()} 处值得看一看`
    }`,
    ...formatFindings(findings),
  ]);
  if (measures.length > 0) lines.push('', '没有权力承接的负面清单措施：', ...formatFindings(measures));
  if (organs.length === 0) lines.push('还没有清单。用 npx mandate import 导入权责清单。');
  return lines.join('\n');
}

function formatFindings(findings: readonly HealthFinding[]): string[] {
  return HEALTH_RULE_CODES.flatMap((rule) => {
    const found = findings.filter((finding) => finding.rule === rule);
    if (found.length === 0) return [];
    const { name, grade, advice } = HEALTH_RULES[rule];
    const rest = found.length - MOST_SHOWN;
    return [
      `  ${name}（${HEALTH_GRADES[grade]}）${found.length.toString()} 处 [${rule}] ${advice}`,
      ...found
        .slice(0, MOST_SHOWN)
        .map(({ key, name: item, place, text }) => `    ${key ?? '—'} ${item} · ${place}：${text}`),
      ...(rest > 0 ? [`    还有 ${rest.toString()} 处，用 --json 看全部`] : []),
    ];
  });
}
