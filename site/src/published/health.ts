import {
  checkList,
  HEALTH_RULES,
  HEALTH_RULE_CODES,
  sistersOf,
  type CheckedItem,
  type HealthFinding,
  type HealthRule,
  type NegativeListItem,
} from '@mandate/lists';
import { findItemAddress } from '@mandate/published';
import { getCertificateTypes } from './certificate-types.ts';
import { getItems } from './items.ts';
import { getNegativeItems, getNegativeLists } from './negative.ts';
import { getOrganIdentities } from './organ-tree.ts';
import { findOrgan } from './organs.ts';
import { remembered } from './reads.ts';
import { getRegions } from './regions.ts';
import { getSisterItems } from './sister-items.ts';

export interface OrganHealth {
  /** items that were looked at: all that are not cancelled */
  readonly checked: number;
  readonly findings: readonly HealthFinding[];
  /** organs whose lists it was held against */
  readonly sisters: readonly { readonly key: string; readonly name: string }[];
}

/** 清单体检 of an organ's list as it is on the day of the pages. */
export const getHealth = remembered((organ: string): OrganHealth => {
  const record = findOrgan(organ);
  const organs = getOrganIdentities().map((one) => one.organ);
  const items = [...getItems(organ).values()].flatMap(({ key, current: { item } }): CheckedItem[] =>
    item === undefined || item.state === 'cancelled' ? [] : [{ key, item }],
  );
  const sisters = record ? [...sistersOf(record.organ, organs)].map(([key, name]) => ({ key, name })) : [];
  const findings = checkList(items, {
    organ: record?.organ,
    organs,
    regions: [...getRegions().values()].map(({ region }) => region),
    sisters: sisters.flatMap(({ key }) => getSisterItems(key)),
    negativeItems: negativeItems(),
    certificateTypes: [...getCertificateTypes().values()],
  });
  return { checked: items.length, findings, sisters };
}, 4);

function negativeItems(): NegativeListItem[] {
  return getNegativeLists()
    .filter(({ list }) => list.kind === 'market-access')
    .flatMap(({ key }) => [...getNegativeItems(key).values()].flatMap(({ current: { item } }) => item ?? []));
}

export interface HealthGroup {
  readonly rule: HealthRule;
  readonly findings: readonly HealthFinding[];
}

/** Findings under their rules, in the order of the rules. */
export function groupByRule(findings: readonly HealthFinding[]): HealthGroup[] {
  const groups = Map.groupBy(findings, ({ rule }) => rule);
  return HEALTH_RULE_CODES.flatMap((rule) => {
    const found = groups.get(rule);
    return found ? [{ rule, findings: found }] : [];
  });
}

/** Rules under which nothing was found. */
export function rulesPassed(findings: readonly HealthFinding[]): HealthRule[] {
  const found = new Set(findings.map(({ rule }) => rule));
  return HEALTH_RULE_CODES.filter((rule) => !found.has(rule));
}

export const gradeOf = (rule: HealthRule) => HEALTH_RULES[rule].grade;

/** Place in the item → anchor of its page. */
const ANCHORS: readonly (readonly [RegExp, string])[] = [
  [/^\/service\/materials/, 'materials'],
  [/^\/service\/(?:promised|statutory)Time/, 'time'],
  [/^\/service\/fee/, 'fee'],
  [/^\/service\/result/, 'result'],
  [/^\/subItems/, 'sub-items'],
  [/^\/levels/, 'levels'],
  [/dut(?:ies|y)/i, 'duties'],
  [/bas[ei]s/i, 'bases'],
];

/** Where what was found stands: in the item's page, or in the negative list's. */
export function findingAddress({ key, pointer, related }: HealthFinding): string | undefined {
  if (key === undefined) {
    const [measure] = related ?? [];
    return measure && findItemAddress(measure.key);
  }
  const anchor = ANCHORS.find(([pattern]) => pattern.test(pointer))?.[1];
  return `${findItemAddress(key) ?? ''}${anchor === undefined ? '' : `#${anchor}`}`;
}
