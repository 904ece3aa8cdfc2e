import { type Organ, organKey } from '@mandate/lists';
import { findRegionPrefix, type RegionPrefix } from '../regions/region-prefix.ts';
import type { NamedOrgan } from './organ-title.ts';

/** An organ of the register with every name that it ever had. */
export interface KnownOrgan extends Organ {
  readonly formerNames?: readonly string[];
}

/** A region of the register. */
export interface KnownRegion {
  readonly code: string;
  readonly name: string;
  readonly parent?: string | undefined;
}

/** What the register has, against which names in a file are held. */
export interface Register {
  readonly known: readonly KnownOrgan[];
  readonly areas: readonly KnownRegion[];
}

/** 分局, 大队 and the like, of the bureau whose name theirs begins with. */
const PART_OF_BUREAU = /(?:分局|支局|总队|支队|大队|中队|队|所|站|中心|院|处)$/u;

/** An organ that the register does not have, with what its name says: its region, level and the bureau that it is a part of. */
export function newOrgan(named: NamedOrgan, { known, areas }: Register): Organ {
  const { name, shortName, regionName, level } = named;
  const region = regionName === undefined ? undefined : (listedCode(regionName, areas) ?? named.region);
  const bureau = PART_OF_BUREAU.test(name) ? bureauOf(name, known) : undefined;
  return {
    schema: 'organ/1',
    key: organKey(named),
    name,
    ...(shortName !== undefined && { shortName }),
    ...(region !== undefined && { region }),
    ...(regionName !== undefined && { regionName }),
    ...(level !== undefined && { level }),
    ...(bureau !== undefined && bureau.level !== undefined && level !== undefined && bureau.level > level
      ? {}
      : bureau && { parent: bureau.key }),
  };
}

/** The region where an organ is, and its name within that. */
export function placeOf({ name, regionName }: Pick<Organ, 'name' | 'regionName'>): {
  readonly region: string | undefined;
  readonly local: string;
} {
  const prefix = findRegionPrefix(name);
  if (prefix && prefix.rest.length >= 2) return { region: prefix.name, local: prefix.rest };
  return { region: regionName, local: name };
}

/** 克拉玛依市 is the same region as 新疆维吾尔自治区克拉玛依市; 朝阳区 of two cities are two. */
export function isSameRegion(a: string, b: string): boolean {
  return a === b || a.endsWith(b) || b.endsWith(a);
}

function bureauOf(name: string, known: readonly KnownOrgan[]): KnownOrgan | undefined {
  return known
    .filter(
      (one) =>
        one.abolished !== true &&
        name.length > one.name.length &&
        name.startsWith(one.name) &&
        !/政府$/u.test(one.name),
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** The code of the one region of the register that bears the name, under the one that the name puts above it. */
function listedCode(regionName: string, areas: readonly KnownRegion[]): string | undefined {
  const parts = namesOf(findRegionPrefix(regionName), regionName);
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const same = areas.filter((area) => {
    let at: KnownRegion | undefined = area;
    if (area.name !== parts.at(-1)) return false;
    for (const above of parts.slice(0, -1).reverse())
      while (at !== undefined && at.name !== above) at = byCode.get(at.parent ?? '');
    return at !== undefined;
  });
  const [only, ...others] = same;
  return only && others.length === 0 ? only.code : undefined;
}

function namesOf(prefix: RegionPrefix | undefined, name: string): string[] {
  if (prefix?.name !== name) return [name];
  const above = name.slice(0, name.length - prefix.last.length);
  return above === '' ? [prefix.last] : [...namesOf(findRegionPrefix(above), above), prefix.last];
}
