import { randomUUID } from 'node:crypto';
import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  candidateOf,
  DRAFT_REGISTERS,
  type Draft,
  type DraftChange,
  DraftError,
  type DraftEvent,
  type DraftState,
  FIRST_STATE,
  mayRead,
  type NewDraft,
  parseChangeHeadings,
  parseHeadings,
  quotedJson,
  requireEditionOfScope,
} from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Account, requireRole } from '../auth/access.ts';
import { DRAFT_READERS, requireEditor } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftWritingService, type Written } from './draft-writing.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { storedMissing } from './stored-change.ts';
import { TakenKeys } from './taken-keys.ts';

/** Changes that are checked and written together. */
const BATCH = 100;
/** Changes that are checked and hashed in one go: some milliseconds, in which nobody else is served. */
const SLICE = 10;

/** Drafts of changes to the lists: the way from an official's proposal to entries. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly checks: DraftChecksService,
    private readonly writing: DraftWritingService,
  ) {}

  /**
   * Stores a draft with its changes: all of it, each held against what is listed now, or nothing.
   * @throws AuthError, DraftError
   */
  async create(tx: EntityManager, author: Account, draft: NewDraft): Promise<Draft> {
    requireEditor(author, draft.list);
    requireEditionOfScope(draft);
    const headings = parseHeadings(draft);
    const id = randomUUID();
    await this.repository.insert(tx, {
      id,
      scope: draft.scope,
      list: draft.list,
      title: headings.title,
      effectiveDate: headings.effectiveDate,
      reason: headings.reason,
      document: headings.document ?? null,
      backdatedReason: headings.backdatedReason ?? null,
      edition: headings.edition ?? null,
      report: draft.report === undefined ? null : quotedJson(draft.report),
      missing: storedMissing(draft),
      sources: draft.sources ?? [],
      state: FIRST_STATE,
      version: 1,
      author: author.id,
    });
    const count = await this.insertAll(tx, author, { id, draft });
    await this.trail.append(tx, {
      draft: id,
      version: 1,
      action: 'created',
      account: author.id,
      detail: { changes: count },
    });
    return this.getDraft(tx, id);
  }

  /** How many there are of each state, and how many of these came of imported files. */
  async countsByState(
    tx: EntityManager,
  ): Promise<readonly { state: DraftState; count: number; imported: number }[]> {
    return this.repository.countsByState(tx);
  }

  /** @throws DraftError `draft-not-found`, also where the account may not read it */
  async get(tx: EntityManager, reader: Account, id: string): Promise<Draft> {
    requireRole(reader, ...DRAFT_READERS);
    const draft = await this.getDraft(tx, id);
    if (!mayRead(reader, draft.list)) throw notFound(id);
    return draft;
  }

  /** The drafts an account may read, newest first, without their reports. */
  async page(
    tx: EntityManager,
    reader: Account,
    wanted: {
      list?: string | undefined;
      state?: DraftState | undefined;
      after?: { at: Date; id: string } | undefined;
      limit: number;
    },
  ): Promise<readonly Draft[]> {
    requireRole(reader, ...DRAFT_READERS);
    if (wanted.list !== undefined && !mayRead(reader, wanted.list)) return [];
    const own = mayRead(reader, '') ? undefined : (reader.organ ?? '');
    const list = wanted.list ?? own;
    return this.repository.page(tx, { ...wanted, list, state: wanted.state, after: wanted.after });
  }

  /** The changes of a draft as they are now, in the order of their numbers. @param page.after number after which to go on */
  async changes(
    tx: EntityManager,
    id: string,
    page: { after?: number; limit?: number; doubtful?: boolean | undefined } = {},
  ): Promise<readonly DraftChange[]> {
    return this.repository.changes(tx, id, page);
  }

  /** Who did what with it, oldest first. */
  async events(tx: EntityManager, id: string): Promise<readonly DraftEvent[]> {
    return this.trail.events(tx, id);
  }

  private async getDraft(tx: EntityManager, id: string): Promise<Draft> {
    const draft = await this.repository.find(tx, id);
    if (draft === undefined) throw notFound(id);
    return draft;
  }

  private async insertAll(
    tx: EntityManager,
    author: Account,
    { id, draft }: { id: string; draft: NewDraft },
  ): Promise<number> {
    const taken = new TakenKeys();
    const opened = new Set<string>();
    let count = 0;
    let batch: Written[] = [];
    // While the database writes one, the next is checked.
    let writing = Promise.resolve();
    try {
      for (const given of draft.changes) {
        count += 1;
        const change = parseChangeHeadings(given, count);
        const candidate = candidateOf(count, change);
        const { register, content } = candidate;
        taken.take(candidate);
        if (DRAFT_REGISTERS[register]?.opensList === true) opened.add(content.list);
        batch.push({ candidate, change });
        if (count % SLICE === 0) await othersTurn();
        if (batch.length < BATCH) continue;
        await writing;
        writing = this.writing.write(tx, author, { draft: { ...draft, id }, version: 1, batch });
        // It is met at the next wait for it.
        writing.catch(() => undefined);
        batch = [];
      }
    } catch (error) {
      // What was wrong before is told before; and nothing goes on in a transaction that has ended.
      await writing;
      throw error;
    }
    await writing;
    await this.writing.write(tx, author, { draft: { ...draft, id }, version: 1, batch });
    await this.checks.requireList(tx, draft.list, opened);
    return count;
  }
}

function notFound(id: string): DraftError {
  return new DraftError('draft-not-found', `没有编号为 ${id} 的草稿，或者它不属于您的机关。`);
}
