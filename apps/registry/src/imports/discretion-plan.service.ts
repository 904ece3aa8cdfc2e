import { Injectable } from '@nestjs/common';
import { ContentBlob, type Json, parseJson } from '@mandate/encoding';
import {
  type DiscretionSource,
  type FoundStandard,
  type JoinedStandard,
  joinStandards,
} from '@mandate/list-files';
import { type AuthorityItem, AuthorityItemSchema, kindOf } from '@mandate/lists';
import type { NewDraftChange } from '@mandate/drafting';
import type { EntityManager } from 'typeorm';
import { type ItemHead, ItemsService } from '../lists/items.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import { LogService } from '../log/log.service.ts';
import type { DoubtfulItem, StandardsReport } from './import-report.ts';
import { type ListPlan, NO_PAIRS, type PlanOptions, reasonOf, sheetPlans } from './list-plan.ts';

/** 行政处罚 */
const PENALTY = '02';

interface Penalty {
  readonly head: ItemHead;
  /** as it is published: every member but `discretion` stays to the byte */
  readonly value: Readonly<Record<string, Json>>;
  readonly item: AuthorityItem;
}
interface Placed {
  readonly source: DiscretionSource;
  readonly found: FoundStandard;
  readonly joined: JoinedStandard;
}
interface Outcome {
  readonly penalty: Penalty;
  readonly placed: readonly Placed[];
  readonly content: ContentBlob;
  readonly doubts: readonly { readonly code: string; readonly message: string }[];
}

/** Tables of discretion standards, held against the listed penalties of one organ. */
@Injectable()
export class DiscretionPlanService {
  constructor(
    private readonly items: ItemsService,
    private readonly standing: StandingService,
    private readonly log: LogService,
  ) {}

  async plan(
    tx: EntityManager,
    organ: string,
    sources: readonly DiscretionSource[],
    options: PlanOptions,
  ): Promise<ListPlan> {
    const penalties = await this.penalties(tx, organ);
    const all = sources.flatMap((source) => source.items.map((found) => ({ source, found })));
    const joined = joinStandards(
      all.map(({ found }) => found.standard),
      [...penalties.values()].map(({ head, item }) => ({ key: head.key, item })),
    );
    const placed = all.flatMap((one, n): Placed[] => (joined[n] ? [{ ...one, joined: joined[n] }] : []));
    const outcomes = outcomesOf(penalties, placed);
    const changes = outcomes.filter(({ penalty, content }) => content.name !== penalty.head.blob);
    const standings = await this.standing.of(
      tx,
      'authority-item',
      changes.map(({ penalty }) => ({ key: penalty.head.key, day: options.effectiveDate })),
    );
    return {
      counts: { new: 0, changed: changes.length, unchanged: outcomes.length - changes.length },
      standards: standardsOf(penalties, outcomes, placed),
      sheets: sheetsOf(sources, placed),
      doubtful: changes.flatMap(doubtfulOf),
      // A table of standards is not the list: what does not stand in it is not missing.
      missing: [],
      listed: [],
      pairs: NO_PAIRS,
      cellErrors: new Map(),
      unchanged: [],
      items: [],
      changes: function* () {
        for (const change of changes) {
          const state = standings.get(change.penalty.head.key)?.state ?? 'none';
          yield toDraftChange(change, kindOf(state, change.penalty.item.state), options);
        }
      },
      cancel: () => Promise.resolve([]),
    };
  }

  /** Penalties in the list whose content is not redacted, by key. */
  private async penalties(tx: EntityManager, organ: string): Promise<ReadonlyMap<string, Penalty>> {
    const heads = (await this.items.heads({ organ }, tx)).filter(
      ({ category, state }) => category === PENALTY && state !== 'cancelled',
    );
    const blobs = await this.log.blobs(
      tx,
      heads.map(({ blob }) => blob),
    );
    const values = new Map(blobs.map(({ hash, bytes }) => [hash, parseJson(bytes)]));
    return new Map(
      heads.flatMap((head): [string, Penalty][] => {
        const value = values.get(head.blob);
        if (value === undefined) return [];
        const item = AuthorityItemSchema.parse(value);
        // What the schema takes is an object.
        return [[head.key, { head, item, value: value as Readonly<Record<string, Json>> }]];
      }),
    );
  }
}

