import type { Organ } from '@mandate/lists';
import { regionParts } from '../regions/region-prefix.ts';
import { findTableRegion, tablePath } from '../regions/region-table.ts';
import { isSameRegion, type KnownOrgan, newOrgan, placeOf, type Register } from './known-organ.ts';
import { comparableDepartment, hasShortForm, mayAbbreviate, withoutNotes } from './organ-name.ts';
import { bareWord, describeOrgan, lacksRegion, type NamedOrgan, withRegion } from './organ-title.ts';

/** Which organ a name in a file means. */
export type Resolved =
  | { readonly is: 'known'; readonly organ: Organ; readonly note?: string }
  | { readonly is: 'new'; readonly organ: Organ; readonly note?: string }
  /** it can be more than one: nobody chooses between them but a person */
  | { readonly is: 'several'; readonly message: string; readonly organs: readonly Organ[] }
  /** it means none: 县公安局 where no county is told of */
  | { readonly is: 'none'; readonly message: string };

/**
 * An organ by its name, a name that it had, its short name or the words that everybody writes short, in its region; one that
 * the register does not have as it would be founded.
 * @param region the place that the file tells of, for names that have none: 市教育局
 */
export function resolveOrgan(words: string, register: Register, region: string | undefined): Resolved {
  const name = withoutNotes(words);
  const exact = register.known.filter((one) => one.name === name);
  if (exact.length > 0) return choose(name, name, exact, register.known);
  const named = describeOrgan(name);
  const full = lacksRegion(named) ? inRegion(named, region) : below(named, region);
  const found = full === undefined ? [] : candidates(full, register.known);
  if (found.length > 0) return choose(name, full?.name, found, register.known);
  if (full === undefined || lacksRegion(full)) return withoutRegion(name, full, register);
  const near = nearOnes(full, register.known);
  if (near.length > 0)
    return {
      is: 'several',
      organs: near,
      message: `“${name}”可能是已登记的${near.map((one) => `“${one.name}”`).join('、')}，也可能是另一机关，没有替您选定：如是同一机关，请在文件里写全称；如是另一机关，请先登记它。`,
    };
  return {
    is: 'new',
    organ: newOrgan(full, register),
    ...(hasShortForm(placeOf(full).local) && {
      note: `“${name}”像是简称，按“${full.name}”登记；请核对是否为全称。`,
    }),
  };
}

function withoutRegion(name: string, full: NamedOrgan | undefined, register: Register): Resolved {
  const real = register.known.filter(({ sample, abolished }) => sample !== true && abolished !== true);
  const short = real.filter(
    (one) => one.shortName === name || (bareWord(name) === undefined && placeOf(one).local === name),
  );
  const [only, ...others] = short;
  if (only && others.length === 0)
    return { is: 'known', organ: only, note: `“${name}”没有写明地区，认作已登记的“${only.name}”。` };
  if (only) return severalOf(name, short);
  if (full === undefined)
    return { is: 'none', message: `“${name}”没有写明是哪一个地区的，请在文件里写全称。` };
  return {
    is: 'new',
    organ: newOrgan(full, register),
    note: `“${name}”没有写明地区，按此名称登记；请写全称，或在标题里写明地区。`,
  };
}

/** The name in the region told of: 市教育局 in 克拉玛依市. Undefined for a level that the region has not: 县教育局 there. */
function inRegion(named: NamedOrgan, region: string | undefined): NamedOrgan | undefined {
  const bare = bareWord(named.name);
  if (region === undefined) return named;
  const place = bare === undefined ? region : placeOfWord(bare, region);
  return place === undefined ? undefined : withRegion(named, place);
}

