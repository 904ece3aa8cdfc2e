import { chinaDay } from '@mandate/certificate';
import {
  type Candidate,
  candidateOf,
  DRAFT_REGISTERS,
  type Draft,
  type DraftChange,
  DraftError,
  MOST_NAMED,
  type Problem,
  problemsOf,
  REGISTRY_LIST,
  registersOfList,
  requireNoProblems,
  requireTimely,
  requireWhole,
  unlistedProblem,
} from '@mandate/drafting';
import type { Json } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { type Standing, StandingService } from '../lists/standing.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { DraftsRepository } from './drafts.repository.ts';
import { wholeChecks } from './whole-checks.ts';

/** Changes that are looked at together: so few that they are gone before the collector takes them for what stays. */
const PAGE = 100;

/** A change of a draft that was found good. */
export interface CheckedChange {
  readonly number: number;
  /** undefined: it gets one at publication */
  readonly key: string | undefined;
  readonly list: string;
  /** key of the organ that decides by it */
  readonly organ: string | undefined;
  readonly related: string | undefined;
}

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
   * @param given.fresh the changes are being written: one that names no base is compared with the record of the moment
   * @returns the blob each was compared with, by number
   * @throws DraftError `stale` with both versions of everything that was changed by another in the meantime, else
   *   `invalid-change` | `invalid-kind` | `nothing-changed` | `related-not-found` with all that is wrong
   */
  async check(
    tx: EntityManager,
    draft: Pick<Draft, 'list' | 'effectiveDate'>,
    { changes, fresh = false }: { readonly changes: readonly Candidate[]; readonly fresh?: boolean },
  ): Promise<ReadonlyMap<number, string | undefined>> {
    const standing = await this.standings(tx, draft, changes);
    const bases = new Map<number, string | undefined>();
    const problems: Problem[] = [];
    const stale: Candidate[] = [];
    for (const change of changes) {
      const now = change.key === undefined ? undefined : standing.get(`${change.register}\n${change.key}`);
      const base = change.baseBlob ?? (fresh ? now?.blob : undefined);
      bases.set(change.number, base);
      const unlisted = now === undefined ? unlistedProblem(change) : undefined;
      if (unlisted !== undefined) problems.push(unlisted);
      else if (now?.blob !== base) stale.push(change);
      else problems.push(...problemsOf(draft, change, now));
    }
    if (stale.length > 0) throw await this.staleError(tx, stale);
    problems.push(...(await this.unknownRelated(tx, draft, changes)));
    requireNoProblems(problems);
    return bases;
  }

  /**
   * Holds a stored draft against the lists as they are now.
   * @param options.hold they stay so until the transaction ends
   * @param options.see is shown every change as it is now, once it was found good
   * @throws DraftError, OrganError
   */
  async checkWhole(
    tx: EntityManager,
    draft: Draft,
    {
      hold = false,
      see,
    }: {
      readonly hold?: boolean;
      readonly see?: ((page: readonly DraftChange[]) => Promise<void>) | undefined;
    } = {},
  ): Promise<readonly CheckedChange[]> {
    if (hold) await this.lists.lockForChange(tx);
    const checked: CheckedChange[] = [];
    const opened = new Set<string>();
    const whole = wholeChecks({ organs: this.organs, lists: this.lists });
    const today = chinaDay(new Date());
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, draft.id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
      requireTimely(draft, { changes: page, today });
      const changes = page.map((change) => candidateOf(change.number, change));
      await this.check(tx, draft, { changes });
      await see?.(page);
      for (const change of changes) {
        const { number, key, content, register, related } = change;
        checked.push({ number, key, list: content.list, organ: content.organ, related });
        const rules = DRAFT_REGISTERS[register];
        if (rules?.opensList === true) opened.add(content.list);
        for (const name of rules?.wholeChecks ?? []) whole[name].see(change);
      }
    }
    // An edition may bind the list as it stands.
    if (checked.length === 0) requireTimely(draft, { changes: [], today });
    requireWhole(draft.scope, checked);
    for (const check of Object.values(whole)) await check.requireGood(tx, draft);
    for (const list of new Set([draft.list, ...checked.map((one) => one.list)]))
      await this.requireList(tx, list, opened);
    return checked;
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

  /** @param opened lists that the draft itself brings @throws DraftError `list-not-found` */
  async requireList(tx: EntityManager, list: string, opened: ReadonlySet<string>): Promise<void> {
    if (list === REGISTRY_LIST || opened.has(list)) return;
    const register = registersOfList(list).list;
    if ((await this.standing.everListed(tx, register, [list])).has(list)) return;
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
    { effectiveDate: ofDraft }: Pick<Draft, 'effectiveDate'>,
    changes: readonly Candidate[],
  ): Promise<readonly Problem[]> {
    const today = chinaDay(new Date());
    const named = changes.flatMap(({ number, related, kind, effectiveDate: day = ofDraft }) =>
      related === undefined || related.startsWith('#')
        ? []
        : [{ number, related, kind, day: day < today ? today : day }],
    );
    if (named.length === 0) return [];
    const problems: Problem[] = [];
    for (const [day, same] of Map.groupBy(named, (one) => one.day)) {
      const wanted = [...new Set(same.map(({ related }) => related))].map((key) => ({ key, day }));
      const known = await this.standing.of(tx, 'authority-item', wanted);
      for (const { number, related, kind } of same) {
        const state = known.get(related)?.state;
        const problem = (message: string): Problem => ({
          change: number,
          code: 'related-not-found',
          message,
        });
        if (state === undefined) problems.push(problem(`对应事项 ${related} 不在清单中，请核对它的标识。`));
        // Who hands a power over leaves nobody with it where the other does not have it on that day.
        else if (kind === 'delegated' && (state === 'cancelled' || state === 'none'))
          problems.push(
            problem(
              `承接的事项 ${related} 到 ${day} ${state === 'none' ? '还没有生效' : '已取消'}：承接机关先列入它，再办理划转。`,
            ),
          );
      }
    }
    return problems;
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
