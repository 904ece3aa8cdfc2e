import { Injectable } from '@nestjs/common';
import { blobName, canonicalBytes, type Json, parseJson } from '@mandate/encoding';
import {
  type AuthorityItem,
  AuthorityItemSchema,
  type ChangeKind,
  kindOf,
  withoutBlanks,
} from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { NewDraftChange } from '@mandate/drafting';
import { type ItemHead, ItemsService } from '../lists/items.service.ts';
import { type Standing, StandingService } from '../lists/standing.service.ts';
import { LogService } from '../log/log.service.ts';
import { carryOver } from './carry-over.ts';
import type { DoubtfulItem, MissingReport } from './import-report.ts';
import { ImportsRepository } from './imports.repository.ts';
import {
  doubtsByRow,
  type FoundPlace,
  type ListPlan,
  type PlanOptions,
  reasonOf,
  type SheetPlan,
} from './list-plan.ts';
import { matchItems } from './match-items.ts';
import type { AuthoritySource, FoundItem, FoundSheet } from './source-file.ts';
import { type CellError, errorAt } from './template/cell-errors.ts';

/** Contents that are fetched together. */
const BATCH = 250;

/** A found item with the listed one it is. */
interface Matched {
  readonly source: AuthoritySource;
  readonly found: FoundItem;
  readonly before: ItemHead | undefined;
}

type Doubts = readonly { readonly code: string; readonly message: string }[];

/** One that makes a change. */
interface Planned extends Matched {
  readonly doubts: Doubts;
  /** canonical bytes, where what is listed was needed to complete it */
  readonly bytes?: Uint8Array;
}

/** The files of one organ's list, held against what is listed of it. */
@Injectable()
export class AuthorityPlanService {
  constructor(
    private readonly items: ItemsService,
    private readonly standing: StandingService,
    private readonly log: LogService,
    private readonly repository: ImportsRepository,
  ) {}

  /** Under `lockForChange` what it says stays true until the end of the transaction. */
  async plan(
    tx: EntityManager,
    organ: string,
    sources: readonly AuthoritySource[],
    options: PlanOptions,
  ): Promise<ListPlan> {
    const heads = await this.items.heads({ organ }, tx);
    const cellErrors = new Map<AuthoritySource, CellError[]>();
    const matched = await this.match(tx, organ, sources, heads, cellErrors);
    const sheets = new Map<FoundSheet, SheetPlan>(
      sources.flatMap((source) =>
        source.sheets.map((sheet) => [sheet, { items: 0, subItems: 0, levels: 0, issues: [] }]),
      ),
    );
    const planned: Planned[] = [];
    const unchanged: FoundPlace[] = [];
    const doubtsIn = new Map(sources.map((source) => [source, doubtsByRow(source.sheets, source.items)]));
    const counts = { new: 0, changed: 0, unchanged: 0 };
    for (let from = 0; from < matched.length; from += BATCH)
      for (const one of await this.compare(tx, organ, matched.slice(from, from + BATCH), sheets, doubtsIn)) {
        if ('key' in one) {
          counts.unchanged += 1;
          unchanged.push(one);
        } else {
          counts[one.before === undefined ? 'new' : 'changed'] += 1;
          planned.push(one);
        }
      }
    const standings = await this.standing.of(
      tx,
      'authority-item',
      planned.flatMap(({ before }) => (before ? [{ key: before.key, day: options.effectiveDate }] : [])),
    );
    return {
      counts,
      sheets,
      cellErrors,
      unchanged,
      doubtful: planned.filter(({ doubts }) => doubts.length > 0).map(toDoubtful),
      missing: missingOf(organ, heads, matched, sources),
      items: function* () {
        for (const { found, before } of matched) {
          const item = found.read(organ);
          if (!('issue' in item)) yield { ...(before && { key: before.key }), value: item };
        }
      },
      changes: function* () {
        for (const one of planned) yield toChange(one, organ, standings, options);
      },
      cancel: (missing) => this.cancel(tx, missing, options),
    };
  }

