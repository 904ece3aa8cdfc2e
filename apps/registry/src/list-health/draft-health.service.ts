import { findingId, type Overrule } from '@mandate/drafting';
import { AuthorityItemSchema, type CheckedItem, HEALTH_RULE_CODES, HEALTH_RULES } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftOverrulesService } from '../drafts/draft-overrules.service.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import type { DraftFinding, DraftFindings, DraftFindingsQuery } from './draft-findings.ts';
import { ListHealthService } from './list-health.service.ts';

/** Changes that are read together. */
const PAGE = 500;

/** 清单体检 of a draft, for who writes and who reviews it. */
@Injectable()
export class DraftHealthService {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly organs: OrgansService,
    private readonly health: ListHealthService,
    private readonly overrules: DraftOverrulesService,
  ) {}

  /**
   * The list is checked as it would stand with the draft in it, and of that what concerns the draft's items is told.
   * @throws DraftError `draft-not-found`
   */
  async page(reader: Account, id: string, query: DraftFindingsQuery): Promise<DraftFindings> {
    return this.find(this.source.manager, reader, id, query);
  }

  /** The same within a transaction. */
  async find(
    tx: EntityManager,
    reader: Account,
    id: string,
    query: DraftFindingsQuery,
  ): Promise<DraftFindings> {
    const { checked, findings } = await this.check(tx, reader, id);
    const wanted = findings.filter(
      (finding) =>
        (query.rule === undefined || query.rule === finding.rule) && (query.open !== true || isOpen(finding)),
    );
    const page = wanted.slice(query.after, query.after + query.limit);
    const next = query.after + page.length;
    return {
      checked,
      counts: HEALTH_RULE_CODES.flatMap((rule) => {
        const ofRule = findings.filter((finding) => finding.rule === rule);
        const { grade, name, means } = HEALTH_RULES[rule];
        const [count, open] = [ofRule.length, ofRule.filter(isOpen).length];
        return count === 0 ? [] : [{ rule, grade, name, means, count, open }];
      }),
      findings: page,
      ...(next < wanted.length && { next }),
    };
  }

  private async check(
    tx: EntityManager,
    reader: Account,
    id: string,
  ): Promise<{ checked: number; findings: readonly DraftFinding[] }> {
    const draft = await this.drafts.get(tx, reader, id);
    const { list } = draft;
    const changed = await this.changedItems(tx, id);
    const overrules = await this.overrules.standing(tx, draft);
    // A draft may change several organs' items: a power that moves has two.
    const keys = new Set([...changed.values()].map(({ item }) => item.organ));
    const findings: DraftFinding[] = [];
    for (const key of [...keys].sort((a, b) => Number(b === list) - Number(a === list))) {
      const organ = await this.organs.find(tx, key);
      if (!organ) continue;
      const own = [...changed].filter(([, { item }]) => item.organ === key);
      const numbers = new Map(
        own.map(([number, { key: item }]) => [item ?? `#${number.toString()}`, number]),
      );
      // What is published stands in the list by now: it would be told that it is listed twice, once by itself.
      const standing = draft.state === 'published' ? [] : await this.health.items(tx, key);
      const listed = standing.filter((item) => !numbers.has(item.key));
      const drafted = own.map(([number, { key: item, item: said }]) => ({
        key: item ?? `#${number.toString()}`,
        item: said,
      }));
      for (const { key: item, ...finding } of await this.health.check(tx, organ, [...listed, ...drafted])) {
        const change = numbers.get(item ?? '');
        if (change === undefined) continue;
        const isNew = item?.startsWith('#') === true;
        const { version = 0 } = changed.get(change) ?? {};
        const overrule = overrules.find(({ covers }) =>
          covers.has(findingId({ change, version, rule: finding.rule, pointer: finding.pointer })),
        );
        findings.push({
          change,
          ...(!isNew && item !== undefined && { key: item }),
          ...finding,
          ...(overrule !== undefined && { overruled: told(overrule) }),
        });
      }
    }
    return { checked: changed.size, findings };
  }

  /** Items of the draft by the number of their change; what it cancels is not looked at. */
  private async changedItems(tx: EntityManager, id: string): Promise<ReadonlyMap<number, ChangedItem>> {
    const items = new Map<number, ChangedItem>();
    for (let after = 0; ;) {
      const page = await this.drafts.changes(tx, id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) return items;
      after = last.number;
      for (const { number, version, register, key, value } of page) {
        if (register !== 'authority-item') continue;
        const item = AuthorityItemSchema.safeParse(value);
        if (item.success && item.data.state !== 'cancelled')
          items.set(number, { key, version, item: item.data });
      }
    }
  }
}

interface ChangedItem extends CheckedItem {
  /** of the change */
  readonly version: number;
}

function isOpen({ rule, overruled }: DraftFinding): boolean {
  return HEALTH_RULES[rule].grade === 'must' && overruled === undefined;
}

function told({ id, reason, by, at }: Overrule): NonNullable<DraftFinding['overruled']> {
  return { id, reason, by, at: at.toISOString() };
}
