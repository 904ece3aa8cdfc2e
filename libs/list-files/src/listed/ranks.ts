import { type AuthorityItem, type LegalBasis, parseLegalBases } from '@mandate/lists';

/** The paragraphs of an item that rest on a law, wherever they stand. */
function basesIn(item: AuthorityItem): LegalBasis[] {
  const parts = [
    item,
    ...item.levels,
    ...item.subItems,
    ...item.subItems.flatMap(({ levels = [] }) => levels),
  ];
  return parts.flatMap((part) => [
    ...(part.bases ?? []),
    ...(part.dutyBases ?? []),
    ...(part.duties ?? []).flatMap((duty) => duty.bases ?? []),
  ]);
}

/** The rank as it is listed, of paragraphs that are listed word for word; one listed with two ranks has none. */
function listedRanks(listed: AuthorityItem): Map<string, LegalBasis['kind'] | undefined> {
  const ranks = new Map<string, LegalBasis['kind'] | undefined>();
  for (const { text, kind } of basesIn(listed))
    ranks.set(text, !ranks.has(text) || ranks.get(text) === kind ? kind : undefined);
  return ranks;
}

/** Whether the rank is what is read out of the words, and not said by a person in a template. */
function isRead({ text, kind }: LegalBasis): boolean {
  return parseLegalBases(text)[0]?.kind === kind;
}

function* reclassified(
  found: AuthorityItem,
  listed: AuthorityItem,
): Generator<{ readonly basis: LegalBasis; readonly rank: LegalBasis['kind'] }> {
  const ranks = listedRanks(listed);
  for (const basis of basesIn(found)) {
    const rank = ranks.get(basis.text);
    if (rank !== undefined && rank !== basis.kind && isRead(basis)) yield { basis, rank };
  }
}

/**
 * How many paragraphs of a found item are of another rank than listed, word for word the same: what a reader of today makes
 * of words that did not change is no change of the list.
 */
export function countReclassified(found: AuthorityItem, listed: AuthorityItem): number {
  return [...reclassified(found, listed)].length;
}

/** Gives paragraphs that are listed word for word the rank they are listed with. */
export function keepRanks(item: AuthorityItem, listed: AuthorityItem): void {
  for (const { basis, rank } of reclassified(item, listed)) basis.kind = rank;
}
