import { type Json } from '@mandate/encoding';
import {
  CHANGE_KINDS,
  type ChangeKind,
  type ItemState,
  kindLeads,
  type Organ,
  OrganSchema,
  type Region,
  type Register,
  RegionSchema,
} from '@mandate/lists';
import { findListKind } from '@mandate/published';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { type Standing, StandingService } from '../lists/standing.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { type Candidate, candidateOf } from './draft-candidates.ts';
import { type Draft, type DraftChange, REGISTRY_LIST } from './draft.ts';
import { DraftError } from './drafts.errors.ts';
import { DraftsRepository } from './drafts.repository.ts';

/** Of what is wrong, as much as a person reads at once. */
const MOST_NAMED = 20;
/** Changes that are looked at together. */
const PAGE = 250;

/** What may still be done with the items of an organ that is no more. */
const ENDINGS: ReadonlySet<ChangeKind> = new Set(['cancelled', 'delegated', 'suspended']);

type Problem = Readonly<{
  change: number;
  code: 'invalid-change' | 'invalid-kind' | 'nothing-changed' | 'related-not-found';
  message: string;
}>;

const STATE_WORDS: Readonly<Record<ItemState | 'none', string>> = {
  none: '未列入',
  'in-force': '在用',
  suspended: '暂停',
  cancelled: '取消',
};

/** Holds changes against what is listed now. */
@Injectable()
export class DraftChecksService {
  constructor(
    private readonly lists: ListsService,
    private readonly standing: StandingService,
    private readonly repository: DraftsRepository,
    private readonly organs: OrgansService,
  ) {}

  /**
   * @param options.fresh the changes are being written: one that names no base is compared with the record of the moment
   * @returns the blob each was compared with, by number
   * @throws DraftError `stale` with both versions of everything that was changed by another in the meantime, else
   *   `invalid-change` | `invalid-kind` | `nothing-changed` | `related-not-found` with all that is wrong
   */
  async check(
    tx: EntityManager,
    draft: Pick<Draft, 'list' | 'effectiveDate'>,
    changes: readonly Candidate[],
    options: { fresh?: boolean } = {},
  ): Promise<ReadonlyMap<number, string | undefined>> {
    const standing = await this.standings(tx, draft, changes);
    const bases = new Map<number, string | undefined>();
    const problems: Problem[] = [];
    const stale: Candidate[] = [];
    for (const change of changes) {
      const now = change.key === undefined ? undefined : standing.get(`${change.register}\n${change.key}`);
      const base = change.baseBlob ?? (options.fresh === true ? now?.blob : undefined);
      bases.set(change.number, base);
      if (now === undefined && change.register === 'authority-item' && change.key !== undefined) {
        const message = `没有标识为 ${change.key} 的事项；新列入的事项不填标识，发布时自动编定。`;
        problems.push({ change: change.number, code: 'invalid-change', message });
      } else if (now?.blob !== base) stale.push(change);
      else problems.push(...problemsOf(draft, change, now));
    }
    if (stale.length > 0) throw await this.staleError(tx, stale);
    problems.push(...(await this.unknownRelated(tx, changes)));
    const [first] = problems;
    if (first !== undefined) throw problemsError(first, problems);
    return bases;
  }

