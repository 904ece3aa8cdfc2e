import type { DraftChange, DraftState } from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { type ComparedChange, DraftComparisonService } from './draft-comparison.service.ts';
import { DraftPairsService } from './draft-pairs.service.ts';
import { DraftQuestionsService } from './draft-questions.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { cursorAfter, draftHead, missingView, parseCursor } from './draft-view.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { DraftsService } from './drafts.service.ts';

/** Changes that are compared together. */
const PAGE = 200;
const MOST_ENTRIES = 200;

/** Drafts as the API and the command line show them. */
@Injectable()
export class DraftReadingService {
  constructor(
    private readonly drafts: DraftsService,
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly comparison: DraftComparisonService,
    private readonly questions: DraftQuestionsService,
    private readonly pairs: DraftPairsService,
  ) {}

  async page(
    tx: EntityManager,
    reader: Account,
    query: {
      list?: string | undefined;
      state?: DraftState | undefined;
      cursor?: string | undefined;
      limit: number;
    },
  ) {
    const { list, state, cursor, limit } = query;
    const after = cursor === undefined ? undefined : parseCursor(cursor);
    const found = await this.drafts.page(tx, reader, { list, state, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { drafts: page.map(draftHead), ...(found.length > limit && last && { next: cursorAfter(last) }) };
  }

  /** Everything about a draft but its changes. */
  async detail(tx: EntityManager, reader: Account, id: string) {
    const draft = await this.drafts.get(tx, reader, id);
    const missing = await this.questions.missing(tx, draft);
    const { pairs, missing: undecided, stale } = await this.questions.open(tx, draft, missing);
    const events = await this.drafts.events(tx, id);
    return {
      ...draftHead(draft),
      missing: missing.map(missingView),
      questions: { pairs: pairs.length, missing: undecided.length + stale.length },
      ...(draft.report !== undefined && { report: draft.report }),
      counts: await this.repository.counts(tx, id),
      events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
      ...(draft.state === 'published' && { entries: await this.trail.entries(tx, id, MOST_ENTRIES) }),
    };
  }

  /** Items that the source no longer has, with what is decided of them. @param page.after how many to pass over */
  async missing(
    tx: EntityManager,
    reader: Account,
    { id, after, limit }: { readonly id: string; readonly after: number; readonly limit: number },
  ) {
    const draft = await this.drafts.get(tx, reader, id);
    const all = (await this.questions.missing(tx, draft)).map(missingView);
    return {
      version: draft.version,
      open: all.filter(({ is }) => is === 'undecided' || is === 'stale').length,
      missing: all.slice(after, after + limit),
      ...(all.length > after + limit && { next: after + limit }),
    };
  }

  /** «Is this the same power?», what waits for an answer first. @param page.after how many to pass over */
  async askedPairs(
    tx: EntityManager,
    reader: Account,
    { id, after, limit }: { readonly id: string; readonly after: number; readonly limit: number },
  ) {
    const draft = await this.drafts.get(tx, reader, id);
    const asked = await this.pairs.page(tx, draft, { after, limit: limit + 1 });
    return {
      pairs: asked.slice(0, limit).map(({ change, pair, candidates }) => {
        const { number, version, key, place } = change;
        // Of register authority-item, so an object with its name.
        const { name } = change.value as { readonly name: string };
        return {
          change: number,
          version,
          name,
          key,
          place,
          state: pair.state,
          rivals: pair.rivals,
          candidates,
        };
      }),
      ...(asked.length > limit && { next: after + limit }),
    };
  }

  /** The version of a change as it is now. @throws DraftError `change-not-found` */
  async versionOf(
    tx: EntityManager,
    reader: Account,
    { id, number }: { readonly id: string; readonly number: number },
  ): Promise<number> {
    const draft = await this.drafts.get(tx, reader, id);
    return (await this.comparison.one(tx, draft, number)).change.version;
  }

  /** All of its changes, compared with the list, in the order of the document; page by page, for there may be very many. */
  async *compared(tx: EntityManager, reader: Account, id: string): AsyncGenerator<ComparedChange> {
    const draft = await this.drafts.get(tx, reader, id);
    for (let after = 0; ;) {
      const page = await this.comparison.compare(tx, draft, { after, limit: PAGE });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  }

  /** The doubtful ones, as they were written. */
  async doubtful(tx: EntityManager, reader: Account, id: string): Promise<readonly DraftChange[]> {
    await this.drafts.get(tx, reader, id);
    return this.drafts.changes(tx, id, { doubtful: true });
  }
}
