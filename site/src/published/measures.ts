import type { Measure, NegativeListItem } from '@mandate/lists';
import { digestOf, stateOn } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getNegativeItems, getNegativeLists, negativeItemAddress } from './negative.ts';

/** A measure of a negative list that is carried out by a power: where two of the three lists meet. */
export interface MeasureFound {
  /** name of the list */
  readonly list: string;
  readonly item: NegativeListItem;
  readonly measure: Measure;
  /** address of the item on the list */
  readonly href: string;
}

/** Measures in force that name this 基本编码, or the main item it is a part of (the last three digits 000). */
export function measuresOf(baseCode: string): readonly MeasureFound[] {
  // Not the lists themselves: a hundred thousand items do not follow every change of a negative list.
  recordRead(`measures:${baseCode}`);
  const { byCode } = withoutRecording(readMeasures);
  const main = `${baseCode.slice(0, -3)}000`;
  const codes = main === baseCode ? [baseCode] : [baseCode, main];
  return [...new Set(codes.flatMap((code) => byCode.get(code) ?? []))];
}

const readMeasures = remembered(() => {
  const byCode = new Map<string, MeasureFound[]>();
  const days = new Set<string>();
  for (const { key, list } of getNegativeLists()) {
    for (const history of getNegativeItems(key).values()) {
      for (const { entry } of history.versions) days.add(entry.effectiveDate);
      const { item } = history.current;
      if (!item || item.state === 'cancelled') continue;
      for (const measure of item.measures) {
        const one = { list: list.name, item, measure, href: negativeItemAddress(history) };
        for (const code of measure.baseCodes ?? []) byCode.set(code, [...(byCode.get(code) ?? []), one]);
      }
    }
  }
  return { byCode, days: [...days] };
});

defineInput('measures', (baseCode) => {
  const shown = measuresOf(baseCode).map(({ list, item, measure, href }) => [
    list,
    item.number,
    item.name,
    measure,
    href,
  ]);
  return stateOn(digestOf(JSON.stringify(shown)), readMeasures().days);
});