  private async match(
    tx: EntityManager,
    organ: string,
    sources: readonly AuthoritySource[],
    heads: readonly ItemHead[],
    cellErrors: Map<AuthoritySource, CellError[]>,
  ): Promise<readonly Matched[]> {
    const byKey = new Map(heads.map((head) => [head.key, head]));
    const free = new Map(byKey);
    const all = sources.flatMap((source) => source.items.map((found) => ({ source, found })));
    const given = new Map<FoundItem, ItemHead>();
    for (const { source, found } of all) {
      if (found.key === undefined) continue;
      const head = free.get(found.key);
      if (head) {
        given.set(found, head);
        free.delete(found.key);
      } else if (found.keyPlace) {
        const message = byKey.has(found.key)
          ? `标识 ${found.key} 前面已经用过。`
          : `本机关没有标识为 ${found.key} 的事项；新事项请留空。`;
        cellErrors.set(source, [...(cellErrors.get(source) ?? []), errorAt(found.keyPlace, message)]);
      }
    }
    const places = await this.repository.sources(tx, organ);
    const open = all.filter(({ found }) => found.key === undefined);
    const matches = matchItems(
      open.map(({ source, found }) => ({ file: source.file, ...found })),
      [...free.values()].map((head) => ({
        ...head,
        cancelled: head.state === 'cancelled',
        file: places.get(head.key)?.file,
        sheet: places.get(head.key)?.sheet,
        serial: places.get(head.key)?.serial,
      })),
    );
    open.forEach(({ found }, n) => {
      const head = byKey.get(matches[n]?.key ?? '');
      if (head) given.set(found, head);
    });
    return all.map((one) => ({ ...one, before: given.get(one.found) }));
  }

  /** Counts the items and leaves out what cannot be one; where the content differs, what is listed completes it. */
  private async compare(
    tx: EntityManager,
    organ: string,
    batch: readonly Matched[],
    sheets: ReadonlyMap<FoundSheet, SheetPlan>,
    doubtsIn: ReadonlyMap<AuthoritySource, ReturnType<typeof doubtsByRow>>,
  ): Promise<readonly (Planned | FoundPlace)[]> {
    const read = batch.flatMap((one) => {
      const sheet = sheetOf(one);
      const item = one.found.read(organ);
      const plan = sheet && sheets.get(sheet);
      if ('issue' in item) {
        const { serial, name, row } = one.found;
        const message = `序号 ${serial}“${name.slice(0, 60)}”不能作为事项登记，未导入：${item.issue}`;
        plan?.issues.push({ row, code: 'invalid-item', message });
        return [];
      }
      if (plan) count(plan, item);
      return [{ one, item, same: one.before?.blob === blobName(canonicalBytes(item)) }];
    });
    const hashes = read.flatMap(({ one, same }) => (same || !one.before ? [] : [one.before.blob]));
    const blobs = new Map(
      (await this.log.blobs(tx, hashes)).map(({ hash, bytes }) => [
        hash,
        AuthorityItemSchema.parse(parseJson(bytes)),
      ]),
    );
    return read.map(({ one, item, same }) => {
      if (same) return placeOf(one);
      const doubts = doubtsOf(one, doubtsIn.get(one.source)?.(one.found) ?? []);
      const { before } = one;
      const listed = before && blobs.get(before.blob);
      if (before === undefined || listed === undefined) return { ...one, doubts };
      const whole = carryOver(item, listed, one.source.says);
      // A suspension is decided elsewhere than in a workbook: importing the words does not end it.
      if (one.source.says === undefined && listed.state === 'suspended') whole.state = 'suspended';
      const bytes = canonicalBytes(whole);
      return blobName(bytes) === before.blob ? placeOf(one) : { ...one, doubts, bytes };
    });
  }