/** 独山子区教育局 in a list of 克拉玛依市 → 克拉玛依市独山子区教育局, where GB/T 2260 has the one in the other. */
function below(named: NamedOrgan, region: string | undefined): NamedOrgan {
  const own = named.region === undefined ? undefined : findTableRegion(named.region);
  const above = region === undefined ? undefined : regionParts(region).at(-1)?.code;
  if (!own || above === undefined || region === undefined || own.code === above) return named;
  const lies = tablePath(own).some(({ code }) => code === above);
  return lies && regionParts(named.name)[0]?.code === own.code
    ? describeOrgan(`${region}${named.name}`)
    : named;
}

/** 市 → 克拉玛依市, 区 → 克拉玛依市独山子区, 自治区 → 新疆维吾尔自治区, for the district 克拉玛依市独山子区. */
export function placeOfWord(word: string, region: string): string | undefined {
  const parts = regionParts(region).map(({ name }) => name);
  const first = regionParts(region)[0];
  const top = first?.code === undefined ? undefined : findTableRegion(first.code);
  const above = top ? tablePath(top).slice(0, -1) : [];
  return [...above.map(({ name }) => name), ...parts].findLast(
    (name) => name.endsWith(word) && (word !== '区' || !name.endsWith('自治区')),
  );
}

function candidates(full: NamedOrgan, known: readonly KnownOrgan[]): readonly KnownOrgan[] {
  const steps: readonly ((one: KnownOrgan) => boolean)[] = [
    (one) => one.name === full.name,
    (one) => one.formerNames?.includes(full.name) === true,
    (one) => sameName(one.name, one.regionName, full),
    (one) => one.formerNames?.some((name) => sameName(name, one.regionName, full)) === true,
  ];
  for (const step of steps) {
    const found = known.filter(step);
    if (found.length > 0) return found;
  }
  return [];
}

function sameName(name: string, regionName: string | undefined, full: NamedOrgan): boolean {
  const [one, other] = [placeOf({ name, ...(regionName !== undefined && { regionName }) }), placeOf(full)];
  if (one.region === undefined || other.region === undefined || !isSameRegion(one.region, other.region))
    return false;
  return comparableDepartment(one.local) === comparableDepartment(other.local);
}

/** Those in the region one of whose names holds the signs of this one: it may be short for theirs. */
function nearOnes(full: NamedOrgan, known: readonly KnownOrgan[]): readonly KnownOrgan[] {
  const { region, local } = placeOf(full);
  return known.filter((one) => {
    const place = placeOf(one);
    return (
      one.abolished !== true &&
      region !== undefined &&
      place.region !== undefined &&
      isSameRegion(place.region, region) &&
      [one.name, ...(one.formerNames ?? [])].some((name) =>
        mayAbbreviate(local, placeOf({ ...one, name }).local),
      )
    );
  });
}

/** An organ that is no more is the one that took over its work, where that is one. */
function choose(
  name: string,
  full: string | undefined,
  found: readonly KnownOrgan[],
  known: readonly KnownOrgan[],
): Resolved {
  const living = new Map<string, KnownOrgan>();
  const seen = new Set<string>();
  const follow = (one: KnownOrgan): void => {
    if (seen.has(one.key)) return;
    seen.add(one.key);
    if (one.abolished !== true) living.set(one.key, one);
    else
      for (const key of one.successors ?? []) {
        const successor = known.find((other) => other.key === key);
        if (successor) follow(successor);
      }
  };
  found.forEach(follow);
  const [only, ...others] = living.values();
  if (!only) return { is: 'none', message: `“${name}”已撤销，也没有登记由谁承接它的职责。` };
  if (others.length > 0) return severalOf(name, [...living.values()]);
  if (only.name === full) return { is: 'known', organ: only };
  return { is: 'known', organ: only, note: `“${name}”认作已登记的“${only.name}”。` };
}

function severalOf(name: string, organs: readonly KnownOrgan[]): Resolved {
  const names = organs.map((one) => `“${one.name}”`).join('、');
  return { is: 'several', organs, message: `“${name}”可能是${names}，没有替您选定：请在文件里写全称。` };
}
