import { CertificateTypeSchema } from '@mandate/certificate';
import { type AuthorityItem, type HealthFinding, type HealthRule, openMustCheck } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';

/** What must be put right in an item as it is listed, whoever let it in and when. */
export interface ListedFinding extends HealthFinding {
  readonly organ: { readonly key: string; readonly name: string };
  readonly key: string;
  /** `YYYY-MM-DD`: the day from which it has held without a break */
  readonly since: string;
  /** why a reviewer let it stand; absent for what came in before there was a gate, or by another way */
  readonly overruled?: string;
}

export interface ListedFindings {
  readonly findings: readonly ListedFinding[];
  /** key of the organ behind which the next page begins */
  readonly next?: string;
}

/** Lists that one page looks through: they are read whole. */
const MOST_ORGANS = 20;

/** What stands in force with a finding that would stop it today: it is listed for the registrar, not hidden. */
@Injectable()
export class ListedFindingsService {
  constructor(
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
  ) {}

  /**
   * Organ by organ, in the order of their keys, each of them whole.
   * @param wanted.organ key, only this one @param wanted.after key of the last organ of the page before
   * @param wanted.limit findings after which no further organ is begun
   */
  async page(
    tx: EntityManager,
    wanted: {
      readonly organ?: string | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
      readonly overruled?: boolean | undefined;
    },
  ): Promise<ListedFindings> {
    const { organ, after = '', limit, overruled } = wanted;
    const types = await this.lists.records(tx, 'certificate-type');
    const check = openMustCheck(types.map(({ value }) => CertificateTypeSchema.parse(value)));
    const organs = (await this.organs.list(tx))
      .filter(({ key }) => key > after && (organ === undefined || organ === key))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const findings: ListedFinding[] = [];
    for (const [n, { key, name }] of organs.entries()) {
      const found = await this.ofOrgan(tx, { key, name }, check);
      findings.push(
        ...found.filter((one) => overruled === undefined || overruled === (one.overruled !== undefined)),
      );
      const isLast = n === organs.length - 1;
      if (!isLast && (findings.length >= limit || n === MOST_ORGANS - 1)) return { findings, next: key };
    }
    return { findings };
  }

  private async ofOrgan(
    tx: EntityManager,
    organ: ListedFinding['organ'],
    check: ReturnType<typeof openMustCheck>,
  ): Promise<readonly ListedFinding[]> {
    const found: ListedFinding[] = [];
    for (const { entry, value } of await this.lists.records(tx, 'authority-item', { organ: organ.key })) {
      const { key } = entry;
      const all = check({ key, item: itemOf(value) });
      if (all.length === 0) continue;
      const since = await this.since(tx, key, check);
      for (const finding of all) {
        const overruled = entry.overruled?.find(({ rule }) => rule === finding.rule)?.reason;
        found.push({
          ...finding,
          organ,
          key,
          since: since.get(finding.rule) ?? entry.effectiveDate,
          ...(overruled !== undefined && { overruled }),
        });
      }
    }
    return found;
  }

  /** By rule, the day of the first of the newest entries that all have it. */
  private async since(
    tx: EntityManager,
    key: string,
    check: ReturnType<typeof openMustCheck>,
  ): Promise<ReadonlyMap<HealthRule, string>> {
    const since = new Map<HealthRule, string>();
    let going: readonly HealthRule[] | undefined;
    for (const { entry, value } of (await this.lists.history(tx, 'authority-item', key)).toReversed()) {
      const rules = new Set(check({ key, item: itemOf(value) }).map(({ rule }) => rule));
      const still: readonly HealthRule[] =
        going === undefined ? [...rules] : going.filter((rule) => rules.has(rule));
      if (still.length === 0) break;
      for (const rule of still) since.set(rule, entry.effectiveDate);
      going = still;
    }
    return since;
  }
}

function itemOf(value: unknown): AuthorityItem {
  // The schema of the register held when the entry was written.
  return value as AuthorityItem;
}
