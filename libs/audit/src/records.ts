import type { Json } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import {
  blobPath,
  EDITIONS_PATH,
  itemsPath,
  NEGATIVE_LISTS_PATH,
  negativeItemsPath,
  ORGANS_PATH,
  parseItemKey,
  REGIONS_PATH,
  REGISTRY_PATH,
  type RegistryFile,
  summariesPath,
  TYPES_PATH,
} from '@mandate/published';
import { type AuditedBlobs, auditBlobs } from './blobs.ts';
import { type AuditedEntries, type AuditedEntry, auditListEntries, byKey, type History } from './entries.ts';
import { compareFile, type Comparison, type Members, UNJUDGED } from './expectation.ts';
import type { Findings } from './findings.ts';
import { NEWER } from './item-content.ts';
import { countItems, expectHistories, expectKeys, expectSummaries } from './items.ts';
import { isNewer, isObject, readCanonical, textOf } from './json.ts';
import type { AuditedLog } from './log.ts';
import type { AuditSource } from './source.ts';

/** What a record file must say. Worked out when the file is looked at: all of them at once would be the whole registry. */
interface ExpectedFile {
  /** its `schema`, without the version */
  readonly kind: string;
  readonly members: () => Members;
}
type ExpectedFiles = ReadonlyMap<string, ExpectedFile>;

/** What the entries of the lists log account for. */
export interface AuditedLists {
  /** paths below the public root */
  readonly paths: readonly string[];
  /** whether there may be files that this audit does not know */
  readonly newer: boolean;
  readonly entries: readonly AuditedEntry[];
  readonly blobs: AuditedBlobs;
}

/** The lists log's entries, the blobs they name, and the records that follow from both. */
export async function auditLists(
  source: AuditSource,
  registry: RegistryFile,
  log: AuditedLog,
  findings: Findings,
): Promise<AuditedLists> {
  const audited = auditListEntries(log, findings);
  const { entries, otherBlobs, newer, newerRegisters } = audited;
  const blobs = await auditBlobs(source, audited, findings);
  const { size } = registry.logs.lists;
  const before = entries.filter(({ index }) => index < size);
  const states = [expectFiles(before, blobs)];
  if (size !== log.checkpoint.size) {
    findings.warn(`清单文件停在第 ${size} 条，日志已有 ${log.checkpoint.size} 条：上一次发布没有完成`);
    states.push(expectFiles(entries, blobs));
  }
  for (const path of new Set(states.flatMap((files) => [...files.keys()]))) {
    const expected = states.map((files) => files.get(path));
    await auditRecord(source, path, expected, audited, findings);
  }
  auditRegistryWords(registry, log, before, blobs, findings);
  return {
    paths: [
      ...states.flatMap((files) => [...files.keys()]),
      ...entries.map(({ blob }) => blobPath(blob)),
      ...otherBlobs.map(blobPath),
    ],
    newer: newerRegisters || newer !== undefined,
    entries,
    blobs,
  };
}

/** @param expected the file at every size that may be served: two of them while a publication is under way */
async function auditRecord(
  source: AuditSource,
  path: string,
  expected: readonly (ExpectedFile | undefined)[],
  { newer }: AuditedEntries,
  findings: Findings,
): Promise<void> {
  findings.checked.files += 1;
  const bytes = await source.read(path);
  if (bytes === undefined) {
    if (!expected.includes(undefined)) findings.problem(path, '没有这个文件');
    return;
  }
  const read = readCanonical(bytes);
  if ('fault' in read) {
    findings.problem(path, read.fault);
    return;
  }
  const last: Comparison[] = [];
  for (const file of expected) {
    if (file === undefined) continue;
    const comparison = compareFile(read.value, file.kind, file.members());
    for (const message of comparison.fault === undefined ? comparison.unjudged : [])
      findings.pass(path, message);
    if (comparison.fault === undefined) return;
    last.push(comparison);
  }
  const fault = `与由日志条目得出的不同：${last.at(-1)?.fault ?? '不应有这个文件'}`;
  if (newer === undefined) findings.problem(path, fault);
  else findings.pass(path, `${fault}；日志第 ${newer} 条比本程序新（newer-format），不能判断`);
}