function outcomesOf(penalties: ReadonlyMap<string, Penalty>, placed: readonly Placed[]): Outcome[] {
  const byKey = new Map<string, Placed[]>();
  for (const one of placed) {
    if (one.joined.is !== 'joined') continue;
    const { key } = one.joined;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...byKey].flatMap(([key, own]): Outcome[] => {
    const penalty = penalties.get(key);
    if (!penalty) return [];
    const discretion = own.map(({ found }) => found.standard);
    // Plain JSON: what the schema of a standard takes.
    const content = ContentBlob.of({ ...penalty.value, discretion });
    const doubts = own.flatMap(({ joined, found }) =>
      joined.is === 'joined' && joined.doubt !== undefined
        ? [{ code: 'standard-likeness', message: `第 ${found.row.toString()} 行：${joined.doubt}` }]
        : [],
    );
    return [{ penalty, placed: own, content, doubts }];
  });
}

function standardsOf(
  penalties: ReadonlyMap<string, Penalty>,
  outcomes: readonly Outcome[],
  placed: readonly Placed[],
): StandardsReport {
  const place = ({ source, found: { sheet, row, standard } }: Placed) => ({
    file: source.file,
    sheet,
    row,
    conduct: standard.conduct,
  });
  return {
    joined: placed.filter(({ joined }) => joined.is === 'joined').length,
    penalties: penalties.size,
    withStandards: outcomes.length,
    unmatched: placed.flatMap((one) =>
      one.joined.is === 'none'
        ? [{ ...place(one), ...(one.joined.near !== undefined && { near: one.joined.near }) }]
        : [],
    ),
    unclear: placed.flatMap((one) =>
      one.joined.is === 'unclear' ? [{ ...place(one), message: one.joined.message }] : [],
    ),
  };
}

function sheetsOf(sources: readonly DiscretionSource[], placed: readonly Placed[]): ListPlan['sheets'] {
  const plans = sheetPlans(sources);
  for (const { source, found, joined } of placed) {
    const sheet = source.sheets.find((one) => one.sheet === found.sheet);
    const plan = sheet && plans.get(sheet);
    if (!plan) continue;
    plan.items += 1;
    const conduct = found.standard.conduct.slice(0, 60);
    if (joined.is === 'unclear')
      plan.issues.push({
        row: found.row,
        code: 'standard-unclear',
        message: `“${conduct}”：${joined.message}`,
      });
    if (joined.is === 'none') {
      const near = joined.near === undefined ? '' : `（最接近的是“${joined.near}”）`;
      const message = `“${conduct}”没有对上本机关已列入的行政处罚${near}，未导入。`;
      plan.issues.push({ row: found.row, code: 'standard-unmatched', message });
    }
  }
  return plans;
}

function doubtfulOf({ penalty, placed: [first], doubts }: Outcome): DoubtfulItem[] {
  if (first === undefined || doubts.length === 0) return [];
  const { sheet, row } = first.found;
  return [{ file: first.source.file, sheet, row, name: penalty.item.name, doubts }];
}

function toDraftChange(
  { penalty, placed: [first], content, doubts }: Outcome,
  kind: NewDraftChange['kind'],
  { reason }: PlanOptions,
): NewDraftChange {
  return {
    register: 'authority-item',
    key: penalty.head.key,
    kind,
    value: content.value,
    content,
    baseBlob: penalty.head.blob,
    reason: reasonOf(reason, '列入裁量基准'),
    ...(first && {
      place: {
        file: first.source.file,
        sheet: first.found.sheet,
        row: first.found.row,
        serial: first.found.serial,
      },
    }),
    ...(doubts.length > 0 && { doubts }),
  };
}
