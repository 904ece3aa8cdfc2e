import type { Organ } from '../organ.ts';

/** The trade of an organ: its name without place and rank. 示例市卫生健康委员会 and 样本县卫生健康局 are both 卫生健康. */
export function departmentOf({ name, regionName }: Pick<Organ, 'name' | 'regionName'>): string {
  const local =
    regionName !== undefined && name.startsWith(regionName) ? name.slice(regionName.length) : name;
  return local.replace(/(?:委员会|办公室|总局|局|厅|委|办)$/u, '').replace(/[和与及、]/gu, '');
}

const pairsOf = (text: string): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, n) => text.slice(n, n + 2)));

/** 文化旅游, 文化广电旅游 and 文化体育广播电视旅游 are one trade under the names of their reforms. */
export function isSameDepartment(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [pairsOf(a), pairsOf(b)];
  const shared = [...x].filter((pair) => y.has(pair)).length;
  return shared >= 2 && shared / Math.min(x.size, y.size) >= 0.6;
}

/**
 * A name without what one list writes and another does not: places, brackets and what they hold, serials, particles, the
 * word 行政 before the kind of act. Two names that become the same are the same power's.
 */
export function comparableName(name: string, places: readonly string[]): string {
  let bare = name
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)/gu, '')
    .replace(/^(?:\d{1,3}[.、]|[一二三四五六七八九十]{1,3}、)/u, '');
  for (const place of places) bare = bare.replaceAll(place, '');
  return bare
    .replace(/^(?:[省市县区]级|自治区级?)/u, '')
    .replace(/行政(?=处罚|许可|强制|检查|确认|奖励|给付|征收|裁决)/gu, '')
    .replace(/[《》〈〉<>“”‘’"'、,.;:·—-]/gu, '')
    .replace(/以及|或者|等行为|行为|活动|[的和与及或并对等]/gu, '');
}

/** A title without the country, the place, what stands in brackets, and marks. */
export function comparableTitle(title: string, places: readonly string[]): string {
  let bare = title
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)/gu, '')
    .replace('中华人民共和国', '');
  for (const place of places) bare = bare.replaceAll(place, '');
  return bare.replace(/[《》〈〉<>]/gu, '');
}
