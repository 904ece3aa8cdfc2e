import type { AuthorityItem } from '../authority-item.ts';
import type { NegativeListItem } from '../negative-list.ts';
import type { Organ } from '../organ.ts';
import { checkMaterials, checkResult, type KnownCertificateType } from './certificates.ts';
import { checkBases, checkDuties } from './duties-and-bases.ts';
import { excerpt, type HealthFinding } from './finding.ts';
import { comparableName } from './likeness.ts';
import { checkLicence, checkMeasures } from './measures.ts';
import { checkRubbish } from './rubbish.ts';
import { checkNames, knownNames } from './names.ts';
import { HEALTH_RULE_CODES, HEALTH_RULES } from './rules.ts';
import { checkService } from './service.ts';
import { Sisters, type SisterItem } from './sisters.ts';

/** What a list is held against. Everything may be absent; the rules that need it are then silent. */
export interface HealthContext {
  /** whose list it is */
  readonly organ?: Organ | undefined;
  /** all organs: their names must not stand in names, and some of them are sisters */
  readonly organs?: readonly Organ[] | undefined;
  readonly regions?: readonly { readonly name: string }[] | undefined;
  /** items of other organs (`ItemSummary` will do); the check picks those of sister organs */
  readonly sisters?: readonly SisterItem[] | undefined;
  readonly negativeItems?: readonly NegativeListItem[] | undefined;
  readonly certificateTypes?: readonly KnownCertificateType[] | undefined;
}

/** An item with its key; a draft's new item has none yet. */
export interface CheckedItem {
  readonly key?: string | undefined;
  readonly item: AuthorityItem;
}

/**
 * 清单体检 of a list. Pure: the same list and context give the same findings, by rule and then in the order of the list.
 */
export function checkList(items: readonly CheckedItem[], context: HealthContext = {}): HealthFinding[] {
  const check = openHealthCheck(context);
  const found = items.flatMap(check);
  return inOrderOfRules([...found, ...listedTwice(items), ...unservedMeasures(items, context)]);
}

/** The check of one item at a time, with what it is held against made ready once. */
export function openHealthCheck(context: HealthContext = {}): (checked: CheckedItem) => HealthFinding[] {
  const {
    organ,
    organs = organ ? [organ] : [],
    regions = [],
    sisters,
    negativeItems,
    certificateTypes,
  } = context;
  const names = knownNames(organs, regions);
  const others = organ && sisters && new Sisters(organ, organs, sisters, names.places);
  return ({ key, item }) => {
    // What is cancelled harms nobody.
    if (item.state === 'cancelled') return [];
    return [
      ...checkRubbish(item),
      ...checkDuties(item),
      ...checkBases(item),
      ...checkNames(item, names),
      ...checkService(item),
      ...(certificateTypes
        ? [...checkMaterials(item, certificateTypes), ...checkResult(item, certificateTypes)]
        : []),
      ...(others?.check(item) ?? []),
      ...(negativeItems ? checkLicence(item, negativeItems) : []),
    ].map((found) => ({
      ...found,
      ...(key !== undefined && { key }),
      name: item.name,
      advice: HEALTH_RULES[found.rule].advice,
    }));
  };
}

/** Powers of one category whose names say the same; each but the first, held against that. */
function listedTwice(items: readonly CheckedItem[]): HealthFinding[] {
  const seen = new Map<string, CheckedItem>();
  return items.flatMap((checked): HealthFinding[] => {
    const { key, item } = checked;
    if (item.state === 'cancelled') return [];
    const likeness = `${item.category} ${comparableName(item.name, [])}`;
    const first = seen.get(likeness);
    if (first === undefined) {
      seen.set(likeness, checked);
      return [];
    }
    return [
      {
        rule: 'listed-twice',
        ...(key !== undefined && { key }),
        name: item.name,
        pointer: '/name',
        place: '事项名称',
        text: `另一项叫“${excerpt(first.item.name)}”`,
        advice: HEALTH_RULES['listed-twice'].advice,
        ...(first.key !== undefined && { related: [{ key: first.key, name: first.item.name }] }),
      },
    ];
  });
}

/** Measures in the charge of this organ that neither it nor a sister carries. */
function unservedMeasures(items: readonly CheckedItem[], context: HealthContext): HealthFinding[] {
  const { organ, negativeItems, sisters = [] } = context;
  if (!organ || !negativeItems) return [];
  const codes = new Set<string>();
  for (const { item } of items)
    if (item.state !== 'cancelled' && item.codes?.base !== undefined) codes.add(item.codes.base);
  for (const { state, baseCode } of sisters)
    if (state !== 'cancelled' && baseCode !== undefined) codes.add(baseCode);
  return checkMeasures(negativeItems, codes, organ);
}

/** By rule, in the order of the table; within a rule as they were found. */
export function inOrderOfRules(findings: readonly HealthFinding[]): HealthFinding[] {
  const groups = Map.groupBy(findings, ({ rule }) => rule);
  return HEALTH_RULE_CODES.flatMap((rule) => groups.get(rule) ?? []);
}
