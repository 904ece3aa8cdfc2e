import { chinaDay } from '@mandate/certificate';
import { type Draft, DraftError, type PublishedDraft } from '@mandate/drafting';
import type { AskedMissing } from './draft-questions.service.ts';

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

export function publicationView({ draft, entries, keys, edition }: PublishedDraft) {
  return { draft: draftHead(draft), entries, keys, ...(edition !== undefined && { edition }) };
}

/** A missing item and what is decided of it. */
export function missingView({ item, is, change }: AskedMissing) {
  const { key, name, stays } = item;
  return {
    key,
    name,
    is,
    ...(change !== undefined && { change: change.number }),
    ...((is === 'stays' || is === 'stale') && stays !== undefined && { reason: stays.reason, by: stays.by }),
  };
}

/** Where the next page begins: behind this draft. */
export function cursorAfter({ createdAt, id }: Draft): string {
  return `${createdAt.toISOString()}_${id}`;
}

/** @throws DraftError `invalid-cursor` */
export function parseCursor(cursor: string): { at: Date; id: string } {
  const [, at = '', id = ''] =
    /^((?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      cursor,
    ) ?? [];
  if (id === '' || Number.isNaN(Date.parse(at)))
    throw new DraftError('invalid-cursor', '翻页的 cursor 有误，请用上一页给出的 next。');
  return { at: new Date(at), id };
}
