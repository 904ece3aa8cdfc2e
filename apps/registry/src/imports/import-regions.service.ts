import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import { REGISTRY_LIST } from '@mandate/drafting';
import { findTableRegion, type TableRegion, tablePath } from '@mandate/list-files';
import type { Organ } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftStepsService } from '../drafts/draft-steps.service.ts';
import { DraftsService } from '../drafts/drafts.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import type { ImportOptions } from './import-options.ts';
import type { RegionsReport } from './import-report.ts';

/**
 * Organs that an import founds stand in the tree of regions by their codes; a region that nobody has registered has no place
 * there. Regions are the registry's to write (decision 019): its editors get one draft of those that are missing, an organ's
 * editor is told which they are.
 */
@Injectable()
export class ImportRegionsService {
  constructor(
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
    private readonly drafts: DraftsService,
    private readonly steps: DraftStepsService,
  ) {}

  /** @returns undefined where no region is missing @throws DraftError, AuthError */
  async propose(
    tx: EntityManager,
    author: Account | undefined,
    founded: readonly Organ[],
    options: Pick<ImportOptions, 'dryRun' | 'effectiveDate' | 'submit'>,
  ): Promise<RegionsReport | undefined> {
    if (founded.every(({ region }) => region === undefined)) return undefined;
    // Two imports at the same moment must not propose the same region twice.
    await this.lists.lockForChange(tx);
    const missing = await this.missing(tx, founded);
    if (missing.length === 0) return undefined;
    const report = { missing: missing.map(({ code, name }) => ({ code, name })) };
    if (author === undefined || author.organ !== null || options.dryRun === true) return report;
    const open = await this.proposed(tx, author);
    const wanted = missing.filter(({ code }) => !open.has(code));
    if (wanted.length === 0) return report;
    const made = await this.drafts.create(tx, author, {
      scope: 'change',
      list: REGISTRY_LIST,
      title: `登记区划：${wanted.map(({ name }) => name).join('、')}`.slice(0, 200),
      effectiveDate: options.effectiveDate ?? chinaDay(new Date()),
      reason: '导入的清单所属的地区',
      changes: wanted.map((region) => ({
        register: 'region',
        key: region.code,
        kind: 'added',
        value: { schema: 'region/1', ...region },
        reason: '导入的清单所属的地区',
      })),
    });
    const last =
      options.submit === true
        ? await this.steps.take(tx, author, { step: 'submit', draft: made.id, version: made.version })
        : made;
    return { ...report, draft: { id: last.id, state: last.state } };
  }

  /** From the top down, so that each stands under one that is there. */
  private async missing(tx: EntityManager, founded: readonly Organ[]): Promise<readonly TableRegion[]> {
    const listed = new Set((await this.organs.regions(tx)).map(({ code }) => code));
    const needed = founded.flatMap(({ region }) => {
      const known = region === undefined ? undefined : findTableRegion(region);
      return known ? tablePath(known) : [];
    });
    return [...new Map(needed.map((region) => [region.code, region])).values()]
      .filter(({ code }) => !listed.has(code))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  /** Codes that drafts of the registry hold already. */
  private async proposed(tx: EntityManager, reader: Account): Promise<ReadonlySet<string | undefined>> {
    const codes = new Set<string | undefined>();
    for (const state of ['draft', 'submitted', 'approved'] as const)
      for (const { id } of await this.drafts.page(tx, reader, { list: REGISTRY_LIST, state, limit: 100 }))
        for (const { register, key } of await this.drafts.changes(tx, id))
          if (register === 'region') codes.add(key);
    return codes;
  }
}
