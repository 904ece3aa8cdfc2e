import { blobName, equalBytes, type Json, parseJson } from '@mandate/encoding';
import {
  EditionSchema,
  NegativeListSchema,
  OrganSchema,
  RegionSchema,
  type SummarizedItem,
} from '@mandate/lists';
import {
  blobPath,
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
import { byKey, countItems, leavesByKey, type RegisterRecord } from '../publication/records.ts';
import {
  CountedNegativeItemSchema,
  SummarizedItemSchema,
  summarizeItem,
} from '../publication/summary-records.ts';
import { firstDifference, isCanonical } from './audit-log.ts';
import type { AuditSource } from './audit-source.ts';
import type { Findings } from './findings.ts';

/** What the records need of the blobs, by name. */
export interface AuditedBlobs {
  readonly items: ReadonlyMap<string, SummarizedItem>;
  /** of every other register, whole */
  readonly values: ReadonlyMap<string, Json>;
}

/** Every blob that an entry names and that is there: its hash, and what the records need of it. */
export async function auditBlobs(
  source: AuditSource,
  entries: readonly IndexedEntry[],
  findings: Findings,
): Promise<AuditedBlobs> {
  const items = new Map<string, SummarizedItem>();
  const values = new Map<string, Json>();
  let missing = 0;
  const registers = new Map(entries.map(({ entry }) => [entry.blob, entry.register]));
  for (const [name, register] of registers) {
    const path = blobPath(name);
    const bytes = await source.read(path);
    if (bytes === undefined) {
      missing += 1;
      continue;
    }
    findings.checked.blobs += 1;
    if (blobName(bytes) !== name) {
      findings.problem(path, '内容的哈希与文件名不同');
      continue;
    }
    if (!isCanonical(bytes)) {
      findings.problem(path, '不是规范的 JSON');
      continue;
    }
    const value = parseJson(bytes);
    // An item is large and there are many: only what is summarized of it is kept.
    const item = register === 'authority-item' ? SummarizedItemSchema.safeParse(value) : undefined;
    if (item === undefined) values.set(name, value);
    else if (item.success) items.set(name, item.data);
    else findings.problem(path, '不是事项的内容');
  }
  if (missing > 0) findings.warn(`${missing} 个条目所指的内容没有公布（已撤下，或被删除）`);
  return { items, values };
}

/** The records as the entries alone make them, by path. */
export function expectedRecords(
  entries: readonly IndexedEntry[],
  { items: contents, values }: AuditedBlobs,
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
export function newestBlob(
  history: readonly IndexedEntry[],
  blobs: ReadonlyMap<string, Json>,
): Json | undefined {
  return blobs.get(history.findLast(({ entry }) => blobs.has(entry.blob))?.entry.blob ?? '');
}

/**
 * Compares the published records with what the entries make of them.
 * @param states the records at every size that may be served: two of them while a publication is under way
 */
export async function compareRecords(
  source: AuditSource,
  states: readonly ReadonlyMap<string, Uint8Array>[],
  findings: Findings,
): Promise<void> {
  for (const path of new Set(states.flatMap((files) => [...files.keys()]))) {
    findings.checked.files += 1;
    const bytes = await source.read(path);
    const expected = states.map((files) => files.get(path));
    if (expected.some((one) => (one === undefined ? bytes === undefined : bytes && equalBytes(one, bytes))))
      continue;
    const newest = expected.at(-1);
    if (bytes === undefined || newest === undefined) findings.problem(path, '没有这个文件');
    else findings.problem(path, `第 ${firstDifference(bytes, newest)} 字节起与由日志条目重新生成的不同`);
  }
}
