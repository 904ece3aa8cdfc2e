import { remembered } from './reads.ts';
import { eachSummary, type ItemSummary } from './summaries.ts';

// 基本编码: where the negative list and the power list meet. See measures.ts for the way back.

/** Powers that are not cancelled and have a base code, by the code and by that of the main item they are a part of. */
const byBaseCode = remembered((): ReadonlyMap<string, readonly ItemSummary[]> => {
  const found = new Map<string, ItemSummary[]>();
  for (const item of eachSummary()) {
    const { baseCode, state } = item;
    if (baseCode === undefined || state === 'cancelled') continue;
    const main = `${baseCode.slice(0, -3)}000`;
    for (const code of new Set([baseCode, main])) {
      const own = found.get(code);
      if (own) own.push(item);
      else found.set(code, [item]);
    }
  }
  return found;
});

/** Powers that carry out a measure naming this 基本编码, as they are on the day of the pages. */
export function powersServing(baseCode: string): readonly ItemSummary[] {
  return byBaseCode().get(baseCode) ?? [];
}
