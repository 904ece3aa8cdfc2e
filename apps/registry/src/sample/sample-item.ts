import type { CategoryCode } from '@mandate/codes';
import { LEVELS, type AuthorityItem, type ItemState, type LegalBasis, type Level } from '@mandate/lists';
import { ACCOUNTABLE, DUTY_BASES, GROUNDS } from './category-duties.ts';
import { textOf } from './legal-basis.ts';

type SubItem = AuthorityItem['subItems'][number];

/** What an item says at one time, as short as it can be written; `toAuthorityItem` spells it out. */
interface Wording {
  readonly name: string;
  readonly state?: ItemState;
  /** 承办机构 */
  readonly office: string;
  readonly bases: readonly LegalBasis[];
  readonly levels: readonly (readonly [level: Level, division: string])[];
  readonly departmentDuties: string;
  /** 责任事项 by stage, in the order of the procedure */
  readonly duties: readonly (readonly [stage: string, duty: string])[];
  /** the ground of accountability that only this item has */
  readonly ground: string;
  readonly subItems?: readonly (readonly [name: string, ...bases: LegalBasis[]])[];
  readonly remedies?: string;
  readonly remarks?: string;
}

/** From this day on, because of this, the item says that instead. */
export interface SampleChange extends Partial<Wording> {
  /** effective day, `YYYY-MM-DD` */
  readonly day: string;
  readonly reason: string;
}

export interface SampleItem extends Wording {
  readonly category: CategoryCode;
  /** effective day and reason of the first entry; without them it came with the first list */
  readonly listed?: { readonly day: string; readonly reason: string };
  readonly changes?: readonly SampleChange[];
}

const FIRST_LIST = { day: '2023-03-01', reason: '示例：首次编制权责清单并公布' };

/** Every wording of an item with its day and reason, oldest first. */
export function wordingsOf(item: SampleItem): { day: string; reason: string; wording: Wording }[] {
  const { category: _category, listed = FIRST_LIST, changes = [], ...first } = item;
  const wordings: { day: string; reason: string; wording: Wording }[] = [{ ...listed, wording: first }];
  let wording: Wording = first;
  for (const { day, reason, ...change } of changes) {
    wording = { ...wording, ...change };
    wordings.push({ day, reason, wording });
  }
  return wordings;
}

/** @param organ key and name of the organ whose item it is */
export function toAuthorityItem(
  organ: { readonly key: string; readonly name: string },
  category: CategoryCode,
  wording: Wording,
): AuthorityItem {
  const dutyBases = DUTY_BASES[category];
  const duties = wording.duties.map(([stage, duty], n) => ({
    stage,
    text: `${n + 1}.${stage}责任：${duty}`,
  }));
  return {
    schema: 'authority-item/1',
    organ: organ.key,
    name: wording.name,
    category,
    state: wording.state ?? 'in-force',
    implementingOrgan: organ.name,
    handlingOffice: wording.office,
    basisText: textOf(wording.bases),
    bases: [...wording.bases],
    levels: wording.levels.map(([level, division]) => ({ level, label: LEVELS[level], division })),
    departmentDuties: wording.departmentDuties,
    dutiesText: duties.map(({ text }) => text).join('\n'),
    duties,
    dutyBasisText: textOf(dutyBases),
    dutyBases: [...dutyBases],
    accountablePersons: ACCOUNTABLE,
    accountabilityGrounds: [...GROUNDS[category], wording.ground]
      .map((text, n) => `${n + 1}.${text}`)
      .join('\n'),
    subItems: (wording.subItems ?? []).map(toSubItem),
    ...(wording.remedies !== undefined && { remedies: wording.remedies }),
    ...(wording.remarks !== undefined && { remarks: wording.remarks }),
    sample: true,
  };
}

function toSubItem([name, ...bases]: readonly [name: string, ...bases: LegalBasis[]]): SubItem {
  return { name, ...(bases.length > 0 && { basisText: textOf(bases) }), bases };
}
