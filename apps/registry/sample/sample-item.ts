import type { CategoryCode } from '@mandate/codes';
import {
  CHANGE_KINDS,
  LEVELS,
  type AuthorityItem,
  type ChangeKind,
  type ItemState,
  type LegalBasis,
  type Level,
  type Organ,
} from '@mandate/lists';
import { ACCOUNTABLE, DUTY_BASES, GROUNDS } from './category-duties.ts';
import { textOf } from './legal-basis.ts';
import type { Department } from './organs.ts';

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
  /** 责任事项 by stage, in the order of the procedure; empty only where the health check is to find that */
  readonly duties: readonly (readonly [stage: string, duty: string])[];
  /** absent: those of the category */
  readonly dutyBases?: readonly LegalBasis[];
  /** the ground of accountability that only this item has */
  readonly ground: string;
  readonly subItems?: readonly (readonly [name: string, ...bases: LegalBasis[]])[];
  readonly remedies?: string;
  readonly remarks?: string;
  /** 基本编码, 12 digits; its region 01 is that of 示例省, which is nobody's */
  readonly baseCode?: string;
  readonly formerCode?: string;
  readonly organNature?: NonNullable<AuthorityItem['organNature']>;
  readonly powerSource?: NonNullable<AuthorityItem['powerSource']>;
  readonly service?: NonNullable<AuthorityItem['service']>;
  readonly process?: NonNullable<AuthorityItem['process']>;
  readonly risks?: NonNullable<AuthorityItem['risks']>;
  readonly discretion?: NonNullable<AuthorityItem['discretion']>;
}

/** An item of the sample by its organ and the name it was first listed under. */
export type SampleReference = readonly [department: Department, name: string];

/** Why an item says what it says. */
interface Decision {
  /** effective day, `YYYY-MM-DD` */
  readonly day: string;
  /** opens with the name of its kind: 变更：… */
  readonly reason: string;
  /** the item it was handed to or taken over from */
  readonly related?: SampleReference;
}

/** From this day on, because of this, the item says that instead. */
export interface SampleChange extends Partial<Wording>, Decision {}

/** What is written apart from the item itself: facts for those who are served, and for those who watch. */
export type SampleFacts = Partial<Wording> & { readonly changes?: readonly SampleChange[] };

export interface SampleItem extends Wording {
  readonly category: CategoryCode;
  /** of the first entry; without it the item came with the first list */
  readonly listed?: Decision;
  readonly changes?: readonly SampleChange[];
}

export const FIRST_LIST = { day: '2023-03-01', reason: '示例：首次编制权责清单并公布' };

/** The item with its facts; the changes of both in the order of their days. */
export function withFacts(item: SampleItem, facts: SampleFacts | undefined): SampleItem {
  if (facts === undefined) return item;
  const { changes = [], ...said } = facts;
  const all = [...(item.changes ?? []), ...changes].sort((a, b) => (a.day < b.day ? -1 : 1));
  return { ...item, ...said, ...(all.length > 0 && { changes: all }) };
}

/** Every wording of an item with its decision, oldest first. */
export function wordingsOf(item: SampleItem): (Decision & { wording: Wording })[] {
  const { category: _category, listed = FIRST_LIST, changes = [], ...first } = item;
  const wordings: (Decision & { wording: Wording })[] = [{ ...listed, wording: first }];
  let wording: Wording = first;
  for (const { day, reason, related, ...change } of changes) {
    wording = { ...wording, ...change };
    wordings.push({ day, reason, ...(related && { related }), wording });
  }
  return wordings;
}

/** 变更：… → the kind that it opens with, and the reason alone; what the first list held was not new by being recorded. */
export function decisionOf(text: string): { readonly kind: ChangeKind; readonly reason: string } {
  // Object.entries widens the keys; those of CHANGE_KINDS are the kinds.
  const kinds = Object.entries(CHANGE_KINDS) as [ChangeKind, { name: string }][];
  const [kind, { name }] = kinds.find(([, one]) => text.startsWith(`${one.name}：`)) ?? [
    text === FIRST_LIST.reason ? 'recorded' : 'added',
    { name: '' },
  ];
  return { kind, reason: name === '' ? text : text.slice(name.length + 1) };
}

/** @param organ whose item it is, as it is called on the day */
export function toAuthorityItem(organ: Organ, category: CategoryCode, wording: Wording): AuthorityItem {
  const { organNature, powerSource, service, process, risks, discretion } = wording;
  return {
    schema: 'authority-item/1',
    organ: organ.key,
    name: wording.name,
    category,
    state: wording.state ?? 'in-force',
    ...codesOf(organ, wording),
    implementingOrgan: organ.name,
    handlingOffice: wording.office,
    organNature: organNature ?? 'statutory',
    powerSource: powerSource ?? '1',
    basisText: textOf(wording.bases),
    bases: [...wording.bases],
    levels: wording.levels.map(([level, division]) => ({ level, label: LEVELS[level], division })),
    departmentDuties: wording.departmentDuties,
    ...dutiesOf(category, wording),
    accountablePersons: ACCOUNTABLE,
    accountabilityGrounds: [...GROUNDS[category], wording.ground]
      .map((text, n) => `${n + 1}.${text}`)
      .join('\n'),
    subItems: (wording.subItems ?? []).map(toSubItem),
    ...(wording.remedies !== undefined && { remedies: wording.remedies }),
    ...(service && { service }),
    ...(process && { process }),
    ...(risks && { risks }),
    ...(discretion && { discretion }),
    ...(wording.remarks !== undefined && { remarks: wording.remarks }),
    sample: true,
  };
}

/** 基本编码 12; with the code of the organ 实施编码 31, and where citizens are served 业务办理项编码 33. */
function codesOf(
  { uscc, level }: Organ,
  { baseCode: base, formerCode: former, service }: Wording,
): Pick<AuthorityItem, 'codes'> {
  if (base === undefined && former === undefined) return {};
  const implementation =
    uscc === undefined || level === undefined || base === undefined ? undefined : `${uscc}${level}${base}`;
  return {
    codes: {
      ...(base !== undefined && { base }),
      ...(implementation !== undefined && { implementation }),
      ...(implementation !== undefined && service && { business: `${implementation}01` }),
      ...(former !== undefined && { former }),
    },
  };
}

function dutiesOf(category: CategoryCode, wording: Wording): Partial<AuthorityItem> {
  const duties = wording.duties.map(([stage, duty], n) => ({
    stage,
    text: `${n + 1}.${stage}责任：${duty}`,
  }));
  if (duties.length === 0) return {};
  const dutyBases = wording.dutyBases ?? DUTY_BASES[category];
  return {
    dutiesText: duties.map(({ text }) => text).join('\n'),
    duties,
    ...(dutyBases.length > 0 && { dutyBasisText: textOf(dutyBases), dutyBases: [...dutyBases] }),
  };
}

function toSubItem([name, ...bases]: readonly [name: string, ...bases: LegalBasis[]]): SubItem {
  return { name, ...(bases.length > 0 && { basisText: textOf(bases) }), bases };
}
