import { blobName, canonicalBytes } from '@mandate/encoding';
import {
  type AuthorityItem,
  CHANGE_KINDS,
  type Edition,
  editionDigest,
  type HealthRule,
  type ListEntry,
  openMustCheck,
} from '@mandate/lists';
import { parseItemKey } from '@mandate/published';
import type { ListChange } from '../src/lists/lists.service.ts';
import { FOOD_PERMIT } from './certificate-type.ts';
import { NEGATIVE_EDITIONS, NEGATIVE_LIST, negativeVersions } from './negative-list.ts';
import { ORGAN_CHANGES, ORGANS } from './organs.ts';
import { REGIONS } from './regions.ts';
import { FIRST_LIST } from './sample-item.ts';
import { sampleList, type SampleVersion } from './sample-list.ts';

const CITY_APPROVAL = '示例市人民政府';
const FIRST_DAY = '2022-01-01';

/** 版本 of every organ's list: the first one, and the one after everything that has changed until then. */
const EDITIONS = [
  { number: '2023', date: FIRST_LIST.day, document: '示政发〔2023〕2号' },
  { number: '2026', date: '2026-01-15', document: '示政发〔2026〕1号' },
] as const;

/** Content that is not cancelled, by its key. */
interface Current {
  readonly blob: string;
  readonly cancelled: boolean;
}

/**
 * Every entry of the sample, in an order in which a registry could have taken them in: regions and organs before their
 * items, items before the edition that binds them.
 */
export function sampleChanges(): readonly ListChange[] {
  const { versions, certificateType } = sampleList();
  const entries = new Entries();
  for (const region of Object.values(REGIONS))
    entries.add({
      register: 'region',
      key: region.code,
      value: region,
      ...registered('登记行政区划（示例）'),
    });
  for (const organ of Object.values(ORGANS))
    entries.add({ register: 'organ', key: organ.key, value: organ, ...registered('登记机关（示例）') });
  entries.add({
    register: 'certificate-type',
    key: certificateType.code,
    value: certificateType,
    ...registered('登记证照类型（示例）'),
  });
  addNegativeList(entries);
  addEditions(entries, versions);
  return entries.all;
}

const registered = (reason: string): { effectiveDate: string; reason: string; kind: 'added' } => ({
  effectiveDate: FIRST_DAY,
  reason,
  kind: 'added',
});

function addNegativeList(entries: Entries): void {
  const { key } = NEGATIVE_LIST;
  entries.add({
    register: 'negative-list',
    key,
    value: NEGATIVE_LIST,
    ...registered('登记负面清单（示例）'),
  });
  for (const { number, name, date, document } of NEGATIVE_EDITIONS) {
    const edition = `${key}.${number}`;
    for (const { item, kind } of negativeVersions(number))
      entries.add({
        register: 'negative-list-item',
        key: `${key}.${item.code}`,
        value: item,
        effectiveDate: date,
        reason: `${CHANGE_KINDS[kind].name}：按${name}`,
        kind,
        document,
        edition,
      });
    entries.addEdition({ list: key, number, name, date, document, approvedBy: '示例省人民政府（示例）' });
  }
}

function addEditions(entries: Entries, versions: readonly SampleVersion[]): void {
  let rest = [...versions];
  for (const { number, date, document } of EDITIONS) {
    const until = rest.filter(({ effectiveDate }) => effectiveDate <= date);
    rest = rest.filter(({ effectiveDate }) => effectiveDate > date);
    addVersions(entries, until, number === FIRST_EDITION ? number : undefined);
    for (const organ of Object.values(ORGANS)) {
      if (!entries.holds(organ.key) || isAbolished(organ.key, date)) continue;
      entries.addEdition({
        list: organ.key,
        number,
        name: `${nameOn(organ.key, date)}权责清单（${number}年版，示例）`,
        date,
        document,
        approvedBy: CITY_APPROVAL,
      });
    }
  }
  addVersions(entries, rest, undefined);
}

const FIRST_EDITION = EDITIONS[0].number;

const changesUntil = (key: string, day: string) =>
  ORGAN_CHANGES.filter((change) => change.organ.key === key && change.day <= day);

const isAbolished = (key: string, day: string): boolean =>
  changesUntil(key, day).some(({ organ }) => organ.abolished === true);

const nameOn = (key: string, day: string): string =>
  changesUntil(key, day).at(-1)?.organ.name ??
  Object.values(ORGANS).find((organ) => organ.key === key)?.name ??
  '';

