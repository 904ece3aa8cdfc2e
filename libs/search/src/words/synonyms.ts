import { SYNONYMS } from './synonyms.table.ts';
import { foldText } from './terms.ts';

const MEANINGS: readonly (readonly [says: string, means: readonly string[]])[] = SYNONYMS.flatMap(
  ([says, means]) => says.map((word) => [foldText(word), means] as const),
).sort(([a], [b]) => b.length - a.length);

const MOST = 4;

/** What lists may call what was asked for, the asked word itself left out. @param run folded letters without blanks */
export function meaningsOf(run: string): string[] {
  const found = MEANINGS.find(([says]) => run.includes(says));
  return found === undefined ? [] : found[1].filter((word) => word !== run).slice(0, MOST);
}
