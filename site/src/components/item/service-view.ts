import type { AuthorityItem, Material, ServiceFacts, TimeLimit } from '@mandate/lists';
import { getCertificateTypes } from '../../published/certificate-types.ts';
import type { Words } from './part-view.ts';

type Applicant = NonNullable<ServiceFacts['applicants']>[number];

const APPLICANTS: Readonly<Record<Applicant, Words>> = {
  'natural-person': { zh: '个人', en: 'Persons' },
  'legal-person': { zh: '企业、单位', en: 'Companies and institutions' },
  'other-organization': { zh: '其他组织', en: 'Other organizations' },
};

const FORMS: Readonly<Record<NonNullable<Material['form']>, Words>> = {
  paper: { zh: '纸质', en: 'on paper' },
  electronic: { zh: '电子', en: 'electronic' },
  either: { zh: '纸质或电子', en: 'on paper or electronic' },
};

const NECESSITIES: Readonly<Record<NonNullable<Material['necessity']>, Words>> = {
  required: { zh: '必须', en: 'Required' },
  optional: { zh: '视情况', en: 'In some cases' },
  'may-follow': { zh: '可以后补', en: 'May follow later' },
};

const SOURCES: Readonly<Record<NonNullable<Material['source']>, Words>> = {
  applicant: { zh: '自己准备', en: 'You make it' },
  government: { zh: '政府部门出具', en: 'From a government department' },
  other: { zh: '其他单位出具', en: 'From another organization' },
};

export interface MaterialView {
  readonly name: string;
  readonly field: string;
  readonly necessity: Words | undefined;
  /** how many, in what form; absent where the list does not say */
  readonly count: Words | undefined;
  readonly source: Words | undefined;
  readonly sourceOrgan: string | undefined;
  readonly blankForm: string | undefined;
  readonly sampleForm: string | undefined;
  readonly hasForms: boolean;
  /** the list promises a form and gives none */
  readonly isFormMissing: boolean;
  readonly remarks: string | undefined;
  readonly basis: string | undefined;
  /** name of the certificate of this registry that it is: nobody may ask for it (免提交) */
  readonly waivedAs: string | undefined;
}

export interface ServiceView {
  readonly applicants: readonly Words[];
  readonly materials: readonly MaterialView[];
  readonly waived: number;
  /** the time that counts, and what to say of the other */
  readonly time: readonly { readonly words: Words; readonly text: string; readonly field: string }[];
  readonly timeSaved: Words | undefined;
  readonly handling: Words | undefined;
  readonly visits: Words | undefined;
  readonly certificates: readonly string[];
}

/** What a page says of the service facts beside the list's own words. */
export function serviceView(item: AuthorityItem, service: ServiceFacts): ServiceView {
  const { applicants = [], materials = [], statutoryTime, promisedTime, handling, visits, result } = service;
  const views = materials.map(materialView);
  const promised = { zh: '承诺多久', en: 'Promised' };
  const statutory = { zh: '法定期限', en: 'By law' };
  return {
    applicants: applicants.map((one) => APPLICANTS[one]),
    materials: views,
    waived: views.filter(({ waivedAs }) => waivedAs !== undefined).length,
    time: [
      ...(promisedTime
        ? [{ words: promised, text: promisedTime.text, field: '/service/promisedTime/text' }]
        : []),
      ...(statutoryTime
        ? [{ words: statutory, text: statutoryTime.text, field: '/service/statutoryTime/text' }]
        : []),
    ],
    timeSaved: timeSaved(statutoryTime, promisedTime),
    handling:
      handling &&
      {
        immediate: { zh: '即办件，当场办结', en: 'Done while you wait' },
        promised: { zh: '承诺件，在承诺的时间内办结', en: 'Done within the promised time' },
      }[handling],
    visits:
      visits === undefined
        ? undefined
        : visits === 0
          ? { zh: '不用到现场', en: 'No visit needed' }
          : { zh: `到现场 ${visits} 次`, en: visits === 1 ? '1 visit' : `${visits} visits` },
    certificates: certificatesOf(item, result?.certificateType),
  };
}

function materialView(material: Material, n: number): MaterialView {
  const { name, form, necessity, originals, copies, source, sourceOrgan, certificateType } = material;
  const counts = [
    ...(originals
      ? [{ zh: `原件 ${originals} 份`, en: `${originals} original${originals > 1 ? 's' : ''}` }]
      : []),
    ...(copies ? [{ zh: `复印件 ${copies} 份`, en: copies > 1 ? `${copies} copies` : '1 copy' }] : []),
    ...(form ? [FORMS[form]] : []),
  ];
  return {
    name,
    field: `/service/materials/${n}`,
    necessity: necessity && NECESSITIES[necessity],
    count:
      counts.length === 0
        ? undefined
        : { zh: counts.map(({ zh }) => zh).join('，'), en: counts.map(({ en }) => en).join(', ') },
    source: source && SOURCES[source],
    sourceOrgan,
    blankForm: material.blankForm,
    sampleForm: material.sampleForm,
    hasForms: [material.blankForm, material.sampleForm, material.formOffered].some(
      (one) => one !== undefined,
    ),
    isFormMissing: material.formOffered === true && material.blankForm === undefined,
    remarks: material.remarks,
    basis: material.basis,
    waivedAs: certificateType === undefined ? undefined : getCertificateTypes().get(certificateType)?.name,
  };
}

function timeSaved(statutory?: TimeLimit, promised?: TimeLimit): Words | undefined {
  if (statutory?.days === undefined || promised?.days === undefined || statutory.unit !== promised.unit)
    return;
  const days = statutory.days - promised.days;
  if (days <= 0) return;
  return promised.unit === 'calendar-day'
    ? { zh: `比法定期限短 ${days} 天`, en: `${days} days less than the law allows` }
    : { zh: `比法定期限短 ${days} 个工作日`, en: `${days} working days less than the law allows` };
}

/** Names of the certificates of this registry that are issued under the power. */
function certificatesOf({ name, category, state }: AuthorityItem, result: string | undefined): string[] {
  if (state === 'cancelled') return [];
  const names = [...getCertificateTypes()].flatMap(([code, type]) =>
    code === result || (type.mandate.category === category && type.mandate.itemNames.includes(name))
      ? [type.name]
      : [],
  );
  return [...new Set(names)];
}
