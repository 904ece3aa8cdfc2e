import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blobName, canonicalBytes, type Json } from '@mandate/encoding';
import {
  type AuthorityItem,
  type ListEntry,
  type Organ,
  organKey,
  summarize,
  type ItemSummary,
} from '@mandate/lists';
import { FOOD } from './sample-acts.ts';

/** How large a registry is made. Same shape, same bytes. */
export interface LargeRegistry {
  readonly items: number;
  /** entries of each item */
  readonly versions: number;
  readonly organs: number;
}

export interface LargeOrgan {
  readonly organ: Organ;
  /** from 0 */
  readonly position: number;
  readonly items: number;
}

const CATEGORIES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'] as const;
const TIMES = ['2024-01-08T01:00:00Z', '2025-01-06T01:00:00Z', '2026-01-05T01:00:00Z'] as const;

/** Organs with their number of items; the first has a fifth of all, as a large city's largest department has. */
export function largeOrgans({ items, organs }: LargeRegistry): LargeOrgan[] {
  const first = organs === 1 ? items : Math.floor(items / 5);
  return Array.from({ length: organs }, (_, position) => {
    const others = Math.max(1, organs - 1);
    const share = Math.floor((items - first) / others);
    const rest = (items - first) % others;
    const name = `示例市第${position + 1}管理局`;
    return {
      position,
      organ: { schema: 'organ/1', key: organKey({ name }), name, regionName: '示例市', sample: true },
      items: position === 0 ? first : share + (position <= rest ? 1 : 0),
    };
  });
}

/** What an item says in one of its versions: as long as a real one, and different in each. */
export function largeItem({ organ }: LargeOrgan, number: number, version: number): AuthorityItem {
  return {
    ...FOOD,
    organ: organ.key,
    name: `示例许可事项第${number}号`,
    category: CATEGORIES[number % CATEGORIES.length] ?? '01',
    codes: { base: String(100_000_000_000 + number) },
    remarks: `第${version + 1}版：承诺${20 - version}个工作日内办结，${number}。`,
  };
}

export function largeKey({ organ }: LargeOrgan, number: number): string {
  return `${organ.key}.${String(number).padStart(5, '0')}`;
}

export function largeEntry(
  key: string,
  register: ListEntry['register'],
  blob: string,
  version: number,
): ListEntry {
  const time = TIMES[Math.min(version, TIMES.length - 1)] ?? TIMES[0];
  const reason = register === 'organ' ? '机关登记' : version === 0 ? '首次公布' : '依照法律修改';
  return { v: 1, register, key, time, effectiveDate: time.slice(0, 10), blob, reason };
}

/** Writes the data files of a large registry as pages need them; the logs themselves are left out. */
export function writeLargeRegistry(dir: string, size: LargeRegistry, publicUrl: string): void {
  const organs = largeOrgans(size);
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  };
  const writeBlob = (blob: Json): string => {
    const bytes = canonicalBytes(blob);
    const name = blobName(bytes);
    write(`data/blobs/${name.slice(7, 9)}/${name.slice(7)}.json`, bytes);
    return name;
  };
  let index = 0;
  const records: Json[] = [];
  for (const one of organs) {
    const entry = largeEntry(one.organ.key, 'organ', writeBlob(one.organ), 0);
    records.push(organRecord(one, { index, entry }));
    index += 1;
  }
  for (const one of organs) {
    const items: { key: string; entries: Json[] }[] = [];
    const summaries: ItemSummary[] = [];
    for (let number = 1; number <= one.items; number += 1) {
      const key = largeKey(one, number);
      const versions = Array.from({ length: size.versions }, (_, version) => {
        const item = largeItem(one, number, version);
        const entry = largeEntry(key, 'authority-item', writeBlob(item), version);
        index += 1;
        return { index: index - 1, entry, item };
      });
      items.push({ key, entries: versions.map(({ index: at, entry }) => ({ index: at, entry })) });
      summaries.push(summarize(key, versions));
    }
    write(`data/items/${one.organ.key}.json`, canonicalBytes({ organ: one.organ.key, items }));
    write(`data/summaries/${one.organ.key}.json`, canonicalBytes({ organ: one.organ.key, items: summaries }));
  }
  write('data/organs.json', canonicalBytes({ organs: records }));
  for (const [path, value] of Object.entries(EMPTY)) write(`data/${path}`, canonicalBytes(value));
  write('data/registry.json', canonicalBytes(registryFile(publicUrl, index)));
}

