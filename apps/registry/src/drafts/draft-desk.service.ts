import { chinaDay } from '@mandate/certificate';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { LogService } from '../log/log.service.ts';
import { DraftComparisonService } from './draft-comparison.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import type { Draft, PublishedDraft } from './draft.ts';
import type { DraftState } from './draft-states.ts';
import { DraftError } from './drafts.errors.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { DraftsService } from './drafts.service.ts';

/** Changes that a person is shown at the command line. */
const MOST_SHOWN = 50;
const MOST_ENTRIES = 200;

export type DraftStepName = 'submit' | 'reopen' | 'withdraw' | 'approve' | 'reject';

/** Drafts as the API and the command line show and move them, each call a transaction of its own. */
@Injectable()
export class DraftDeskService {
  constructor(
    private readonly source: DataSource,
    private readonly drafts: DraftsService,
    private readonly repository: DraftsRepository,
    private readonly trail: DraftTrailRepository,
    private readonly log: LogService,
    private readonly comparison: DraftComparisonService,
  ) {}

  async page(
    reader: Account,
    query: {
      list?: string | undefined;
      state?: DraftState | undefined;
      cursor?: string | undefined;
      limit: number;
    },
  ) {
    const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
    const found = await this.drafts.page(this.source.manager, reader, {
      list: query.list,
      state: query.state,
      after,
      limit: query.limit + 1,
    });
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      drafts: page.map(draftHead),
      ...(found.length > query.limit && last && { next: `${last.createdAt.toISOString()}_${last.id}` }),
    };
  }

  /** Everything about a draft but its changes. */
  async detail(reader: Account, id: string) {
    const tx = this.source.manager;
    const draft = await this.drafts.get(tx, reader, id);
    return {
      ...draftHead(draft),
      missing: draft.missing,
      ...(draft.report !== undefined && { report: draft.report }),
      counts: await this.repository.counts(tx, id),
      events: (await this.drafts.events(tx, id)).map(({ at, ...event }) => ({
        ...event,
        at: at.toISOString(),
      })),
      ...(draft.state === 'published' && { entries: await this.trail.entries(tx, id, MOST_ENTRIES) }),
    };
  }

  /** The same with the first of its changes, compared with the list. */
  async show(reader: Account, id: string) {
    const detail = await this.detail(reader, id);
    const tx = this.source.manager;
    const draft = await this.drafts.get(tx, reader, id);
    const changes = await this.comparison.compare(tx, draft, { after: 0, limit: MOST_SHOWN });
    return { ...detail, changes };
  }

  async step(actor: Account, id: string, step: DraftStepName, { version, comment }: StepWords) {
    return draftHead(
      await inTransaction(this.source, (tx) => this.drafts[step](tx, actor, id, version, { comment })),
    );
  }

  /** The draft's entries are in the tree when this returns. */
  async publish(
    actor: Account,
    id: string,
    { version, ...words }: StepWords & { backdatedReason?: string | undefined },
  ) {
    const published = await inTransaction(this.source, (tx) =>
      this.drafts.publish(tx, actor, id, version, words),
    );
    await this.log.sequence('lists');
    const { draft, entries, keys, edition }: PublishedDraft = published;
    return { draft: draftHead(draft), entries, keys, ...(edition !== undefined && { edition }) };
  }
}

interface StepWords {
  readonly version: number;
  readonly comment?: string | undefined;
}

/** A draft without its report, as it is shown. */
export function draftHead({ report: _report, missing: _missing, ...draft }: Draft) {
  const effect = draft.effectiveDate > chinaDay(new Date()) ? 'scheduled' : 'in-force';
  return {
    ...draft,
    ...(draft.state === 'published' && { effect }),
    createdAt: draft.createdAt.toISOString(),
    changedAt: draft.changedAt.toISOString(),
  };
}

/** @throws DraftError `invalid-cursor` */
function parseCursor(cursor: string): { at: Date; id: string } {
  const [, at = '', id = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ??
    [];
  if (id === '' || Number.isNaN(Date.parse(at)))
    throw new DraftError('invalid-cursor', '翻页的 cursor 有误，请用上一页给出的 next。');
  return { at: new Date(at), id };
}
