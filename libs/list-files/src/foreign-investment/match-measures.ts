import { type NegativeListItem, withoutBlanks } from '@mandate/lists';
import { likenessOf, pairsIn } from './likeness.ts';

/** A found measure with the code it has or gets. */
export interface CodedMeasure {
  readonly code: string;
  /** the listed one it is, reworded */
  readonly reworded?: NegativeListItem;
}

/** Below it two measures are two: 禁止投资邮政公司 and 禁止投资博彩业 share only what all of them say. */
const ALIKE = 0.6;

/**
 * Which listed measure each found one is, by its words and never by its number: a new edition counts anew. What is left over
 * on both sides is paired by likeness within its trade, the likest first; the rest gets a code that no listed item has had.
 * @returns for each found item, in order, its code
 */
export function matchMeasures(
  found: readonly NegativeListItem[],
  listed: readonly NegativeListItem[],
): CodedMeasure[] {
  const coded = new Array<CodedMeasure | undefined>(found.length).fill(undefined);
  const free = new Set(listed);
  for (const keyOf of [wholeWords, ownWords]) {
    const byWords = new Map<string, NegativeListItem[]>();
    for (const item of free) byWords.set(keyOf(item), [...(byWords.get(keyOf(item)) ?? []), item]);
    found.forEach((item, n) => {
      if (coded[n] !== undefined) return;
      const same = (byWords.get(keyOf(item)) ?? []).filter((one) => free.has(one));
      // Of several with the same words the one in force.
      const one = same.find(({ state }) => state !== 'cancelled') ?? same[0];
      if (!one) return;
      coded[n] = { code: one.code };
      free.delete(one);
    });
  }
  const left = [...free]
    .filter(({ state }) => state !== 'cancelled')
    .map((one) => ({ one, words: pairsIn(ownWords(one)) }));
  const pairs = found.flatMap((item, n) => {
    if (coded[n] !== undefined) return [];
    const words = pairsIn(ownWords(item));
    return left
      .filter(({ one }) => one.section === item.section || one.section === undefined)
      .map((other) => ({ n, one: other.one, likeness: likenessOf(words, other.words) }))
      .filter(({ likeness }) => likeness >= ALIKE);
  });
  for (const { n, one } of pairs.toSorted((a, b) => b.likeness - a.likeness)) {
    if (coded[n] !== undefined || !free.has(one)) continue;
    coded[n] = { code: one.code, reworded: one };
    free.delete(one);
  }
  const taken = new Set([...listed.map(({ code }) => code), ...coded.flatMap((one) => one?.code ?? [])]);
  return found.map(({ code }, n) => {
    const known = coded[n];
    if (known) return known;
    const fresh = freeCode(code, taken);
    taken.add(fresh);
    return { code: fresh };
  });
}

/** Everything but number and place. */
function wholeWords(item: NegativeListItem): string {
  return withoutBlanks(
    [item.sectionName?.replace(/^[一二三四五六七八九十、（()）]+/, '') ?? '', ownWords(item)].join('\n'),
  );
}

function ownWords({ name, measures }: NegativeListItem): string {
  return withoutBlanks([name, ...measures.map(({ text }) => text)].join('\n')).replace(/[。；;，,、]/g, '');
}

/** The code of its place, or the next above it that nobody has had: a code once used is that measure's for ever. */
function freeCode(code: string, taken: ReadonlySet<string>): string {
  const section = code.slice(0, 2);
  for (let n = Number(code.slice(2)), tried = 0; tried < 10_000; n = (n % 9_999) + 1, tried += 1) {
    const next = `${section}${n.toString().padStart(4, '0')}`;
    if (!taken.has(next)) return next;
  }
  throw new RangeError(`no code left in section ${section}`);
}
