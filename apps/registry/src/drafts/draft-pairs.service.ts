import {
  candidateOf,
  type ChangePair,
  type Draft,
  type DraftChange,
  DraftError,
  type NewDraftChange,
  rewordReason,
  withPairDoubt,
} from '@mandate/drafting';
import { completeItem } from '@mandate/list-files';
import { AuthorityItemSchema, compareItems, type FieldChange, kindOf } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { DraftChecksService } from './draft-checks.service.ts';
import { changeChanged } from './change-number.ts';
import { DraftQuestionsRepository } from './draft-questions.repository.ts';
import { DraftStepsService } from './draft-steps.service.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { storedChange } from './stored-change.ts';

export interface PairAnswer {
  /** id of the draft */
  readonly draft: string;
  readonly number: number;
  /** of the change, as the editor saw it */
  readonly version: number;
  readonly same: boolean;
  /** which listed item it is; not needed where only one comes into question */
  readonly key?: string | undefined;
}

/** A candidate beside what was found. */
export interface ComparedPair {
  readonly key: string;
  readonly name: string;
  readonly likeness: number;
  readonly fields: readonly FieldChange[];
}

/** «Is this the same power?»: asked of what a source calls otherwise, answered by a person; the key survives the rename. */
@Injectable()
export class DraftPairsService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly questions: DraftQuestionsRepository,
    private readonly steps: DraftStepsService,
    private readonly checks: DraftChecksService,
  ) {}

  /** What waits for an answer first. @param page.after how many to pass over */
  async page(
    tx: EntityManager,
    draft: Draft,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly { change: DraftChange; pair: ChangePair; candidates: readonly ComparedPair[] }[]> {
    const asked = [];
    for (const change of await this.questions.pairs(tx, draft.id, page)) {
      const { pair } = change;
      if (pair === undefined) continue;
      const candidates: ComparedPair[] = [];
      for (const candidate of pair.candidates) {
        const listed = await this.checks.listed(tx, 'authority-item', candidate.key);
        // What is listed can have lost its words by a redaction.
        const before = AuthorityItemSchema.safeParse(listed?.value);
        // The word of who answered is the text of the change; of the others, what the source says.
        const after = AuthorityItemSchema.parse(candidate.key === change.key ? change.value : pair.found);
        candidates.push({ ...candidate, fields: before.success ? compareItems(before.data, after) : [] });
      }
      asked.push({ change, pair, candidates });
    }
    return asked;
  }

  /**
   * The two are one, and the change keeps the key; or they are not, and what was found is new and the listed one missing.
   * @throws DraftError `change-not-found` | `change-changed` | `key-taken` | `invalid-change`
   */
  async answer(
    tx: EntityManager,
    actor: Account,
    answer: PairAnswer,
  ): Promise<{ number: number; version: number }> {
    const { number, version, same } = answer;
    const draft = await this.steps.beginEditing(tx, actor, answer.draft);
    const stored = await this.repository.findChange(tx, draft.id, number);
    if (stored === undefined || (stored.removed && stored.change.version === version))
      throw new DraftError('change-not-found', `这份草稿没有第 ${number.toString()} 项。`);
    if (stored.removed || stored.change.version !== version) throw changeChanged(stored, version, undefined);
    const { change } = stored;
    const next = same
      ? await this.sameAs(tx, draft, { change, key: keyOf(change, answer.key) })
      : apart(change);
    const candidate = candidateOf(number, next);
    const bases = await this.checks.check(tx, draft, { changes: [candidate], fresh: true });
    const { version: now } = await this.steps.record(tx, actor, {
      draft,
      action: 'pair-answered',
      change: number,
      detail: { same, ...(next.key !== undefined && { key: next.key }) },
    });
    await this.repository.insertChanges(tx, [
      storedChange(candidate, next, {
        draftId: draft.id,
        version: now,
        editedBy: actor.id,
        baseBlob: bases.get(number) ?? null,
      }),
    ]);
    return { number, version: now };
  }

  private async sameAs(
    tx: EntityManager,
    draft: Draft,
    { change, key }: { readonly change: DraftChange; readonly key: string },
  ): Promise<NewDraftChange> {
    const item = draft.missing.find((one) => one.key === key);
    if (item === undefined)
      throw new DraftError('change-not-found', `${key} 不是来源中缺少的事项，不能认作同一事项。`);
    const other = await this.repository.findByKey(tx, draft.id, { ...change, key });
    if (other !== undefined)
      throw new DraftError(
        'key-taken',
        `${key}“${item.name}”已是这份草稿的第 ${other.number.toString()} 项。一个标识只能对应一项：请先把那一项分开，或收回对它的决定（mandate drafts missing ${draft.id} --undo --keys ${key}）。`,
        { change: other.number, version: other.version },
      );
    const pair = answered(change, { key, name: item.name });
    if (item.stays !== undefined)
      await this.questions.setMissing(tx, {
        id: draft.id,
        missing: draft.missing.map((one) => (one === item ? { key, name: one.name } : one)),
      });
    const doubts = withPairDoubt(change.doubts, pair, key);
    // Whoever was asked about it may have worded it anew: to say that it is the same takes nothing of that back.
    if (change.key === key) return { ...change, pair, doubts };
    const listed = await this.checks.listed(tx, 'authority-item', key);
    const before = AuthorityItemSchema.safeParse(listed?.value);
    if (listed === undefined || !before.success || before.data.state === 'cancelled')
      throw new DraftError('invalid-change', `${key}“${item.name}”已不在用，不能认作同一事项。`);
    const found = AuthorityItemSchema.parse(change.key === undefined ? change.value : pair.found);
    const source = (await this.questions.sources(tx, draft.id)).find(
      ({ file }) => file === change.place?.file,
    );
    const says = source?.says && {
      sheets: new Set(source.says.sheets),
      headers: new Set(source.says.headers),
    };
    const value = completeItem(found, before.data, says);
    return {
      ...change,
      key,
      kind: kindOf(before.data.state, value.state),
      value,
      baseBlob: listed.blob,
      reason: rewordReason(change.reason, '修改'),
      doubts,
      pair,
    };
  }
}

