import type { AuthorityItem } from '@mandate/lists';
import { measuresOf } from '../../published/measures.ts';
import type { Words } from './part-view.ts';

/** An anchor of the page. Addresses that people may have noted: they do not change. */
export interface Section extends Words {
  readonly id: string;
}

const SERVICE: Section = { id: 'service', zh: '问谁、怎么办', en: 'Whom to ask' };

/** The sections an item has, in page order: the page's own table of contents. */
export function sectionsOf(item: AuthorityItem): Section[] {
  const { service, process = [], risks = [], discretion = [], codes } = item;
  const all: [boolean, Section][] = [
    [!service, SERVICE],
    [
      service !== undefined && ((service.applicants?.length ?? 0) > 0 || service.conditions !== undefined),
      { id: 'eligibility', zh: '谁能办', en: 'May I?' },
    ],
    [
      codes?.base !== undefined && measuresOf(codes.base).length > 0,
      { id: 'negative', zh: '负面清单', en: 'Negative list' },
    ],
    [(service?.materials?.length ?? 0) > 0, { id: 'materials', zh: '带什么', en: 'What to bring' }],
    [
      [service?.promisedTime, service?.statutoryTime, service?.handling].some((one) => one !== undefined),
      { id: 'time', zh: '多久', en: 'How long' },
    ],
    [service?.fee !== undefined, { id: 'fee', zh: '收费', en: 'Cost' }],
    [
      (service?.windows?.length ?? 0) > 0 ||
        service?.consultation !== undefined ||
        service?.visits !== undefined,
      { id: 'where', zh: '到哪里', en: 'Where' },
    ],
    [
      service?.complaint !== undefined || item.remedies !== undefined,
      { id: 'remedies', zh: '投诉和救济', en: 'Complaints' },
    ],
    [service?.result !== undefined, { id: 'result', zh: '得到什么', en: 'Result' }],
    [true, { id: 'responsibility', zh: '权力与责任', en: 'Power and duty' }],
    [item.subItems.length > 0, { id: 'sub-items', zh: '子项', en: 'Sub-items' }],
    [process.length > 0, { id: 'process', zh: '流程', en: 'Process' }],
    [risks.length > 0, { id: 'risks', zh: '廉政风险', en: 'Risks' }],
    [discretion.length > 0, { id: 'discretion', zh: '裁量基准', en: 'Discretion' }],
    [item.remarks !== undefined, { id: 'remarks', zh: '备注', en: 'Remarks' }],
  ];
  return all.flatMap(([has, section]) => (has ? [section] : []));
}
