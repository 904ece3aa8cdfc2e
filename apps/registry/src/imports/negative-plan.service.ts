import { Injectable } from '@nestjs/common';
import { ContentBlob, type Json } from '@mandate/encoding';
import {
  completeNegativeItem,
  doubtsByRow,
  type CodedMeasure,
  matchMeasures,
  type NegativeSource,
} from '@mandate/list-files';
import { type ChangeKind, type NegativeListItem, NegativeListItemSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { NewDraftChange } from '@mandate/drafting';
import { ListsService } from '../lists/lists.service.ts';
import { type Standing, StandingService } from '../lists/standing.service.ts';
import type { DoubtfulItem, MissingReport } from './import-report.ts';
import { kindBetween, type ListPlan, NO_PAIRS, type PlanOptions, reasonOf, sheetPlans } from './list-plan.ts';

type Listed = ReadonlyMap<string, { readonly blob: string; readonly item: NegativeListItem }>;

/** A row's item, held against what is listed of its key. */
interface Outcome {
  readonly key: string;
  readonly source: NegativeSource;
  readonly sheet: string;
  readonly row: number;
  readonly item: NegativeListItem;
  readonly is: 'repeated' | 'unchanged' | 'new' | 'changed';
  /** completed by what is listed */
  readonly content: ContentBlob;
  readonly doubts: readonly { readonly code: string; readonly message: string }[];
}

/** The files of one negative list, held against what is listed of it. An item is its code, whatever its number. */
@Injectable()
export class NegativePlanService {
  constructor(
    private readonly lists: ListsService,
    private readonly standing: StandingService,
  ) {}

  async plan(
    tx: EntityManager,
    list: string,
    sources: readonly NegativeSource[],
    options: PlanOptions,
  ): Promise<ListPlan> {
    const records = await this.lists.records(tx, 'negative-list-item', { organ: list });
    const listed: Listed = new Map(
      records.map(({ entry, value }) => [
        entry.key,
        { blob: entry.blob, item: NegativeListItemSchema.parse(value) },
      ]),
    );
    const outcomes = outcomesOf(list, sources, listed);
    const missing = missingOf(list, sources, listed, outcomes);
    const changes = outcomes.filter(({ is }) => is === 'new' || is === 'changed');
    const standings = await this.standing.of(
      tx,
      'negative-list-item',
      [...changes, ...missing].map(({ key }) => ({ key, day: options.effectiveDate })),
    );
    const count = (wanted: Outcome['is']): number => outcomes.filter(({ is }) => is === wanted).length;
    return {
      counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged') },
      sheets: sheetsOf(sources, outcomes),
      doubtful: doubtfulOf(changes),
      listed: [...listed].flatMap(([key, { item }]) =>
        item.state === 'cancelled' ? [] : [{ key, name: item.name }],
      ),
      missing,
      pairs: NO_PAIRS,
      cellErrors: new Map(),
      unchanged: [],
      items: [],
      changes: function* () {
        for (const change of changes) yield toDraftChange(change, listed, standings, options);
      },
      cancel: (gone) => Promise.resolve(gone.flatMap(({ key }) => cancellation(key, listed, options))),
    };
  }
}

function outcomesOf(list: string, sources: readonly NegativeSource[], listed: Listed): Outcome[] {
  const held = new Set<string>();
  const codes = codesOf(sources, listed);
  return sources.flatMap((source) => {
    const doubtsIn = doubtsByRow(source.sheets, source.items);
    return source.items.map((found): Outcome => {
      const { sheet, row } = found;
      const coded = codes.get(found);
      const item = coded === undefined ? found.item : { ...found.item, code: coded.code };
      const key = `${list}.${item.code}`;
      const before = listed.get(key);
      const content = ContentBlob.of(completeNegativeItem({ ...item, list }, before?.item, source.official));
      const is = held.has(key)
        ? 'repeated'
        : before === undefined
          ? 'new'
          : before.blob === content.name
            ? 'unchanged'
            : 'changed';
      held.add(key);
      return {
        key,
        source,
        sheet,
        row,
        item,
        is,
        content,
        doubts: [...doubtsIn({ sheet, row }), ...rewordedOf(coded?.reworded)],
      };
    });
  });
}

/** Of tables that print no 事项编码: what is listed in the same words keeps its code, whatever its number is now. */
function codesOf(
  sources: readonly NegativeSource[],
  listed: Listed,
): ReadonlyMap<NegativeSource['items'][number], CodedMeasure> {
  const found = sources.flatMap((source) => (source.derivedCodes === true ? source.items : []));
  if (found.length === 0) return new Map();
  const coded = matchMeasures(
    found.map(({ item }) => item),
    [...listed.values()].map(({ item }) => item),
  );
  return new Map(found.flatMap((one, n) => (coded[n] ? [[one, coded[n]]] : [])));
}

function rewordedOf(before: NegativeListItem | undefined): Outcome['doubts'] {
  if (before === undefined) return [];
  const message = `按文字相近认作原来的第 ${before.number} 项“${before.name.slice(0, 60)}”改了文字；如是另一措施，请拆开登记。`;
  return [{ code: 'renamed', message }];
}

function sheetsOf(sources: readonly NegativeSource[], outcomes: readonly Outcome[]): ListPlan['sheets'] {
  const plans = sheetPlans(sources);
  for (const { source, sheet: name, row, item, is } of outcomes) {
    const sheet = source.sheets.find((one) => one.sheet === name);
    const plan = sheet && plans.get(sheet);
    if (!plan) continue;
    if (is === 'repeated') {
      const message = `事项编码 ${item.code} 在另一张表或另一个文件里已有，此处未导入。`;
      plan.issues.push({ row, code: 'serial-repeated', message });
    } else {
      plan.items += 1;
      plan.subItems += item.measures.length;
    }
  }
  return plans;
}

function missingOf(
  list: string,
  sources: readonly NegativeSource[],
  listed: Listed,
  outcomes: readonly Outcome[],
): MissingReport[] {
  const held = new Set(outcomes.map(({ key }) => key));
  const unread = new Set(sources.flatMap((source) => source.unread));
  return [...listed]
    .filter(
      ([key, { item }]) =>
        item.state !== 'cancelled' && !held.has(key) && !unread.has(item.code) && !unread.has(item.name),
    )
    .map(([key, { item }]) => ({ key, organ: list, name: item.name }));
}

function doubtfulOf(changes: readonly Outcome[]): DoubtfulItem[] {
  return changes
    .filter(({ doubts }) => doubts.length > 0)
    .map(({ source, sheet, row, item, doubts }) => ({
      file: source.file,
      sheet,
      row,
      name: item.name,
      doubts,
    }));
}

const KIND_WORDS: Readonly<Partial<Record<ChangeKind, string>>> = {
  added: '列入',
  cancelled: '取消',
  recorded: '首次收录',
};

function toDraftChange(
  { key, source, sheet, row, item, content, doubts }: Outcome,
  listed: Listed,
  standings: ReadonlyMap<string, Standing>,
  options: PlanOptions,
): NewDraftChange {
  const before = listed.get(key);
  const from = standings.get(key)?.state ?? 'none';
  const kind = kindBetween(from, item.state, options.recorded && before === undefined);
  const word = KIND_WORDS[kind] ?? '修改';
  return {
    register: 'negative-list-item',
    key,
    kind,
    value: content.value,
    content,
    reason: reasonOf(options.reason, word),
    ...(before && { baseBlob: before.blob }),
    place: { file: source.file, sheet, row, serial: item.number },
    ...(doubts.length > 0 && { doubts }),
  };
}

function cancellation(key: string, listed: Listed, { reason }: PlanOptions): NewDraftChange[] {
  const before = listed.get(key);
  if (!before) return [];
  const value: Json = { ...before.item, state: 'cancelled' };
  return [
    {
      register: 'negative-list-item',
      key,
      kind: 'cancelled',
      value,
      baseBlob: before.blob,
      reason: reason ?? '现行负面清单中已无此事项',
    },
  ];
}