/** @throws DraftError `invalid-change` where several come into question */
function keyOf(change: DraftChange, given: string | undefined): string {
  const [only, ...more] = change.pair?.candidates ?? [];
  const key = given ?? change.key ?? (more.length === 0 ? only?.key : undefined);
  if (key !== undefined) return key;
  throw new DraftError(
    'invalid-change',
    `请指明第 ${change.number.toString()} 项是清单现有的哪一项（key，命令行用 --with）：${(change.pair?.candidates ?? []).map((one) => `${one.key}“${one.name}”`).join('、') || '标识见 missing'}。`,
  );
}

/** Also of two that nobody asked about: what an editor pairs by hand. */
function answered(
  change: DraftChange,
  { key, name }: { readonly key: string; readonly name: string },
): ChangePair {
  if (change.register !== 'authority-item' || (change.pair === undefined && change.key !== undefined))
    throw new DraftError(
      'invalid-change',
      `第 ${change.number.toString()} 项不是来源中新出现的权力事项，没有同一事项可认。`,
    );
  const { candidates = [], rivals = [], found = change.value } = change.pair ?? {};
  const known = candidates.some((one) => one.key === key);
  return {
    state: 'same',
    candidates: known ? candidates : [{ key, name, likeness: 0 }, ...candidates],
    rivals,
    found,
  };
}

function apart(change: DraftChange): NewDraftChange {
  const { pair } = change;
  if (pair === undefined)
    throw new DraftError('invalid-change', `第 ${change.number.toString()} 项没有要答复的“是否同一事项”。`);
  const parted: ChangePair = { ...pair, state: 'apart', found: pair.found };
  const doubts = withPairDoubt(change.doubts, parted, undefined);
  if (change.key === undefined) return { ...change, pair: parted, doubts };
  return {
    ...change,
    key: undefined,
    kind: 'added',
    value: pair.found,
    baseBlob: undefined,
    reason: rewordReason(change.reason, '列入'),
    doubts,
    pair: parted,
  };
}