  /**
   * Holds a stored draft against the lists as they are now.
   * @param also called with each part of the changes, for what else must be so
   * @returns number, key and list of every change, in order
   */
  async checkWhole(
    tx: EntityManager,
    draft: Draft,
    also: (changes: readonly DraftChange[]) => void,
  ): Promise<readonly { number: number; key: string | undefined; list: string }[]> {
    const heads: { number: number; key: string | undefined; list: string }[] = [];
    const made = new Set<string>();
    const growing = new Set<string>();
    const counterparts: { number: number; related: string }[] = [];
    const organs: Organ[] = [];
    const regions: Region[] = [];
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, draft.id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
      also(page);
      const candidates = page.map((change) => candidateOf(change.number, change));
      await this.check(tx, draft, candidates);
      for (const { number, key, kind, content, register, related } of candidates) {
        heads.push({ number, key, list: content.list });
        if (register === 'organ' || register === 'negative-list') made.add(content.list);
        if (register === 'authority-item' && !ENDINGS.has(kind)) growing.add(content.list);
        if (register === 'organ') organs.push(OrganSchema.parse(content.value));
        if (register === 'region') regions.push(RegionSchema.parse(content.value));
        if (related?.startsWith('#') === true) counterparts.push({ number, related });
      }
    }
    if (heads.length === 0 && draft.scope === 'change')
      throw new DraftError('no-changes', '这份草稿还没有任何改动。');
    const numbers = new Set(heads.map(({ number }) => `#${number.toString()}`));
    const missing = counterparts.find(({ related }) => !numbers.has(related));
    if (missing !== undefined)
      throw new DraftError(
        'related-not-found',
        `第 ${missing.number.toString()} 项的对应事项 ${missing.related} 不在这份草稿中。`,
      );
    await this.organs.requireFit(tx, { organs, regions });
    for (const list of growing) {
      const organ = await this.organs.findInForce(tx, list, draft.effectiveDate);
      if (organ?.abolished === true)
        throw new DraftError(
          'invalid-change',
          `${organ.name}到 ${draft.effectiveDate} 已撤销：它的事项只能取消、下放或暂停，由承接机关另行列入。`,
        );
    }
    for (const list of new Set([draft.list, ...heads.map((head) => head.list)]))
      await this.requireList(tx, list, made);
    return heads;
  }

  /** The newest record of a key. */
  async listed(
    tx: EntityManager,
    register: Register,
    key: string,
  ): Promise<{ blob: string; value: Readonly<Record<string, Json>>; state: unknown } | undefined> {
    const record = (await this.lists.history(tx, register, key)).at(-1);
    if (record === undefined) return undefined;
    // Every register holds objects.
    const value = record.value as Readonly<Record<string, Json>>;
    return { blob: record.entry.blob, value, state: value['state'] };
  }

  /** @param made lists that the draft itself brings @throws DraftError `list-not-found` */
  async requireList(tx: EntityManager, list: string, made: ReadonlySet<string>): Promise<void> {
    if (list === REGISTRY_LIST || made.has(list)) return;
    const register = findListKind(list) ?? 'organ';
    if ((await this.standing.of(tx, register, [{ key: list, day: '9999-12-31' }])).size > 0) return;
    throw new DraftError(
      'list-not-found',
      register === 'organ'
        ? `没有标识为 ${list} 的机关。请先登记机关，或在同一份草稿中登记它。`
        : `没有标识为 ${list} 的负面清单。请先登记它，或在同一份草稿中登记它。`,
    );
  }

  private async standings(
    tx: EntityManager,
    draft: Pick<Draft, 'effectiveDate'>,
    changes: readonly Candidate[],
  ): Promise<ReadonlyMap<string, Standing>> {
    const found = new Map<string, Standing>();
    for (const register of new Set(changes.map((change) => change.register))) {
      const wanted = changes.flatMap(({ register: of, key, effectiveDate }) =>
        of === register && key !== undefined ? [{ key, day: effectiveDate ?? draft.effectiveDate }] : [],
      );
      for (const [key, one] of await this.standing.of(tx, register, wanted))
        found.set(`${register}\n${key}`, one);
    }
    return found;
  }

  /** Keys of counterparts that no register knows; `#3` is a change of the draft itself and looked at with the whole draft. */
  private async unknownRelated(
    tx: EntityManager,
    changes: readonly Candidate[],
  ): Promise<readonly Problem[]> {
    const named = changes.flatMap(({ number, related }) =>
      related === undefined || related.startsWith('#') ? [] : [{ number, related }],
    );
    if (named.length === 0) return [];
    const known = await this.standing.of(
      tx,
      'authority-item',
      [...new Set(named.map(({ related }) => related))].map((key) => ({ key, day: '9999-12-31' })),
    );
    return named
      .filter(({ related }) => !known.has(related))
      .map(({ number, related }) => ({
        change: number,
        code: 'related-not-found',
        message: `对应事项 ${related} 不在清单中，请核对它的标识。`,
      }));
  }

  private async staleError(tx: EntityManager, stale: readonly Candidate[]): Promise<DraftError> {
    const conflicts: Json[] = [];
    for (const { number, register, key = '', content, baseBlob } of stale.slice(0, MOST_NAMED)) {
      const history = await this.lists.history(tx, register, key);
      const theirs = history.at(-1);
      const base = history.findLast(({ entry }) => entry.blob === baseBlob);
      conflicts.push({
        change: number,
        register,
        key,
        yours: content.value,
        theirs: theirs === undefined ? null : { entry: theirs.entry, value: theirs.value },
        base: base?.value ?? null,
      });
    }
    const names = stale.slice(0, 3).map(({ content }) => `“${content.name}”`);
    return new DraftError(
      'stale',
      `${names.join('、')}${stale.length > 3 ? `等 ${stale.length.toString()} 项` : ''}在您起草之后已被别人改动。两个版本都在，请取回草稿，对照后再提交。`,
      { conflicts, count: stale.length },
    );
  }
}

