import { HEALTH_RULE_CODES, HEALTH_RULES } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ListedFinding, ListedFindingsService } from '../list-health/listed-findings.service.ts';
import { OrgansService } from '../organs/organs.service.ts';

/** Of one rule: more are for a program to read. */
const MOST_SHOWN = 50;

/** @param wanted key, USCC or full name of an organ; all of them when absent @throws OrganError `organ-not-found` */
export async function findListed(
  app: INestApplicationContext,
  wanted: string | undefined,
): Promise<readonly ListedFinding[]> {
  const tx = app.get(DataSource).manager;
  const organ = wanted === undefined ? undefined : (await app.get(OrgansService).get(tx, wanted)).key;
  const findings: ListedFinding[] = [];
  for (let after: string | undefined; ;) {
    const page = await app.get(ListedFindingsService).page(tx, { organ, after, limit: 1_000 });
    findings.push(...page.findings);
    after = page.next;
    if (after === undefined) return findings;
  }
}

/** A line a rule with its count, then the items: those that nobody has answered for come first. */
export function formatListed(findings: readonly ListedFinding[]): string {
  if (findings.length === 0) return '现行清单里没有应当改正的问题。';
  const open = findings.filter(({ overruled }) => overruled === undefined).length;
  const groups = Map.groupBy(findings, ({ rule }) => rule);
  return [
    `现行清单里有 ${findings.length} 处应当改正的问题，其中 ${open} 处没有说明理由。`,
    ...HEALTH_RULE_CODES.flatMap((rule) => {
      const found = (groups.get(rule) ?? []).toSorted(
        (a, b) => Number(a.overruled !== undefined) - Number(b.overruled !== undefined),
      );
      if (found.length === 0) return [];
      const rest = found.length - MOST_SHOWN;
      return [
        `${HEALTH_RULES[rule].name} ${found.length} 处 [${rule}] ${HEALTH_RULES[rule].advice}`,
        ...found
          .slice(0, MOST_SHOWN)
          .map(
            ({ organ, key, name, since, overruled }) =>
              `  ${organ.name} ${key} ${name}，自 ${since}${overruled === undefined ? '' : `，已保留：${overruled}`}`,
          ),
        ...(rest > 0 ? [`  还有 ${rest} 处，用 --json 看全部`] : []),
      ];
    }),
  ].join('\n');
}
