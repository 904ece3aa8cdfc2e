import type { Json } from '@mandate/encoding';
import {
  EditionSchema,
  NegativeListSchema,
  OrganSchema,
  RegionSchema,
  type SummarizedItem,
} from '@mandate/lists';
import {
  EDITIONS_PATH,
  encodeEditionsFile,
  encodeItemsFile,
  encodeNegativeItemsFile,
  encodeNegativeListsFile,
  encodeOrgansFile,
  encodeRegionsFile,
  encodeSummariesFile,
  encodeSummary,
  encodeTypesFile,
  type IndexedEntry,
  itemsPath,
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  ORGANS_PATH,
  parseItemKey,
  REGIONS_PATH,
  summariesPath,
  TYPES_PATH,
} from '@mandate/published';
import type { z } from 'zod';
import {
  byKey,
  countItems,
  leavesByKey,
  type RegisterRecord,
} from '../../apps/registry/src/publication/records.ts';
import {
  CountedNegativeItemSchema,
  summarizeItem,
} from '../../apps/registry/src/publication/summary-records.ts';

/** Contents of the blobs that are published, by name. */
export interface RecordContents {
  readonly items: ReadonlyMap<string, SummarizedItem>;
  /** of every other register, whole */
  readonly values: ReadonlyMap<string, Json>;
}

/** Every record file of a lists log, by path, as publication writes it. */
export function encodeRecordFiles(
  entries: readonly IndexedEntry[],
  { items: contents, values }: RecordContents,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const register = (name: string): IndexedEntry[] => entries.filter(({ entry }) => entry.register === name);
  const records = <T>(name: string, schema?: z.ZodType<T>): RegisterRecord<T>[] =>
    byKey(register(name)).flatMap(([key, history]) => {
      const value = newestBlob(history, values);
      // Without a schema T is Json, which every value is.
      const parsed = schema === undefined ? { data: value as T | undefined } : schema.safeParse(value);
      return parsed.data === undefined ? [] : [{ key, value: parsed.data, entries: history }];
    });

  const items = Map.groupBy(register('authority-item'), ({ entry }) => parseItemKey(entry.key).list);
  const organs = records('organ', OrganSchema);
  const counts = new Map<string, ReturnType<typeof countItems>>();
  for (const organ of new Set([...organs.map(({ key }) => key), ...items.keys()])) {
    const own = items.get(organ) ?? [];
    const summaries = byKey(own).map(([key, history]) =>
      summarizeItem(key, history, (blob) => contents.get(blob)),
    );
    files.set(itemsPath(organ), encodeItemsFile(organ, leavesByKey(own)));
    files.set(summariesPath(organ), encodeSummariesFile(organ, summaries.map(encodeSummary)));
    counts.set(organ, countItems(summaries));
  }
  const counted = organs.map(({ key, value, entries: history }) => ({
    key,
    organ: value,
    entries: history,
    ...(counts.get(key) ?? countItems([])),
  }));
  files.set(ORGANS_PATH, encodeOrgansFile(counted));
  const types = records<Json>('certificate-type');
  files.set(
    TYPES_PATH,
    encodeTypesFile(
      types.map(({ key, value, entries: history }) => ({ code: key, entries: history, type: value })),
    ),
  );
  const regions = records('region', RegionSchema).map(({ value, ...rest }) => ({ ...rest, region: value }));
  files.set(REGIONS_PATH, encodeRegionsFile(regions));
  const editions = records('edition', EditionSchema).map(({ value, ...rest }) => ({
    ...rest,
    edition: value,
  }));
  files.set(EDITIONS_PATH, encodeEditionsFile(editions));
  const negative = Map.groupBy(register('negative-list-item'), ({ entry }) => parseItemKey(entry.key).list);
  const lists = records('negative-list', NegativeListSchema);
  for (const list of new Set([...lists.map(({ key }) => key), ...negative.keys()]))
    files.set(negativeItemsPath(list), encodeNegativeItemsFile(list, leavesByKey(negative.get(list) ?? [])));
  const withItems = lists.map(({ value, ...rest }) => ({
    ...rest,
    list: value,
    items: countListed(negative.get(rest.key) ?? [], values),
  }));
  files.set(NEGATIVE_LISTS_PATH, encodeNegativeListsFile(withItems));
  return files;
}

/** Items of a negative list that are not cancelled; one whose newest content was redacted is in no count. */
function countListed(entries: readonly IndexedEntry[], values: ReadonlyMap<string, Json>): number {
  return byKey(entries).filter(([, history]) => {
    const { data } = CountedNegativeItemSchema.safeParse(values.get(history.at(-1)?.entry.blob ?? ''));
    return data !== undefined && data.state !== 'cancelled';
  }).length;
}

/** Content of the newest entry that still has one. */
function newestBlob(history: readonly IndexedEntry[], blobs: ReadonlyMap<string, Json>): Json | undefined {
  return blobs.get(history.findLast(({ entry }) => blobs.has(entry.blob))?.entry.blob ?? '');
}
