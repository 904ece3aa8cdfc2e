import type { Organ } from '@mandate/lists';
import { ORGANS_PATH, parseOrgansFile, type OrganRecord as PublishedRecord } from '@mandate/published';
import { digestOf, parsePublished, stateOn } from './files.ts';
import { defineInput, organInScope, recordRead, remembered, withoutRecording } from './reads.ts';

export type OrganRecord = Readonly<PublishedRecord>;

const readOrgans = remembered(() => {
  const organs: readonly OrganRecord[] = parsePublished(ORGANS_PATH, parseOrgansFile);
  return { organs, byKey: new Map(organs.map((record) => [record.key, record])) };
});

const readOrgan = remembered((key: string): OrganRecord | undefined => {
  // What one organ's record says is an input of its own: not every page of an organ follows every other organ.
  const record = withoutRecording(() => readOrgans().byKey.get(key));
  return record && new RecordedOrgan(record);
});

/** All organs, in the order of the export. */
export function getOrgans(): readonly OrganRecord[] {
  return readOrgans().organs;
}

/** One organ. A page that reads its name is not rendered again when only its number of items has changed. */
export function findOrgan(key: string): OrganRecord | undefined {
  recordRead(`organ:${key}`);
  return readOrgan(key);
}

/**
 * Addresses below one organ, `/…/[organ]/…`: what `getStaticPaths` of such a page returns, so that they can be asked for
 * one organ at a time.
 */
export function organPaths<T>(paths: (record: OrganRecord) => readonly T[]): T[] {
  const organ = organInScope();
  const records = organ === undefined ? getOrgans() : [findOrgan(organ)].filter((one) => one !== undefined);
  return records.flatMap(paths);
}

class RecordedOrgan implements OrganRecord {
  readonly key: string;
  readonly organ: Organ;
  readonly entries: OrganRecord['entries'];
  readonly #counts: Pick<OrganRecord, 'items' | 'categories'>;

  constructor({ key, organ, entries, items, categories }: OrganRecord) {
    this.key = key;
    this.organ = organ;
    this.entries = entries;
    this.#counts = { items, categories };
  }

  get items(): number {
    recordRead(`organ-counts:${this.key}`);
    return this.#counts.items;
  }

  get categories(): OrganRecord['categories'] {
    recordRead(`organ-counts:${this.key}`);
    return this.#counts.categories;
  }
}

defineInput('organ', (key) => {
  const record = readOrgans().byKey.get(key);
  if (record === undefined) return { digest: 'none' };
  const { organ, entries } = record;
  return stateOn(
    digestOf(JSON.stringify({ organ, entries })),
    entries.map(({ entry }) => entry.effectiveDate),
  );
});

defineInput('organ-counts', (key) => {
  const record = readOrgans().byKey.get(key);
  return { digest: record ? digestOf(JSON.stringify([record.items, record.categories])) : 'none' };
});