function problemsOf(
  draft: Pick<Draft, 'list' | 'effectiveDate'>,
  change: Candidate,
  now: Standing | undefined,
): readonly Problem[] {
  const { number, register, key, kind, content } = change;
  const problem = (code: Problem['code'], message: string): Problem => ({ change: number, code, message });
  const problems: Problem[] = [];
  const own = ownership(draft.list, change);
  if (own !== undefined) problems.push(problem('invalid-change', own));
  const handsOver = ['delegated', 'taken-over', 'entrusted', 'suspended', 'resumed'].includes(kind);
  if (handsOver && register !== 'authority-item')
    problems.push(problem('invalid-kind', `${CHANGE_KINDS[kind].name}只用于权力事项。`));
  const from = now?.state ?? 'none';
  if (!kindLeads(kind, from, content.state)) {
    const message = `“${content.name}”的变更类型写作${CHANGE_KINDS[kind].name}，但到生效那天它${STATE_WORDS[from]}，改后${STATE_WORDS[content.state]}，两者不符。`;
    problems.push(problem('invalid-kind', message));
  }
  const day = change.effectiveDate ?? draft.effectiveDate;
  const says = now !== undefined && now.blob === content.blob;
  if (says && (day === now.effectiveDate || (kind === 'changed' && day > now.effectiveDate)))
    problems.push(problem('nothing-changed', `“${content.name}”（${key ?? ''}）的内容与清单现有的相同。`));
  return problems;
}

/** Why a change has no place in a draft of this list. */
function ownership(list: string, { register, key, content }: Candidate): string | undefined {
  if (register === 'authority-item' && key !== undefined && !key.startsWith(`${content.list}.`))
    return `事项 ${key} 不属于内容里写的机关 ${content.list}：事项的机关不能更改，划转请用下放和承接。`;
  if (content.key !== undefined && key !== content.key)
    return `标识 ${key ?? ''} 与内容中的 ${content.key} 不同。`;
  if (list === REGISTRY_LIST || content.list === list) return undefined;
  return `“${content.name}”属于清单 ${content.list}，不能放进清单 ${list} 的草稿。`;
}

function problemsError(first: Problem, problems: readonly Problem[]): DraftError {
  const named = problems.slice(0, MOST_NAMED);
  const words = named
    .slice(0, 5)
    .map(({ change, message }) => `第 ${change.toString()} 项：${message}`)
    .join('\n');
  const more = problems.length > 5 ? `\n……共 ${problems.length.toString()} 处。` : '';
  return new DraftError(first.code, `${words}${more}`, { problems: named, count: problems.length });
}
