import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobName, canonicalBytes } from '@mandate/encoding';
import { findOrganInTitle, readSourceFile } from '@mandate/list-files';
import { type AuthorityItem, type Edition, editionDigest, type Organ, organKey } from '@mandate/lists';
import type { Act } from './published-folder.ts';

/** Day on which the lists are recorded, and that of a second edition. */
const RECORDED = '2026-11-24T16:30:00Z';
const AGAIN = '2026-11-26T02:00:00Z';

/**
 * A department's workbook as a registry takes it in: first recorded, and in a second edition one item reworded, one gone and
 * one that is new.
 * @param folder of the real lists @param part of the file's name
 */
export function realActs(folder: string, part: string): readonly Act[] {
  const file = readdirSync(folder).find((name) => name.includes(part) && /\.xlsx?$/.test(name));
  if (file === undefined) throw new Error(`no workbook of ${part}`);
  const source = readSourceFile(file, readFileSync(join(folder, file)));
  const name = findOrganInTitle(file)?.name;
  if (source.register !== 'authority-item' || name === undefined) throw new Error(`no list in ${file}`);
  const organ: Organ = { schema: 'organ/1', key: organKey({ name }), name };
  const { key } = organ;
  const items = source.items.map(({ content }, n): Placed => {
    if ('issue' in content) throw new Error(`${file}: ${content.issue}`);
    return { key: `${key}.${String(n + 1).padStart(5, '0')}`, item: { ...content, organ: key } };
  });
  const recorded = {
    time: RECORDED,
    effectiveDate: '2026-11-25',
    reason: '按公布的清单首次收录',
    kind: 'recorded',
  } as const;
  const changed = { time: AGAIN, reason: '按 2026 年调整目录第 3 号修改' };
  const [first, second, ...rest] = items;
  if (first === undefined || second === undefined) throw new Error(`too few items in ${file}`);
  const reworded = { ...first, item: { ...first.item, name: `${first.item.name}（第 7 类）` } };
  const added = { key: `${key}.90001`, item: { ...second.item, name: '对 12 类示例活动的监督检查' } };
  const edition = (number: string, held: readonly Placed[]): Pick<Act, 'register' | 'key' | 'blob'> => ({
    register: 'edition',
    key: `${key}.${number}`,
    blob: editionOf(organ, number, held),
  });
  const item = ({ key: of, item: blob }: Placed): Pick<Act, 'register' | 'key' | 'blob'> => ({
    register: 'authority-item',
    key: of,
    blob,
  });
  return [
    { register: 'organ', key, blob: organ, ...recorded },
    ...items.map((one): Act => ({ ...item(one), ...recorded, edition: `${key}.2024` })),
    { ...edition('2024', items), ...recorded },
    { ...item(reworded), ...changed, kind: 'changed' },
    { ...item({ ...second, item: { ...second.item, state: 'cancelled' } }), ...changed, kind: 'cancelled' },
    { ...item(added), ...changed, kind: 'added', document: '示编〔2026〕31号' },
    { ...edition('2026-2', [reworded, ...rest, added]), ...changed, kind: 'added' },
  ];
}

interface Placed {
  readonly key: string;
  readonly item: AuthorityItem;
}

function editionOf({ key, name }: Organ, number: string, held: readonly Placed[]): Edition {
  return {
    schema: 'edition/1',
    list: key,
    number,
    name: `${name}权责清单（${number.slice(0, 4)}年版）`,
    date: number === '2024' ? '2026-11-25' : '2026-11-26',
    items: held.length,
    digest: editionDigest(held.map((one) => ({ key: one.key, blob: blobName(canonicalBytes(one.item)) }))),
  };
}