/** Items as they changed; what became of their organs on the same day stands before them. */
function addVersions(
  entries: Entries,
  versions: readonly SampleVersion[],
  edition: string | undefined,
): void {
  for (const version of versions) {
    for (const { day, reason, document, organ } of ORGAN_CHANGES)
      if (day <= version.effectiveDate)
        entries.add({
          register: 'organ',
          key: organ.key,
          value: organ,
          effectiveDate: day,
          reason,
          kind: organ.abolished ? 'cancelled' : 'changed',
          document,
        });
    const { organ, suffix, effectiveDate, kind, reason, document, related, item } = version;
    entries.add({
      register: 'authority-item',
      key: `${organ}.${suffix}`,
      value: item,
      effectiveDate,
      reason,
      organ,
      kind,
      document,
      related,
      overruled: overruledOf(item),
      edition: edition === undefined ? undefined : `${organ}.${edition}`,
    });
  }
}

const mustCheck = openMustCheck([FOOD_PERMIT]);

const SHOWN_ON_PURPOSE = '示例：有意保留，用来演示清单体检';
const UNTIL_SHARED = '示例：证照共享接通之前，仍收一份复印件核对';

/** What the sample lets stand, by list and rule: any other finding has no reason, and a test finds it. */
const REASONS: Readonly<Record<string, Readonly<Partial<Record<HealthRule, string>>>>> = {
  // The county's list is there to show what the health check finds.
  [ORGANS.countyMarket.key]: {
    'power-without-duties': SHOWN_ON_PURPOSE,
    'duty-without-basis': SHOWN_ON_PURPOSE,
    'promise-longer-than-statute': SHOWN_ON_PURPOSE,
    'fee-without-basis': SHOWN_ON_PURPOSE,
    'form-missing': SHOWN_ON_PURPOSE,
    'material-zero-copies': SHOWN_ON_PURPOSE,
    'material-is-certificate': SHOWN_ON_PURPOSE,
  },
  [ORGANS.market.key]: { 'material-is-certificate': UNTIL_SHARED },
  [ORGANS.culture.key]: { 'material-is-certificate': UNTIL_SHARED },
};

/** Like any reviewer, the sample says why that stands. */
function overruledOf(item: AuthorityItem): ListEntry['overruled'] {
  const rules = [...new Set(mustCheck({ item }).map(({ rule }) => rule))];
  const overruled = rules.flatMap((rule) => {
    const reason = REASONS[item.organ]?.[rule];
    return reason === undefined ? [] : [{ rule, reason }];
  });
  return overruled.length === 0 ? undefined : overruled;
}

/** Entries in their order, with what every list says so far: an edition binds that. */
class Entries {
  readonly all: ListChange[] = [];
  private readonly lists = new Map<string, Map<string, Current>>();
  private readonly said = new Map<string, string>();
  private readonly editions = new Set<string>();

  /** What says nothing new is left out. */
  add(change: ListChange): void {
    const { register, key, value } = change;
    const blob = blobName(canonicalBytes(value));
    if (this.said.get(`${register} ${key}`) === blob) return;
    this.said.set(`${register} ${key}`, blob);
    this.all.push(change);
    if (register !== 'authority-item' && register !== 'negative-list-item') return;
    const { list } = parseItemKey(key);
    const cancelled =
      typeof value === 'object' && value !== null && 'state' in value && value['state'] === 'cancelled';
    const held = this.lists.get(list) ?? new Map<string, Current>();
    this.lists.set(list, held.set(key, { blob, cancelled }));
  }

  holds(list: string): boolean {
    return this.lists.has(list);
  }

  addEdition(said: Omit<Edition, 'schema' | 'items' | 'digest' | 'sample'>): void {
    const held = [...(this.lists.get(said.list) ?? [])];
    const edition: Edition = {
      schema: 'edition/1',
      ...said,
      items: held.filter(([, { cancelled }]) => !cancelled).length,
      digest: editionDigest(held.map(([key, { blob }]) => ({ key, blob }))),
      sample: true,
    };
    const isFirst = !this.editions.has(said.list);
    this.editions.add(said.list);
    this.add({
      register: 'edition',
      key: `${said.list}.${said.number}`,
      value: edition,
      effectiveDate: said.date,
      reason: `公布${said.name}`,
      kind: isFirst ? 'recorded' : 'added',
      document: said.document,
    });
  }
}
