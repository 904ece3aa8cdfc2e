import { Injectable } from '@nestjs/common';
import { blobName, canonicalBytes, type Json } from '@mandate/encoding';
import { kindOf, type Measure, type NegativeListItem, NegativeListItemSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { NewDraftChange } from '@mandate/drafting';
import { ListsService } from '../lists/lists.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import type { DoubtfulItem } from './import-report.ts';
import { doubtsByRow, type ListPlan, type PlanOptions, reasonOf, type SheetPlan } from './list-plan.ts';
import type { FoundSheet, NegativeSource } from './source-file.ts';
import { saysTheSame } from './template/paths.ts';

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
    const listed = new Map(
      records.map(({ entry, value }) => [
        entry.key,
        { blob: entry.blob, item: NegativeListItemSchema.parse(value) },
      ]),
    );
    const sheets = new Map<FoundSheet, SheetPlan>(
      sources.flatMap((source) =>
        source.sheets.map((sheet) => [sheet, { items: 0, subItems: 0, levels: 0, issues: [] }]),
      ),
    );
    const counts = { new: 0, changed: 0, unchanged: 0 };
    const doubtful: DoubtfulItem[] = [];
    const held = new Set<string>();
    const values: { key: string; value: NegativeListItem }[] = [];
    const changes: (Omit<NewDraftChange, 'kind' | 'reason'> & {
      key: string;
      state: NegativeListItem['state'];
    })[] = [];
    for (const source of sources) {
      const doubtsIn = doubtsByRow(source.sheets, source.items);
      for (const { sheet: name, row, item } of source.items) {
        const sheet = source.sheets.find((one) => one.sheet === name);
        const plan = sheet && sheets.get(sheet);
        const key = `${list}.${item.code}`;
        if (held.has(key)) {
          const message = `事项编码 ${item.code} 在另一张表或另一个文件里已有，此处未导入。`;
          plan?.issues.push({ row, code: 'serial-repeated', message });
          continue;
        }
        held.add(key);
        if (plan) {
          plan.items += 1;
          plan.subItems += item.measures.length;
        }
        const before = listed.get(key);
        const value = complete({ ...item, list }, before?.item, source.official);
        values.push({ key, value });
        if (before?.blob === blobName(canonicalBytes(value))) {
          counts.unchanged += 1;
          continue;
        }
        counts[before ? 'changed' : 'new'] += 1;
        const doubts = doubtsIn({ sheet: name, row });
        if (doubts.length > 0)
          doubtful.push({ file: source.file, sheet: name, row, name: item.name, doubts });
        changes.push({
          register: 'negative-list-item',
          key,
          value,
          ...(before && { baseBlob: before.blob }),
          state: value.state,
          place: { file: source.file, sheet: name, row, serial: item.number },
          ...(doubts.length > 0 && { doubts }),
        });
      }
    }
    const unread = new Set(sources.flatMap((source) => source.unread));
    const missing = [...listed]
      .filter(
        ([key, { item }]) =>
          item.state !== 'cancelled' && !held.has(key) && !unread.has(item.code) && !unread.has(item.name),
      )
      .map(([key, { item }]) => ({ key, organ: list, name: item.name }));
    const standings = await this.standing.of(
      tx,
      'negative-list-item',
      [...changes, ...missing].map(({ key }) => ({ key, day: options.effectiveDate })),
    );
    const kind = (key: string, state: NegativeListItem['state']) =>
      kindOf(standings.get(key)?.state ?? 'none', state);
    return {
      counts,
      sheets,
      doubtful,
      missing,
      cellErrors: new Map(),
      unchanged: [],
      items: () => values,
      changes: function* () {
        for (const { state, ...change } of changes) {
          const what = kind(change.key, state);
          const word = what === 'added' ? '列入' : what === 'cancelled' ? '取消' : '修改';
          yield { ...change, kind: what, reason: reasonOf(options.reason, word) };
        }
      },
      cancel: (gone) =>
        Promise.resolve(
          gone.flatMap(({ key }): NewDraftChange[] => {
            const before = listed.get(key);
            if (!before) return [];
            const value: Json = { ...before.item, state: 'cancelled' };
            const reason = options.reason ?? '现行负面清单中已无此事项';
            return [
              {
                register: 'negative-list-item',
                key,
                kind: 'cancelled',
                value,
                baseBlob: before.blob,
                reason,
              },
            ];
          }),
        ),
    };
  }
}

/** The official table does not say which powers serve a measure: where the measure is the same, that stays as listed. */
function complete(
  item: NegativeListItem,
  listed: NegativeListItem | undefined,
  official: boolean,
): NegativeListItem {
  if (!listed) return item;
  const served = new Map(listed.measures.map((measure) => [measure.text, measure.baseCodes]));
  const measures = item.measures.map((measure): Measure => {
    const baseCodes = served.get(measure.text);
    return official && baseCodes !== undefined ? { ...measure, baseCodes } : measure;
  });
  const whole: NegativeListItem = {
    ...item,
    measures,
    ...(official && listed.sample !== undefined && { sample: listed.sample }),
  };
  return saysTheSame(whole, listed) ? listed : whole;
}
