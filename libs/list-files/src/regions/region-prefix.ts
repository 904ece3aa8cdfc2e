import type { Level } from '@mandate/lists';
import { type TableRegion, tablePath, tableRegionsNamed } from './region-table.ts';

/** The place with which a name begins. */
export interface RegionPrefix {
  /** 克拉玛依市独山子区, as the name says it */
  readonly name: string;
  /** its last part: 独山子区 */
  readonly last: string;
  readonly level: Level;
  /** GB/T 2260; absent where the table has no such region, or more than one */
  readonly code?: string;
  /** the name after it */
  readonly rest: string;
}

/** The longest names of the table: 积石山保安族东乡族撒拉族自治县. */
const LONGEST = 15;

const UNITS: readonly (readonly [unit: string, level: Level])[] = [
  ['特别行政区', '2'],
  ['自治区', '2'],
  ['自治州', '3'],
  ['自治县', '4'],
  ['自治旗', '4'],
  ['街道', '5'],
  ['地区', '3'],
  ['省', '2'],
  ['市', '3'],
  ['州', '3'],
  ['盟', '3'],
  ['县', '4'],
  ['旗', '4'],
  ['区', '4'],
  ['镇', '5'],
  ['乡', '5'],
  ['苏木', '5'],
];
/** 社区, 保护区, 开发区 … are no region; nor are 城镇, 城乡 and 乡镇 in the name of an organ, nor what lies behind a bureau. */
const NO_REGION =
  /(?:[社园景灌林库牧校矿湖山厂战防片辖特]区|保护区|名胜区|开发区|高新区|经开区|新区|示范区|试验区|合作区|保税区|度假区|产业区|工业区|管理区|实验区|先行区|[城村乡]镇|[城村]乡)$|[局厅院署委]|政府|部门|中心|支队/u;
/** 文化市场, 乡村, 县域, 市级: the word goes on. */
const GOES_ON = /^(?:市场|乡[村镇]|县域|区[域块]|[省市县区州乡镇]级)/u;

/**
 * 克拉玛依市独山子区教育局 → the region 独山子区 of 克拉玛依市 and 教育局. Regions that GB/T 2260 has are known by their names, others
 * by the word of their kind; each part is lower than the one before it.
 */
export function findRegionPrefix(name: string): RegionPrefix | undefined {
  return regionParts(name).at(-1);
}

/** The same, each region of the name as a prefix of its own: 克拉玛依市, 克拉玛依市独山子区. */
export function regionParts(name: string): readonly RegionPrefix[] {
  const parts: RegionPrefix[] = [];
  let found: readonly TableRegion[] | undefined;
  let at = 0;
  for (;;) {
    const above = parts.at(-1);
    const next = nextPart(name.slice(at), found, above && { name: above.last, level: above.level });
    if (next === undefined) return parts;
    found = next.regions;
    at += next.name.length;
    const [region, ...others] = found;
    parts.push({
      name: name.slice(0, at),
      last: next.name,
      level: next.level,
      ...(region && others.length === 0 && { code: region.code }),
      rest: name.slice(at),
    });
  }
}

interface Part {
  readonly name: string;
  readonly level: Level;
}

interface NextPart extends Part {
  /** what of the table it can be; none where the table does not have it */
  readonly regions: readonly TableRegion[];
}

function nextPart(
  name: string,
  within: readonly TableRegion[] | undefined,
  above: Part | undefined,
): NextPart | undefined {
  for (let length = Math.min(LONGEST, name.length); length >= 2; length -= 1) {
    const word = name.slice(0, length);
    const regions = tableRegionsNamed(word).filter(
      (one) =>
        within === undefined ||
        tablePath(one).some(({ code }) => within.some((up) => up.code === code && up !== one)),
    );
    const [first] = regions;
    if (first && regions.every(({ level }) => level === first.level))
      return { name: word, level: first.level, regions };
  }
  return byUnit(name, above);
}

function byUnit(name: string, above: Part | undefined): NextPart | undefined {
  for (let end = 3; end <= Math.min(LONGEST, name.length); end += 1) {
    const word = name.slice(0, end);
    if (!/^\p{Script=Han}+$/u.test(word)) return undefined;
    const unit = UNITS.find(([one]) => word.endsWith(one) && word.length >= one.length + 2);
    if (!unit || NO_REGION.test(word) || GOES_ON.test(name.slice(end - 1))) continue;
    const [kind] = unit;
    // Of a prefecture, a city is of the rank of a county; no city lies in a city.
    const inPrefecture = kind === '市' && /[州盟]$|地区$/u.test(above?.name ?? '');
    const level: Level = inPrefecture ? '4' : unit[1];
    return above === undefined || level > above.level ? { name: word, level, regions: [] } : undefined;
  }
  return undefined;
}