  private async cancel(
    tx: EntityManager,
    missing: readonly MissingReport[],
    { effectiveDate, reason }: PlanOptions,
  ): Promise<readonly NewDraftChange[]> {
    const standings = await this.standing.of(
      tx,
      'authority-item',
      missing.map(({ key }) => ({ key, day: effectiveDate })),
    );
    const hashes = [...standings.values()].map(({ blob }) => blob);
    const blobs = new Map(
      (await this.log.blobs(tx, hashes)).map(({ hash, bytes }) => [hash, parseJson(bytes)]),
    );
    return missing.flatMap(({ key }): NewDraftChange[] => {
      const blob = standings.get(key)?.blob ?? '';
      // Of register authority-item, so an object.
      const item = blobs.get(blob) as Record<string, Json> | undefined;
      if (!item) return [];
      return [
        {
          register: 'authority-item',
          key,
          kind: 'cancelled',
          value: { ...item, state: 'cancelled' },
          baseBlob: blob,
          reason: reason ?? '本机关现行权责清单中已无此事项',
        },
      ];
    });
  }
}

function toChange(
  { source, found, before, doubts, bytes }: Planned,
  organ: string,
  standings: ReadonlyMap<string, Standing>,
  { reason }: PlanOptions,
): NewDraftChange {
  // Looked at before: what cannot be read is not planned.
  const value: Json = bytes ? parseJson(bytes) : found.read(organ);
  // Of register authority-item, so an object with its state.
  const { state } = value as { state: AuthorityItem['state'] };
  const kind = kindOf(before ? (standings.get(before.key)?.state ?? 'none') : 'none', state);
  const words: Readonly<Partial<Record<ChangeKind, string>>> = {
    added: before ? '重新列入' : '列入',
    cancelled: '取消',
    suspended: '暂停',
    resumed: '恢复',
  };
  return {
    register: 'authority-item',
    ...(before && { key: before.key, baseBlob: before.blob }),
    kind,
    value,
    reason: reasonOf(reason, words[kind] ?? '修改'),
    place: { file: source.file, sheet: found.sheet, row: found.row, serial: found.serial },
    ...(doubts.length > 0 && { doubts }),
  };
}

function sheetOf({ source, found }: Matched): FoundSheet | undefined {
  return source.sheets.find(({ sheet }) => sheet === found.sheet);
}

function doubtsOf({ found, before }: Matched, doubts: { code: string; message: string }[]): Doubts {
  if (before && found.key === undefined && withoutBlanks(before.name) !== withoutBlanks(found.name))
    doubts.push({
      code: 'renamed',
      message: `按所在位置认作原来的“${before.name.slice(0, 60)}”改了名称；如是另一事项，请拆开登记。`,
    });
  if (before && before.category !== found.category)
    doubts.push({
      code: 'category-changed',
      message: `权力类型与清单现有的不同（${before.category} → ${found.category}）。`,
    });
  return doubts;
}

function placeOf({ source, found, before }: Matched): FoundPlace {
  const { sheet, serial, row } = found;
  return { key: before?.key ?? '', file: source.file, sheet, serial, row };
}

function toDoubtful({ source, found, doubts }: Planned): DoubtfulItem {
  return { file: source.file, sheet: found.sheet, row: found.row, name: found.name, doubts };
}

function count(plan: SheetPlan, item: AuthorityItem): void {
  plan.items += 1;
  plan.subItems += item.subItems.length;
  plan.levels += item.levels.length;
  for (const subItem of item.subItems) plan.levels += subItem.levels?.length ?? 0;
}

function missingOf(
  organ: string,
  heads: readonly ItemHead[],
  matched: readonly Matched[],
  sources: readonly AuthoritySource[],
): MissingReport[] {
  const held = new Set(matched.map(({ before }) => before?.key));
  const unread = new Set(sources.flatMap((source) => source.unread.map(withoutBlanks)));
  return heads
    .filter(
      ({ key, state, name }) => state !== 'cancelled' && !held.has(key) && !unread.has(withoutBlanks(name)),
    )
    .map(({ key, name }) => ({ key, organ, name }));
}
