import {
  candidateOf,
  type Candidate,
  type Draft,
  type DraftChange,
  DraftError,
  EDITING_ACTIONS,
  mayRead,
  type NewDraft,
  type NewDraftChange,
  parseChangeHeadings,
  parseHeadings,
  quotedJson,
  requireVersion,
} from '@mandate/drafting';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftStepsService } from './draft-steps.service.ts';
import { DraftTrailRepository } from './draft-trail.repository.ts';
import { DraftWritingService, type Written } from './draft-writing.service.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { storedChange, storedMissing } from './stored-change.ts';
import { TakenKeys } from './taken-keys.ts';

/** Changes that are checked and written together. */
const BATCH = 250;

/**
 * A corrected source in place of the one that a draft was made of. What says the same stays as it was reviewed, under its
 * number; what says something else is a new wording of it; the rest is added or taken out. No wording is lost, and the
 * trail says how many there are of each.
 */
@Injectable()
export class DraftReplacementService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly steps: DraftStepsService,
    private readonly writing: DraftWritingService,
    private readonly trail: DraftTrailRepository,
  ) {}

  /**
   * A draft that was submitted, approved or rejected is taken back first: what was approved no longer is.
   * @param given.version as the editor saw it; where he does not say, nobody may have edited it after him
   * @param given.next of the same list and scope
   * @throws AuthError, DraftError `draft-changed` | `key-taken` …
   */
  async replace(
    tx: EntityManager,
    actor: Account,
    {
      draft: id,
      version: seen,
      next,
    }: { readonly draft: string; readonly version?: number | undefined; readonly next: NewDraft },
  ): Promise<Draft> {
    const headings = parseHeadings(next);
    const before = await this.repository.lock(tx, id);
    // A draft that is not his to read is refused below, without a word of what it says.
    if (before !== undefined && mayRead(actor, before.list)) {
      if (seen === undefined) await this.requireOwnEdit(tx, actor, before);
      else requireVersion(before, seen);
    }
    if (before !== undefined && before.state !== 'draft')
      await this.steps.take(tx, actor, { step: 'reopen', draft: id, version: before.version });
    const draft = await this.steps.beginEditing(tx, actor, id);
    if (draft.scope !== next.scope || draft.list !== next.list)
      throw new DraftError('invalid-draft', `草稿 ${id} 不是“${next.list}”的清单版本，不能用这些文件替换。`);
    await this.repository.describe(tx, id, {
      title: headings.title,
      effectiveDate: headings.effectiveDate,
      reason: headings.reason,
      document: headings.document ?? null,
      backdatedReason: headings.backdatedReason ?? null,
      edition: headings.edition ?? null,
    });
    await this.repository.setSource(tx, id, {
      report: next.report === undefined ? null : quotedJson(next.report),
      missing: storedMissing(next, draft.missing),
      sources: next.sources ?? [],
    });
    const counts = await this.replaceChanges(tx, actor, { ...draft, ...headings }, next.changes);
    const { title, effectiveDate, reason } = draft;
    const { state, version } = await this.steps.record(tx, actor, {
      draft,
      action: 'replaced',
      detail: { ...counts, before: { title, effectiveDate, reason } },
    });
    return { ...draft, ...headings, state, version };
  }

  /** Who says no version has seen what he wrote himself. @throws DraftError `draft-changed` where another edited it since */
  private async requireOwnEdit(tx: EntityManager, actor: Account, draft: Draft): Promise<void> {
    const events = await this.trail.events(tx, draft.id);
    const own = events.findLastIndex(({ account }) => account.login === actor.login);
    const other = events.slice(own + 1).findLast(({ action }) => EDITING_ACTIONS.includes(action));
    if (other === undefined) return;
    const version = draft.version.toString();
    throw new DraftError(
      'draft-changed',
      `这份草稿后来由${other.account.displayName}改过（现在是第 ${version} 版）。请先核对（mandate drafts show ${draft.id}），确要替换的加上 --revision ${version}。`,
      { theirs: { version: draft.version } },
    );
  }

  private async replaceChanges(
    tx: EntityManager,
    actor: Account,
    draft: Draft,
    changes: Iterable<NewDraftChange>,
  ): Promise<{ same: number; edited: number; added: number; removed: number }> {
    const old = await this.repository.changes(tx, draft.id);
    const free = Map.groupBy(old, (change) => identityOf(candidateOf(change.number, change)));
    let last = await this.repository.lastNumber(tx, draft.id);
    const counts = { same: 0, edited: 0, added: 0, removed: 0 };
    const taken = new TakenKeys();
    let batch: Written[] = [];
    for (const given of changes) {
      const change = parseChangeHeadings(given, last + 1);
      const candidate = candidateOf(last + 1, change);
      const known = free.get(identityOf(candidate))?.shift();
      taken.take({ ...candidate, number: known?.number ?? candidate.number });
      if (known !== undefined && saysTheSame(known, candidate, change)) {
        counts.same += 1;
        continue;
      }
      if (known === undefined) {
        last += 1;
        counts.added += 1;
      } else counts.edited += 1;
      batch.push({ candidate: { ...candidate, number: known?.number ?? last }, change });
      if (batch.length < BATCH) continue;
      await this.writing.write(tx, actor, { draft, version: draft.version + 1, batch });
      batch = [];
    }
    await this.writing.write(tx, actor, { draft, version: draft.version + 1, batch });
    const gone = [...free.values()].flat();
    counts.removed = gone.length;
    await this.repository.insertChanges(
      tx,
      gone.map((change) =>
        storedChange(candidateOf(change.number, change), change, {
          draftId: draft.id,
          version: draft.version + 1,
          editedBy: actor.id,
          baseBlob: change.baseBlob ?? null,
          removed: true,
        }),
      ),
    );
    return counts;
  }
}

/** What is new has no key yet: it is known again by what it is called. */
function identityOf({ register, key, content }: Candidate): string {
  return key === undefined ? `${register}\n#${content.name}` : `${register}\n${key}`;
}

function saysTheSame(known: DraftChange, { content }: Candidate, change: NewDraftChange): boolean {
  const said = ({
    kind,
    effectiveDate,
    reason,
    document,
    related,
    place,
    doubts = [],
    baseBlob,
  }: NewDraftChange) =>
    JSON.stringify([
      kind,
      effectiveDate,
      reason,
      document,
      related,
      place && [place.file, place.sheet, place.row, place.serial],
      doubts.map(({ code, message }) => [code, message]),
      baseBlob,
    ]);
  return known.blob === content.blob && said(known) === said(change);
}
