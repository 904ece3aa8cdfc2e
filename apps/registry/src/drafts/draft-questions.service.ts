import {
  type Draft,
  type MissingChange,
  type MissingItem,
  type MissingState,
  missingState,
  type OpenQuestions,
  registersOfList,
  REGISTRY_LIST,
  requireAnswered,
} from '@mandate/drafting';
import type { ItemState } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { StandingService } from '../lists/standing.service.ts';
import { DraftQuestionsRepository } from './draft-questions.repository.ts';

/** A missing item and how it stands with it. */
export interface AskedMissing {
  readonly item: MissingItem;
  readonly is: MissingState;
  readonly change: MissingChange | undefined;
  /** its newest record */
  readonly now: { readonly blob: string; readonly state: ItemState } | undefined;
}

const NO_DRAFT = '00000000-0000-0000-0000-000000000000';

/** What of a draft waits for an answer before it can be submitted. */
@Injectable()
export class DraftQuestionsService {
  constructor(
    private readonly repository: DraftQuestionsRepository,
    private readonly standing: StandingService,
  ) {}

  /** Every missing item of the draft, in the order of the list. */
  async missing(
    tx: EntityManager,
    draft: Pick<Draft, 'id' | 'list' | 'missing'>,
  ): Promise<readonly AskedMissing[]> {
    if (draft.missing.length === 0 || draft.list === REGISTRY_LIST) return [];
    const keys = draft.missing.map(({ key }) => key);
    const changes = await this.repository.changesOf(tx, draft.id, keys);
    const records = await this.standing.ofList(tx, registersOfList(draft.list).items, draft.list);
    const newest = new Map(records.map((record) => [record.key, record]));
    return draft.missing.map((item) => {
      const [change, now] = [changes.get(item.key), newest.get(item.key)];
      return { item, change, now, is: missingState(item, change, now) };
    });
  }

  /** @param given how it stands with the missing items, where that is known already */
  async open(
    tx: EntityManager,
    draft: Pick<Draft, 'id' | 'list' | 'missing'>,
    given?: readonly AskedMissing[],
  ): Promise<OpenQuestions> {
    const missing = given ?? (await this.missing(tx, draft));
    const items = (wanted: MissingState): MissingItem[] =>
      missing.flatMap(({ item, is }) => (is === wanted ? [item] : []));
    return {
      pairs: await this.repository.openPairs(tx, draft.id),
      missing: items('undecided'),
      stale: items('stale'),
    };
  }

  /** @throws DraftError `stale` | `pairs-unanswered` | `missing-undecided` */
  async requireAnswered(tx: EntityManager, draft: Draft): Promise<void> {
    requireAnswered(draft.id, await this.open(tx, draft));
  }

  /**
   * What the last edition was published with the decision that it stays, and is still what it was then: the same source does
   * not ask again.
   * @returns by key
   */
  async stillStaying(
    tx: EntityManager,
    list: string,
  ): Promise<ReadonlyMap<string, NonNullable<MissingItem['stays']>>> {
    const last = (await this.repository.lastMissing(tx, list)).filter(({ stays }) => stays !== undefined);
    if (last.length === 0) return new Map();
    const missing = await this.missing(tx, { id: NO_DRAFT, list, missing: last });
    return new Map(
      missing.flatMap(({ item, is }) =>
        is === 'stays' && item.stays ? [[item.key, item.stays] as const] : [],
      ),
    );
  }

  /** Keys of what stays in the list although the source no longer has it. */
  async staying(tx: EntityManager, draft: Draft): Promise<ReadonlySet<string>> {
    const missing = await this.missing(tx, draft);
    return new Set(missing.flatMap(({ item, is }) => (is === 'stays' ? [item.key] : [])));
  }
}
