import { CertificateTypeSchema } from '@mandate/certificate';
import { type Draft, type MustFinding, type Overrule, requireSettled, settle } from '@mandate/drafting';
import { type AuthorityItem, checkOtherContent, type ListEntry, openMustCheck } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { DraftOverrulesRepository } from './draft-overrules.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';

/** Changes that are looked at together. */
const PAGE = 1_000;

/** What `must` findings of a draft there are, and which of them a reviewer has overruled. */
export interface Gate {
  readonly findings: readonly MustFinding[];
  readonly open: readonly MustFinding[];
  readonly settled: ReadonlyMap<MustFinding, Overrule>;
}

/**
 * Holds what a draft would list against the rules of the health check whose findings forbid it. It looks at the content as
 * drafted, whether the draft brings the fault or only repeats it: what is listed anew is answered for anew. What a draft
 * cancels harms nobody.
 */
@Injectable()
export class DraftGateService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly overrules: DraftOverrulesRepository,
    private readonly lists: ListsService,
  ) {}

  async look(tx: EntityManager, { id }: Pick<Draft, 'id'>): Promise<Gate> {
    const types = await this.lists.records(tx, 'certificate-type');
    const check = openMustCheck(types.map(({ value }) => CertificateTypeSchema.parse(value)));
    const findings: MustFinding[] = [];
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
      for (const { number, version, register, key, value } of page) {
        // The schema of the register held when the change was written.
        const found =
          register === 'authority-item'
            ? check({ key, item: value as unknown as AuthorityItem })
            : checkOtherContent(register, { key, content: value as object });
        for (const finding of found) findings.push({ ...finding, change: number, version });
      }
    }
    const overrules = findings.length === 0 ? [] : await this.overrules.standing(tx, id);
    return { findings, ...settle(findings, overrules) };
  }

  /**
   * @returns what the entry of each change says was overruled, by the number of the change
   * @throws DraftError `open-findings`
   */
  async requireSettled(
    tx: EntityManager,
    draft: Pick<Draft, 'id'>,
  ): Promise<ReadonlyMap<number, ListEntry['overruled']>> {
    const { open, settled } = await this.look(tx, draft);
    requireSettled(open);
    const byChange = Map.groupBy(settled, ([{ change }]) => change);
    return new Map(
      [...byChange].map(([change, all]) => {
        const said = new Map(
          all.map(([{ rule }, { id, reason }]) => [`${rule} ${id}`, { rule, reason }] as const),
        );
        return [change, [...said.values()].slice(0, MOST_OVERRULED)];
      }),
    );
  }
}

/** An entry takes no more (formats §2.2); there are fewer rules than that. */
const MOST_OVERRULED = 20;
