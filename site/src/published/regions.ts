import { parseRegionsFile, REGIONS_PATH, type RegionRecord as PublishedRecord } from '@mandate/published';
import { parsePublished } from './files.ts';
import { getOrganIdentities } from './organ-tree.ts';
import type { OrganRecord } from './organs.ts';
import { remembered } from './reads.ts';

export type RegionRecord = Readonly<PublishedRecord>;

/** All regions by their code, in the order of the codes. */
export const getRegions = remembered(
  (): ReadonlyMap<string, RegionRecord> =>
    new Map(
      parsePublished(REGIONS_PATH, parseRegionsFile)
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((record) => [record.key, record]),
    ),
);

/** Regions directly below one; without one those that have none above them. */
export function regionsBelow(code?: string): RegionRecord[] {
  return [...getRegions().values()].filter(({ key, region: { parent } }) =>
    code === undefined ? parent === undefined || !getRegions().has(parent) : parent === code && key !== code,
  );
}

/** From the top down, the region itself last. */
export function regionPath(code: string): RegionRecord[] {
  const path: RegionRecord[] = [];
  // A circle of parents, which no schema forbids, must not hang the build.
  for (let at = getRegions().get(code); at && !path.includes(at);) {
    path.unshift(at);
    at = at.region.parent === undefined ? undefined : getRegions().get(at.region.parent);
  }
  return path;
}

/** Organs of the region itself. */
export function organsOf(code: string): OrganRecord[] {
  return getOrganIdentities().filter(({ organ }) => organ.region === code);
}

/** Organs of the region and of all below it. */
export function organsWithin(code: string): OrganRecord[] {
  return getOrganIdentities().filter(
    ({ organ: { region } }) => region !== undefined && regionPath(region).some(({ key }) => key === code),
  );
}

/** Organs whose region is not known or not listed. */
export function organsElsewhere(): OrganRecord[] {
  return getOrganIdentities().filter(
    ({ organ: { region } }) => region === undefined || !getRegions().has(region),
  );
}