/** One entry more, of one item of a registry that was written: another name from its third version's day on. */
export function changeLargeItem(dir: string, one: LargeOrgan, number: number, publicUrl: string): void {
  const key = largeKey(one, number);
  const read = (path: string): unknown => JSON.parse(readFileSync(join(dir, path), 'utf8'));
  // Written by the function above.
  const registry = read('data/registry.json') as { logs: { lists: { size: number } } };
  const index = registry.logs.lists.size;
  const item = { ...largeItem(one, number, 2), name: `示例许可事项第${number}号（改名）` };
  const bytes = canonicalBytes(item);
  const name = blobName(bytes);
  const entry = largeEntry(key, 'authority-item', name, 2);
  const blob = join(dir, `data/blobs/${name.slice(7, 9)}/${name.slice(7)}.json`);
  mkdirSync(dirname(blob), { recursive: true });
  writeFileSync(blob, bytes);
  // Written by the function above.
  const items = read(`data/items/${one.organ.key}.json`) as {
    items: { key: string; entries: { index: number; entry: ListEntry }[] }[];
  };
  const history = items.items.find((record) => record.key === key)?.entries ?? [];
  history.push({ index, entry });
  // Written by the function above.
  const summaries = read(`data/summaries/${one.organ.key}.json`) as { items: ItemSummary[] };
  summaries.items = summaries.items.map((summary) =>
    summary.key === key
      ? summarize(
          key,
          history.map((version, at) => ({
            ...version,
            item: at === history.length - 1 ? item : largeItem(one, number, at),
          })),
        )
      : summary,
  );
  for (const [path, value] of [
    [`data/items/${one.organ.key}.json`, items],
    [`data/summaries/${one.organ.key}.json`, { organ: one.organ.key, ...summaries }],
    ['data/registry.json', registryFile(publicUrl, index + 1)],
  ] as const) {
    // Replaced as the registry replaces them: a pinned copy keeps the old bytes.
    writeFileSync(join(dir, `${path}.new`), JSON.stringify(value));
    renameSync(join(dir, `${path}.new`), join(dir, path));
  }
}

const EMPTY: Record<string, Json> = {
  'types.json': { types: [] },
  'regions.json': { regions: [] },
  'negative-lists.json': { lists: [] },
  'editions.json': { editions: [] },
};

function organRecord(one: LargeOrgan, first: { index: number; entry: ListEntry }): Json {
  const categories: Record<string, number> = {};
  for (let number = 1; number <= one.items; number += 1) {
    const category = CATEGORIES[number % CATEGORIES.length] ?? '01';
    categories[category] = (categories[category] ?? 0) + 1;
  }
  return { key: one.organ.key, organ: one.organ, entries: [first], items: one.items, categories };
}

function registryFile(publicUrl: string, size: number): Json {
  const digest = createHash('sha256').update(String(size)).digest();
  const log = (name: string, entries: number): Json => ({
    origin: `${new URL(publicUrl).host}/${name}`,
    vkey: `${name}+00000000+AA==`,
    size: entries,
    root: digest.toString('base64'),
    checkpoint: '',
  });
  return {
    schema: 'registry/1',
    name: '明权登记簿',
    publicUrl,
    rootKey: 'z6Mk',
    rootFingerprint: `sha256:${'0'.repeat(64)}`,
    logs: { lists: log('lists', size), certificates: log('certificates', 0) },
    asOf: TIMES[2],
    sample: true,
  };
}
