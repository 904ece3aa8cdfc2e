import type { Level } from '@mandate/lists';
import { GB_2260 } from './gb-2260.ts';

/** A region of GB/T 2260. */
export interface TableRegion {
  /** 6 digits */
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  /** code of the region above */
  readonly parent?: string;
}

const MUNICIPALITIES = /^(?:11|12|31|50)/;

let table: ReadonlyMap<string, TableRegion> | undefined;
let byName: ReadonlyMap<string, readonly TableRegion[]> | undefined;

/** The region of a code; undefined where the table has none. */
export function findTableRegion(code: string): TableRegion | undefined {
  return getTable().get(code);
}

/** Regions that bear this very name: several for 朝阳区, and none for what is no region or was renamed. */
export function tableRegionsNamed(name: string): readonly TableRegion[] {
  byName ??= groupByName(getTable().values());
  return byName.get(name) ?? [];
}

/** The region with those above it, from the top down. */
export function tablePath(region: TableRegion): readonly TableRegion[] {
  const above = region.parent === undefined ? undefined : findTableRegion(region.parent);
  return above ? [...tablePath(above), region] : [region];
}

function getTable(): ReadonlyMap<string, TableRegion> {
  // Thousands of names that most who load this library never ask for.
  table ??= new Map(readTable().map((region) => [region.code, region]));
  return table;
}

function readTable(): TableRegion[] {
  return GB_2260.split('\n').flatMap((line): TableRegion[] => {
    const [, prefix = '', name = '', below = ''] = /^(\d+)([^:]*):?(.*)$/.exec(line) ?? [];
    const province = `${prefix.slice(0, 2)}0000`;
    if (prefix.length === 2) return [{ code: province, name, level: '2' }];
    const city: TableRegion[] =
      name === '' ? [] : [{ code: `${prefix}00`, name, level: '3', parent: province }];
    // The districts of a municipality are of the rank of cities.
    const level: Level = MUNICIPALITIES.test(prefix) ? '3' : '4';
    const parent = city[0]?.code ?? province;
    return [
      ...city,
      ...below
        .split(',')
        .filter((one) => one !== '')
        .map((one): TableRegion => ({ code: prefix + one.slice(0, 2), name: one.slice(2), level, parent })),
    ];
  });
}

function groupByName(regions: Iterable<TableRegion>): Map<string, TableRegion[]> {
  const groups = new Map<string, TableRegion[]>();
  for (const region of regions) groups.set(region.name, [...(groups.get(region.name) ?? []), region]);
  return groups;
}
