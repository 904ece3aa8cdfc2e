import { CATEGORIES } from '@mandate/codes';
import type { AuthorityItem } from '../authority-item.ts';
import type { Organ } from '../organ.ts';
import type { ItemSummary } from '../summary.ts';
import { lawsOf } from '../summary.ts';
import { excerpt, type ItemFinding } from './finding.ts';
import { comparableName, comparableTitle, departmentOf, isSameDepartment } from './likeness.ts';

/** What is compared of an item elsewhere: an `ItemSummary` has it all. */
export type SisterItem = Pick<ItemSummary, 'key' | 'name' | 'category' | 'state' | 'baseCode' | 'laws'>;

interface Sister {
  readonly key: string;
  readonly organ: string;
  readonly name: string;
  readonly category: NonNullable<SisterItem['category']>;
  readonly laws: readonly string[];
}

/**
 * The items of the organs of the same trade elsewhere (三级四同), found by their code and by the likeness of their names.
 * Built once for a list; a look-up for each item.
 */
export class Sisters {
  readonly #byName = new Map<string, Sister[]>();
  readonly #byCode = new Map<string, Sister[]>();
  readonly #places: readonly string[];

  /** @param items of any organs; those of organs of another trade, or of the same place, are left out */
  constructor(
    organ: Organ,
    organs: readonly Organ[],
    items: readonly SisterItem[],
    places: readonly string[],
  ) {
    this.#places = places;
    const names = sistersOf(organ, organs);
    for (const item of items) {
      const sister = toSister(item, names);
      if (!sister) continue;
      push(this.#byName, comparableName(sister.name, places), sister);
      if (item.baseCode !== undefined) push(this.#byCode, item.baseCode, sister);
    }
  }

  check(item: AuthorityItem): ItemFinding[] {
    const same = new Set(this.#byName.get(comparableName(item.name, this.#places)) ?? []);
    for (const sister of this.#byCode.get(item.codes?.base ?? '') ?? []) same.add(sister);
    const all = [...same];
    const own = lawsOf(item).map((title) => comparableTitle(title, this.#places));
    return [
      ...this.#differ('sister-name', '/name', '事项名称', item.name, all, ({ name }) =>
        name === item.name ? undefined : `“${excerpt(name)}”`,
      ),
      ...this.#differ(
        'sister-category',
        '/category',
        '权力类型',
        CATEGORIES[item.category],
        all,
        ({ category }) => (category === item.category ? undefined : CATEGORIES[category]),
      ),
      ...this.#differ('sister-basis', '/bases', '设定依据', titlesOf(lawsOf(item)), all, ({ laws }) => {
        // Where one of them names no law there is nothing to compare.
        if (own.length === 0 || laws.length === 0) return undefined;
        const shared = laws.some((title) => own.includes(comparableTitle(title, this.#places)));
        return shared ? undefined : titlesOf(laws);
      }),
    ];
  }

  #differ(
    rule: ItemFinding['rule'],
    pointer: string,
    place: string,
    own: string,
    sisters: readonly Sister[],
    difference: (sister: Sister) => string | undefined,
  ): ItemFinding[] {
    const others = sisters.flatMap((sister) => {
      const says = difference(sister);
      return says === undefined ? [] : { sister, says };
    });
    const [first] = others;
    if (!first) return [];
    const more = others.length > 1 ? `等${others.length.toString()}处` : '';
    return [
      {
        rule,
        pointer,
        place,
        text: `本清单：${excerpt(own)}；${first.sister.organ}：${first.says}${more}`,
        related: others.map(({ sister: { key, name, organ } }) => ({ key, name, organ })),
      },
    ];
  }
}

/** Lists that one is held against: what a person can compare, and what need be read again when one of them changes. */
const MOST_SISTERS = 12;

/** Names of the organs of the same trade in other places, the nearest twelve, by key. */
export function sistersOf(organ: Organ, organs: readonly Organ[]): ReadonlyMap<string, string> {
  const department = departmentOf(organ);
  const distance = (other: Organ): number => regionDistance(organ.region, other.region);
  return new Map(
    organs
      .filter(
        (other) =>
          other.key !== organ.key &&
          other.abolished !== true &&
          (other.region ?? other.regionName) !== (organ.region ?? organ.regionName) &&
          isSameDepartment(department, departmentOf(other)),
      )
      .sort((a, b) => distance(a) - distance(b) || (a.key < b.key ? -1 : 1))
      .slice(0, MOST_SISTERS)
      .map(({ key, name }) => [key, name]),
  );
}

/** 0 in one city, 1 in one province, 2 elsewhere: codes of regions share their first four or two digits. */
function regionDistance(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 2;
  return a.slice(0, 4) === b.slice(0, 4) ? 0 : a.slice(0, 2) === b.slice(0, 2) ? 1 : 2;
}

function toSister(item: SisterItem, names: ReadonlyMap<string, string>): Sister | undefined {
  const { key, name, category, state, laws = [] } = item;
  const organ = [...names].find(([list]) => key.startsWith(`${list}.`))?.[1];
  if (organ === undefined || name === undefined || category === undefined || state === 'cancelled')
    return undefined;
  return { key, organ, name, category, laws };
}

function push(map: Map<string, Sister[]>, key: string, sister: Sister): void {
  const held = map.get(key);
  if (held) held.push(sister);
  else map.set(key, [sister]);
}

const titlesOf = (laws: readonly string[]): string => laws.map((title) => `《${title}》`).join('');
