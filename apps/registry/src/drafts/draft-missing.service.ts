import {
  type Candidate,
  candidateOf,
  type Draft,
  type DraftChange,
  DraftError,
  type MissingChoice,
  type MissingItem,
  type MissingState,
  type NewDraftChange,
  registersOfList,
  requireVersion,
} from '@mandate/drafting';
import { chinaDay } from '@mandate/certificate';
import { cleanText, type Json, parseJson } from '@mandate/encoding';
import { findItemKey } from '@mandate/published';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { countAct } from '../ledger/act-flow.ts';
import { LogService } from '../log/log.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { requireRegisters } from './draft-access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { DraftQuestionsRepository } from './draft-questions.repository.ts';
import { type AskedMissing, DraftQuestionsService } from './draft-questions.service.ts';
import { DraftStepsService } from './draft-steps.service.ts';
import { DraftsRepository, type StoredChange } from './drafts.repository.ts';
import { storedChange } from './stored-change.ts';

/** What is to become of items that the source no longer has. */
export interface MissingDecision {
  readonly is: MissingChoice;
  /** of `stays` always; of the others it stands in their entries */
  readonly reason?: string | undefined;
  /** of `moved`: key of the item that has taken it over */
  readonly related?: string | undefined;
}

/** Changes that are checked and written together. */
const BATCH = 250;

/** Every item that a new edition no longer has is decided: cancelled, moved to another organ, or it stays, with the reason. */
@Injectable()
export class DraftMissingService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly asked: DraftQuestionsRepository,
    private readonly questions: DraftQuestionsService,
    private readonly steps: DraftStepsService,
    private readonly checks: DraftChecksService,
    private readonly log: LogService,
    private readonly organs: OrgansService,
  ) {}

  /**
   * Decides about many at once, and takes back what was decided of them before.
   * @param given.version of the draft @param given.keys all that nobody has decided about unless given
   * @throws DraftError `change-not-found` for a key that is not among the missing ones, `key-taken` for one that was paired,
   *   `reason-missing` | `related-not-found` | `draft-changed`
   */
  async decide(
    tx: EntityManager,
    actor: Account,
    given: {
      readonly draft: string;
      readonly version: number;
      readonly keys?: readonly string[] | undefined;
      readonly choice: MissingDecision;
    },
  ): Promise<Draft> {
    const { version, choice } = given;
    const draft = await this.steps.beginEditing(tx, actor, given.draft);
    requireVersion(draft, version);
    const reason = cleanText(choice.reason ?? '') || undefined;
    if (choice.is === 'stays' && reason === undefined)
      throw new DraftError(
        'reason-missing',
        '保留来源中已没有的事项须写明理由（reason，命令行用 --reason）。',
      );
    if (choice.is === 'moved' && choice.related === undefined)
      throw new DraftError(
        'related-not-found',
        '划转须写明承接后的事项标识（related，命令行用 --moved-to）。',
      );
    const taker = choice.is === 'moved' ? await this.takerOf(tx, draft, choice.related) : undefined;
    const wanted = wantedOf(await this.questions.missing(tx, draft), given.keys, choice.is);
    const changing = wanted.filter((one) => !isSettled(one, choice, reason));
    if (changing.length === 0) {
      countAct();
      return draft;
    }
    const next = await this.steps.record(tx, actor, {
      draft,
      action: 'missing-decided',
      detail: {
        is: choice.is,
        count: changing.length,
        keys: changing.slice(0, MOST_NAMED).map(({ item }) => item.key),
        ...(reason !== undefined && { reason }),
      },
    });
    const written = { draft, version: next.version, editedBy: actor };
    if (choice.is === 'cancelled' || choice.is === 'moved')
      await this.writeChanges(tx, written, {
        asked: changing,
        choice: { ...choice, reason: reason ?? (taker === undefined ? undefined : `划转由${taker}行使`) },
      });
    else await this.removeChanges(tx, written, changing);
    const stays = (one: AskedMissing): MissingItem['stays'] =>
      choice.is === 'stays' && one.now !== undefined && reason !== undefined
        ? { reason, blob: one.now.blob, by: actor.login }
        : undefined;
    const decided = new Map(changing.map((one) => [one.item.key, stays(one)]));
    const missing = draft.missing.map((item): MissingItem => {
      if (!decided.has(item.key)) return item;
      const said = decided.get(item.key);
      return { key: item.key, name: item.name, ...(said !== undefined && { stays: said }) };
    });
    await this.asked.setMissing(tx, { id: draft.id, missing });
    return { ...next, missing };
  }

  /**
   * The organ that has taken an item over: another one, that is there. Whether it has the item is asked with every change
   * (`DraftChecksService`), at publication again.
   * @returns its name @throws DraftError `related-not-found`
   */
  private async takerOf(
    tx: EntityManager,
    { list, effectiveDate }: Pick<Draft, 'list' | 'effectiveDate'>,
    related = '',
  ): Promise<string> {
    const key = findItemKey(related)?.list;
    if (key === list)
      throw new DraftError(
        'related-not-found',
        `${related} 是本机关自己的事项。划转须写明承接机关的事项；改了名称的请用 npx mandate drafts pair 确认为同一事项。`,
      );
    const today = chinaDay(new Date());
    const organ =
      key === undefined
        ? undefined
        : await this.organs.findInForce(tx, key, effectiveDate < today ? today : effectiveDate);
    if (organ === undefined || organ.abolished === true)
      throw new DraftError(
        'related-not-found',
        `${related.slice(0, 100)} 不是任何在用机关的事项，请核对承接后的事项标识：承接机关先把它列入清单，再在这里写明划转。`,
      );
    return organ.name;
  }

  private async writeChanges(
    tx: EntityManager,
    { draft, version, editedBy }: Writing,
    { asked, choice }: { readonly asked: readonly AskedMissing[]; readonly choice: MissingDecision },
  ): Promise<void> {
    const register = registersOfList(draft.list).items;
    requireRegisters(editedBy, [{ register }]);
    let number = await this.repository.lastNumber(tx, draft.id);
    for (let from = 0; from < asked.length; from += BATCH) {
      const batch = asked.slice(from, from + BATCH);
      const blobs = new Map(
        (
          await this.log.blobs(
            tx,
            batch.flatMap(({ now }) => now?.blob ?? []),
          )
        ).map(({ hash, bytes }) => [hash, parseJson(bytes)]),
      );
      const written = batch.map(({ item, now, change }): { candidate: Candidate; change: NewDraftChange } => {
        // Of a register of items, so an object.
        const value = blobs.get(now?.blob ?? '') as Record<string, Json> | undefined;
        if (value === undefined || now === undefined || now.state === 'cancelled')
          throw new DraftError('invalid-change', `${item.key}“${item.name}”已不在用，不用再决定。`);
        const moved = choice.is === 'moved';
        const made: NewDraftChange = {
          register,
          key: item.key,
          kind: moved ? 'delegated' : 'cancelled',
          value: { ...value, state: 'cancelled' },
          baseBlob: now.blob,
          reason: choice.reason ?? CANCELLED[register],
          ...(moved && { related: choice.related }),
        };
        const at = change?.number ?? (number += 1);
        return { candidate: candidateOf(at, made), change: made };
      });
      await this.checks.check(tx, draft, { changes: written.map(({ candidate }) => candidate) });
      await this.repository.insertChanges(
        tx,
        written.map(({ candidate, change }) =>
          storedChange(candidate, change, {
            draftId: draft.id,
            version,
            editedBy: editedBy.id,
            baseBlob: change.baseBlob ?? null,
          }),
        ),
      );
    }
  }

  private async removeChanges(
    tx: EntityManager,
    { draft, version, editedBy }: Writing,
    asked: readonly AskedMissing[],
  ): Promise<void> {
    const removed: StoredChange[] = [];
    for (const { change } of asked) {
      if (change === undefined) continue;
      const found = await this.repository.findChange(tx, draft.id, change.number);
      if (found === undefined) continue;
      removed.push(removedChange(found.change, { draftId: draft.id, version, editedBy: editedBy.id }));
    }
    await this.repository.insertChanges(tx, removed);
  }
}

