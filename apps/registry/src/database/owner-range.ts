/**
 * Condition on keys `<owner>.…`. '/' follows '.': in the order of bytes, in which keys are kept, those are the keys between
 * `<owner>.` and `<owner>/`, which an index finds.
 * @param column with COLLATE "C" @param owner placeholder or column that holds the owner's key
 */
export function ownedBy(column: string, owner: string): string {
  return `${column} > ${owner} || '.' AND ${column} < ${owner} || '/'`;
}
