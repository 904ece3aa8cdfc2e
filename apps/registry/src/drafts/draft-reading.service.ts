import type { DraftChange, DraftState } from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { type ComparedChange, DraftComparisonService } from './draft-comparison.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { cursorAfter, draftHead, parseCursor } from './draft-view.ts';
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
    const events = await this.drafts.events(tx, id);
    return {
      ...draftHead(draft),
      missing: draft.missing,
      ...(draft.report !== undefined && { report: draft.report }),
      counts: await this.repository.counts(tx, id),
      events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
      ...(draft.state === 'published' && { entries: await this.trail.entries(tx, id, MOST_ENTRIES) }),
    };
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
