import type { ItemState, LegalBasis } from '@mandate/lists';

export const STATE_WORDS: Readonly<Record<ItemState, string>> = {
  'in-force': '在用',
  suspended: '暂停',
  cancelled: '已取消',
};

export const BASIS_KINDS: Readonly<Record<LegalBasis['kind'], string>> = {
  law: '法律',
  'administrative-regulation': '行政法规',
  'local-regulation': '地方性法规',
  rule: '规章',
  'state-council-decision': '国务院决定',
  'normative-document': '规范性文件',
  unknown: '依据',
};

export const DUTY_KINDS = { direct: '直接实施责任', supervision: '指导监督责任' } as const;

/** Names of an item's fields, in the order a page shows them. */
export const FIELD_WORDS = {
  name: '事项名称',
  state: '状态',
  category: '权力类型',
  organ: '实施机关',
  codes: '编码',
  implementingOrgan: '行使主体（清单原文）',
  handlingOffice: '承办机构',
  levels: '行使层级与分工',
  bases: '设定和实施依据',
  basisText: '依据原文',
  subItems: '子项',
  departmentDuties: '部门职责',
  duties: '责任事项',
  dutiesText: '责任事项',
  dutyBases: '责任事项依据',
  dutyBasisText: '责任事项依据原文',
  accountablePersons: '追责对象范围',
  accountabilityGrounds: '追责情形',
  remedies: '救济渠道',
  remarks: '备注',
} as const;

export type FieldName = keyof typeof FIELD_WORDS;
