import { digestOf } from './files.ts';
import { findOrgan, getOrgans, type OrganRecord } from './organs.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';

const readIdentities = remembered(() => getOrgans().flatMap(({ key }) => findOrgan(key) ?? []));

/** All organs. A page that asks here for their names and places does not depend on their numbers of items. */
export function getOrganIdentities(): readonly OrganRecord[] {
  recordRead('organ-identities');
  return withoutRecording(readIdentities);
}

defineInput('organ-identities', () => ({
  digest: digestOf(JSON.stringify(getOrgans().map(({ key, organ, entries }) => [key, organ, entries]))),
}));

/** An organ with those below it (主管、所属). */
export interface OrganNode {
  readonly record: OrganRecord;
  readonly below: readonly OrganNode[];
}

/** Some organs under the one of them that each belongs to. */
export function organTree(records: readonly OrganRecord[]): OrganNode[] {
  const among = new Map(records.map((record) => [record.key, record]));
  const parentOf = ({ organ }: OrganRecord): OrganRecord | undefined => among.get(organ.parent ?? '');
  // A circle of parents, which no schema forbids, has no top: its members then stand at the top themselves.
  const isInCircle = (record: OrganRecord): boolean => {
    const seen = new Set<OrganRecord>();
    for (let at = parentOf(record); at && !seen.has(at); at = parentOf(at)) {
      if (at === record) return true;
      seen.add(at);
    }
    return false;
  };
  const below = Map.groupBy(records, (record) => (isInCircle(record) ? undefined : parentOf(record)?.key));
  const nodes = (parent: string | undefined): OrganNode[] =>
    (below.get(parent) ?? []).map((record) => ({ record, below: nodes(record.key) }));
  return nodes(undefined);
}

/** Organs whose work went to this one (合并、更名前的机关). */
export function predecessorsOf(key: string): OrganRecord[] {
  return getOrganIdentities().filter(({ organ }) => organ.successors?.includes(key) === true);
}
