import type { AuthorityItem } from '../authority-item.ts';
import type { NegativeListItem } from '../negative-list.ts';
import type { Organ } from '../organ.ts';
import { excerpt, type HealthFinding, type ItemFinding } from './finding.ts';
import { departmentOf } from './likeness.ts';
import { HEALTH_RULES } from './rules.ts';

/** Licence measures in force that say by which code they are carried. */
function licenceMeasures(items: readonly NegativeListItem[]) {
  return items
    .filter(({ state, chapter }) => state === 'in-force' && chapter === 'permitted')
    .flatMap(({ list, code, measures }) =>
      measures.flatMap((measure, n) => {
        const codes = measure.baseCodes ?? [];
        return codes.length === 0
          ? []
          : [{ key: `${list}.${code}`, pointer: `/measures/${n.toString()}`, measure, codes }];
      }),
    );
}

/**
 * Measures of the negative list that no power carries.
 * @param codes base codes of the powers in force
 * @param organ only measures in the charge of this organ's trade; absent: all of them
 */
export function checkMeasures(
  items: readonly NegativeListItem[],
  codes: ReadonlySet<string>,
  organ?: Pick<Organ, 'name' | 'regionName'>,
): HealthFinding[] {
  const department = organ && departmentOf(organ);
  return licenceMeasures(items)
    .filter(({ codes: wanted }) => !wanted.some((code) => codes.has(code)))
    .filter(({ measure }) => department === undefined || isInCharge(measure.authority, department))
    .map(({ key, pointer, measure, codes: wanted }) => ({
      rule: 'measure-without-power',
      name: excerpt(measure.text),
      pointer,
      place: `负面清单的措施，主管部门：${measure.authority ?? '没有写明'}`,
      text: `基本编码${wanted.join('、')}，权力清单里没有`,
      advice: HEALTH_RULES['measure-without-power'].advice,
      related: [{ key, name: excerpt(measure.text) }],
    }));
}

/** 农业农村部门 names the trade of 示例市农业农村局. */
function isInCharge(authority: string | undefined, department: string): boolean {
  const words = (authority ?? '').replace(/[和与及、]/gu, '');
  return department.length >= 2 && words.includes(department);
}

/** A licence of the market that the negative list does not know; one of persons' qualifications is not its business. */
export function checkLicence(item: AuthorityItem, items: readonly NegativeListItem[]): ItemFinding[] {
  const base = item.codes?.base;
  if (item.category !== '01' || item.state !== 'in-force' || base === undefined || items.length === 0)
    return [];
  const { applicants } = item.service ?? {};
  if (applicants && applicants.length > 0 && applicants.every((one) => one === 'natural-person')) return [];
  const known = items.some(
    ({ state, measures }) =>
      state === 'in-force' && measures.some(({ baseCodes }) => baseCodes?.includes(base)),
  );
  if (known) return [];
  return [{ rule: 'power-without-measure', pointer: '/codes/base', place: '基本编码', text: base }];
}