/** The records as the entries alone make them. */
function expectFiles(
  entries: readonly AuditedEntry[],
  { items: contents, values }: AuditedBlobs,
): ExpectedFiles {
  const files = new Map<string, ExpectedFile>();
  const registers = Map.groupBy(entries, ({ register }) => register);
  const valueOf = (history: readonly AuditedEntry[]): Json | undefined =>
    values.get(history.findLast(({ blob }) => values.has(blob))?.blob ?? '');
  /** Keys with what the newest of their entries that still has content says; those without any are left out. */
  const keys = (register: Register): readonly History[] =>
    byKey(registers.get(register) ?? []).filter(([, history]) => valueOf(history) !== undefined);
  const value = (history: readonly AuditedEntry[]): Members[string] => ({ is: valueOf(history) ?? null });
  const ownedBy = (register: Register): ReadonlyMap<string, readonly AuditedEntry[]> =>
    Map.groupBy(registers.get(register) ?? [], ({ key }) => parseItemKey(key).list);

  const organs = keys('organ');
  const items = ownedBy('authority-item');
  for (const organ of new Set([...organs.map(([key]) => key), ...items.keys()])) {
    const own = items.get(organ) ?? [];
    files.set(itemsPath(organ), { kind: 'items', members: () => expectHistories('organ', organ, own) });
    files.set(summariesPath(organ), {
      kind: 'summaries',
      members: () => expectSummaries(organ, own, contents),
    });
  }
  const inOrderOfEntry = [...organs].sort(([, [a]], [, [b]]) => (a?.index ?? 0) - (b?.index ?? 0));
  files.set(ORGANS_PATH, {
    kind: 'organs',
    members: () => ({
      organs: expectKeys(inOrderOfEntry, (key, history) => {
        const counts = countItems(items.get(key) ?? [], (blob) => contents.get(blob));
        return {
          organ: value(history),
          items: counts === undefined ? UNJUDGED : { is: counts.items },
          categories: counts === undefined ? UNJUDGED : { is: counts.categories },
        };
      }),
    }),
  });
  files.set(TYPES_PATH, {
    kind: 'types',
    members: () => ({
      types: expectKeys(keys('certificate-type'), (_, history) => ({ type: value(history) }), 'code'),
    }),
  });
  files.set(REGIONS_PATH, {
    kind: 'regions',
    members: () => ({ regions: expectKeys(keys('region'), (_, history) => ({ region: value(history) })) }),
  });
  files.set(EDITIONS_PATH, {
    kind: 'editions',
    members: () => ({ editions: expectKeys(keys('edition'), (_, history) => ({ edition: value(history) })) }),
  });
  const negative = ownedBy('negative-list-item');
  const lists = keys('negative-list');
  for (const list of new Set([...lists.map(([key]) => key), ...negative.keys()])) {
    files.set(negativeItemsPath(list), {
      kind: 'negative-items',
      members: () => expectHistories('list', list, negative.get(list) ?? []),
    });
  }
  files.set(NEGATIVE_LISTS_PATH, {
    kind: 'negative-lists',
    members: () => ({
      lists: expectKeys(lists, (key, history) => {
        const counts = countItems(negative.get(key) ?? [], (blob) => countedOf(values.get(blob)));
        return { list: value(history), items: counts === undefined ? UNJUDGED : { is: counts.items } };
      }),
    }),
  });
  return files;
}

const STATES = ['in-force', 'suspended', 'cancelled'];

/** What is counted of an item of a negative list. */
function countedOf(value: Json | undefined): typeof NEWER | { category: string; state: string } | undefined {
  const state = textOf(value, 'state');
  if (value === undefined || state === undefined) return undefined;
  if (isObject(value) && isNewer(value['schema'], 'negative-list-item')) return NEWER;
  return STATES.includes(state) ? { category: '', state } : NEWER;
}

/** What the registry says of its lists. */
function auditRegistryWords(
  registry: RegistryFile,
  log: AuditedLog,
  before: readonly AuditedEntry[],
  { values }: AuditedBlobs,
  findings: Findings,
): void {
  const organs = byKey(before.filter(({ register }) => register === 'organ'));
  const sample = organs.some(([, history]) => {
    const content = values.get(history.findLast(({ blob }) => values.has(blob))?.blob ?? '');
    return isObject(content) && content['sample'] === true;
  });
  if (registry.sample !== sample) findings.problem(REGISTRY_PATH, 'sample 与清单中的机关不符');
  const newest = log.leaves[registry.logs.lists.size - 1];
  const read = newest === undefined ? undefined : readCanonical(newest);
  const time = read !== undefined && 'value' in read ? textOf(read.value, 'time') : undefined;
  if (registry.asOf !== (time ?? '')) findings.problem(REGISTRY_PATH, 'asOf 不是最新条目的时间');
}