interface Writing {
  readonly draft: Draft;
  /** of the draft, with the decision */
  readonly version: number;
  readonly editedBy: Account;
}

const MOST_NAMED = 100;

const CANCELLED = {
  'authority-item': '本机关现行权责清单中已无此事项',
  'negative-list-item': '现行负面清单中已无此事项',
} as const;

/** @throws DraftError `change-not-found` | `key-taken` */
function wantedOf(
  missing: readonly AskedMissing[],
  keys: readonly string[] | undefined,
  choice: MissingChoice,
): readonly AskedMissing[] {
  const open = (is: MissingState): boolean => is === 'undecided' || is === 'stale';
  if (keys === undefined)
    return missing.filter(({ is }) =>
      choice === 'undecided' ? !open(is) && is !== 'renamed' && is !== 'changed' : open(is),
    );
  const byKey = new Map(missing.map((one) => [one.item.key, one]));
  return [...new Set(keys)].map((key) => {
    const one = byKey.get(key);
    if (one === undefined)
      throw new DraftError('change-not-found', `${key} 不是来源中缺少的事项，不能在这里决定。`);
    if (one.change !== undefined && (one.is === 'renamed' || one.is === 'changed'))
      throw new DraftError(
        'key-taken',
        `${key}“${one.item.name}”是这份草稿的第 ${one.change.number.toString()} 项${one.is === 'renamed' ? '（认作同一事项改了名称）。要另作决定，请先把它们分开' : '。要另作决定，请先移出那一项'}。`,
        { change: one.change.number },
      );
    return one;
  });
}

/** What is decided so already is not decided again; what another draft has cancelled is no longer to be decided. */
function isSettled({ is, item }: AskedMissing, choice: MissingDecision, reason: string | undefined): boolean {
  if (is === 'gone') return true;
  if (choice.is === 'undecided') return is === 'undecided';
  if (choice.is === 'stays') return is === 'stays' && item.stays?.reason === reason;
  return choice.is === 'cancelled' && is === 'cancelled' && reason === undefined;
}

function removedChange(
  change: DraftChange,
  stored: Pick<StoredChange, 'draftId' | 'version' | 'editedBy'>,
): StoredChange {
  const candidate = candidateOf(change.number, change);
  return storedChange(candidate, change, { ...stored, baseBlob: change.baseBlob ?? null, removed: true });
}
