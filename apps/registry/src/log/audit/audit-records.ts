import { blobName, equalBytes, type Json, parseJson } from '@mandate/encoding';
import { OrganSchema } from '@mandate/lists';
import {
  blobPath,
  byKey,
  CountedItemSchema,
  countItems,
  encodeItems,
  encodeOrgans,
  encodeTypes,
  type IndexedEntry,
  itemsPath,
  organOfItem,
} from '../../publication/records.ts';
import { firstDifference, isCanonical } from './audit-log.ts';
import type { AuditSource } from './audit-source.ts';
import type { Findings } from './findings.ts';

/** Every blob that an entry names and that is there: its hash, and what the records need of it. */
export async function auditBlobs(
  source: AuditSource,
  entries: readonly IndexedEntry[],
  findings: Findings,
): Promise<ReadonlyMap<string, Json>> {
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
    // An item is large and there are many: two fields of it are all that is counted.
    values.set(
      name,
      register === 'authority-item' ? (CountedItemSchema.safeParse(value).data ?? null) : value,
    );
  }
  if (missing > 0) findings.warn(`${missing} 个条目所指的内容没有公布（已撤下，或被删除）`);
  return values;
}

/** The records as the entries alone make them, by path. */
export function expectedRecords(
  entries: readonly IndexedEntry[],
  blobs: ReadonlyMap<string, Json>,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const register = (name: string): IndexedEntry[] => entries.filter(({ entry }) => entry.register === name);
  const items = Map.groupBy(register('authority-item'), ({ entry }) => organOfItem(entry.key));
  const organs = byKey(register('organ'));
  for (const organ of new Set([...organs.map(([key]) => key), ...items.keys()])) {
    files.set(itemsPath(organ), encodeItems(organ, items.get(organ) ?? []));
  }
  const records = organs.flatMap(([key, history]) => {
    const { data: organ } = OrganSchema.safeParse(newestBlob(history, blobs));
    if (organ === undefined) return [];
    const current = byKey(items.get(key) ?? []).flatMap(([, versions]) => {
      const last = versions.at(-1);
      const parsed = CountedItemSchema.safeParse(blobs.get(last?.entry.blob ?? ''));
      return parsed.data ?? [];
    });
    return [{ key, organ, entries: history, ...countItems(current) }];
  });
  files.set('data/organs.json', encodeOrgans(records));
  const types = byKey(register('certificate-type')).flatMap(([code, history]) => {
    const type = newestBlob(history, blobs);
    return type === undefined ? [] : [{ code, entries: history, type }];
  });
  files.set('data/types.json', encodeTypes(types));
  return files;
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
