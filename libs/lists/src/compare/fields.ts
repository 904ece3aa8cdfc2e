import { CATEGORIES, INDUSTRY_SECTIONS } from '@mandate/codes';
import { POWER_SOURCES } from '../authority-item.ts';
import { LEVELS } from '../levels.ts';

interface FieldName {
  readonly name: string;
  readonly english: string;
  /** what its codes mean */
  readonly words?: Readonly<Record<string, string>>;
}

const field = (name: string, english: string, words?: FieldName['words']): FieldName => ({
  name,
  english,
  ...(words && { words }),
});

/**
 * Fields in the order in which a citizen reads them, by `<list or object they are in>.<key>`, or by the key alone where it
 * means the same everywhere. What is not here comes last, under its own key.
 */
export const FIELD_NAMES: Readonly<Record<string, FieldName>> = {
  'tiers.tier': field('阶次', 'Tier'),
  number: field('项目号', 'Number'),
  name: field('名称', 'Name'),
  label: field('层级的写法', 'Level as printed'),
  level: field('层级', 'Level', LEVELS),
  state: field('状态', 'State', { 'in-force': '在用', suspended: '暂停', cancelled: '已取消' }),
  category: field('权力类型', 'Category', CATEGORIES),
  chapter: field('类别', 'Chapter', { prohibited: '禁止准入类', permitted: '许可准入类' }),
  section: field('门类', 'Section', INDUSTRY_SECTIONS),
  sectionName: field('门类标题', 'Section heading'),
  organ: field('实施机关', 'Organ'),
  list: field('所属清单', 'List'),
  code: field('事项编码', 'Code'),
  codes: field('编码', 'Codes'),
  base: field('基本编码', 'Base code'),
  implementation: field('实施编码', 'Implementation code'),
  business: field('业务办理项编码', 'Business code'),
  former: field('旧职权编码', 'Former code'),
  other: field('其他编码', 'Other code'),
  measures: field('准入措施', 'Measures'),
  authority: field('主管部门', 'Authority'),
  baseCodes: field('对应的基本编码', 'Base codes'),
  provisional: field('暂时列入', 'Provisional'),
  local: field('适用地区', 'Region'),
  service: field('办事须知', 'Service'),
  applicants: field('服务对象', 'Applicants', {
    'natural-person': '自然人',
    'legal-person': '企业法人',
    'other-organization': '其他组织',
  }),
  conditions: field('受理条件', 'Conditions'),
  materials: field('申请材料', 'Documents to bring'),
  form: field('形式', 'Form', { paper: '纸质', electronic: '电子', either: '纸质或电子' }),
  necessity: field('必要性', 'Necessity', {
    required: '必要',
    optional: '非必要',
    'may-follow': '容缺后补',
  }),
  originals: field('原件份数', 'Originals'),
  copies: field('复印件份数', 'Copies'),
  source: field('来源渠道', 'Source', {
    applicant: '申请人自备',
    government: '政府部门核发',
    other: '其他',
  }),
  sourceOrgan: field('出具单位', 'Made out by'),
  blankForm: field('空白表格', 'Blank form'),
  sampleForm: field('示例样表', 'Sample form'),
  formOffered: field('提供表格下载', 'Form offered'),
  certificateType: field('证照类型代码', 'Certificate type'),
  handling: field('办件类型', 'Handling', { immediate: '即办件', promised: '承诺件' }),
  statutoryTime: field('法定办结时限', 'Statutory time limit'),
  promisedTime: field('承诺办结时限', 'Promised time limit'),
  'statutoryTime.text': field('法定办结时限', 'Statutory time limit'),
  'statutoryTime.days': field('法定办结时限（天数）', 'Statutory time limit (days)'),
  'promisedTime.text': field('承诺办结时限', 'Promised time limit'),
  'promisedTime.days': field('承诺办结时限（天数）', 'Promised time limit (days)'),
  days: field('天数', 'Days'),
  unit: field('单位', 'Unit', { 'working-day': '工作日', 'calendar-day': '自然日' }),
  fee: field('收费', 'Fee'),
  charged: field('是否收费', 'Charged'),
  'fee.standard': field('收费标准', 'Fee rate'),
  'fee.basis': field('收费依据', 'Basis of the fee'),
  visits: field('到现场次数', 'Visits'),
  windows: field('办理地点', 'Where'),
  address: field('地址', 'Address'),
  hours: field('办理时间', 'Hours'),
  phone: field('电话', 'Telephone'),
  url: field('网址', 'Web address'),
  consultation: field('咨询方式', 'Whom to ask'),
  complaint: field('监督投诉方式', 'Where to complain'),
  'service.result': field('办理结果', 'Result'),
  'result.name': field('结果名称', 'Result'),
  validity: field('有效期', 'Validity'),
  delivery: field('送达方式', 'Delivery'),
  implementingOrgan: field('行使主体（清单原文）', 'Organ as printed'),
  handlingOffice: field('承办机构', 'Handling office'),
  organNature: field('实施主体性质', 'Nature of the organ', {
    statutory: '法定机关',
    authorized: '授权组织',
    entrusted: '受委托组织',
  }),
  powerSource: field('权力来源', 'Source of the power', POWER_SOURCES),
  levels: field('行使层级与分工', 'Levels'),
  division: field('分工', 'Division of authority'),
  bases: field('设定和实施依据', 'Legal bases'),
  basisText: field('设定和实施依据', 'Legal bases'),
  title: field('文件名称', 'Title'),
  version: field('版本', 'Version'),
  articles: field('条款', 'Articles'),
  'bases.kind': field('依据种类', 'Kind of basis', {
    law: '法律',
    'administrative-regulation': '行政法规',
    'local-regulation': '地方性法规',
    rule: '规章',
    'state-council-decision': '国务院决定',
    'normative-document': '规范性文件',
    unknown: '未归类',
  }),
  subItems: field('子项', 'Sub-items'),
  departmentDuties: field('部门职责', 'Duties of the department'),
  duties: field('责任事项', 'Duties'),
  dutiesText: field('责任事项', 'Duties'),
  stage: field('阶段', 'Stage'),
  'duties.kind': field('责任种类', 'Kind of duty', {
    direct: '直接实施责任',
    supervision: '指导监督责任',
  }),
  dutyBases: field('责任事项依据', 'Bases of the duties'),
  dutyBasisText: field('责任事项依据', 'Bases of the duties'),
  accountablePersons: field('追责对象范围', 'Who answers'),
  accountabilityGrounds: field('追责情形', 'When they answer'),
  process: field('办理流程', 'Process'),
  handler: field('办理人', 'Handled by'),
  time: field('时限', 'Time'),
  standard: field('审查标准', 'Standard'),
  result: field('办理结果', 'Result'),
  next: field('下一环节', 'Next'),
  risks: field('廉政风险点', 'Integrity risks'),
  step: field('环节', 'Step'),
  'risks.form': field('表现形式', 'Form'),
  grade: field('等级', 'Grade', { high: '高', medium: '中', low: '低' }),
  'risks.measures': field('防控措施', 'Safeguards'),
  post: field('责任岗位', 'Post'),
  discretion: field('裁量基准', 'Discretion'),
  conduct: field('情形', 'Conduct'),
  basis: field('依据', 'Basis'),
  tiers: field('阶次', 'Tiers'),
  circumstances: field('适用情形', 'Circumstances'),
  'tiers.standard': field('具体标准', 'Standard'),
  remedies: field('救济渠道', 'Remedies'),
  remarks: field('备注', 'Remarks'),
  id: field('标识', 'Identifier'),
  text: field('内容', 'Text'),
  schema: field('数据格式', 'Format'),
  sample: field('示例', 'Sample'),
};

const ORDER = new Map(Object.keys(FIELD_NAMES).map((name, place) => [name, place]));

/** Key of FIELD_NAMES for a field; `parent` is the key of the list or object it is in, empty at the top. */
function nameKey(parent: string, key: string): string {
  const alias = parent === 'dutyBases' ? 'bases' : parent;
  return Object.hasOwn(FIELD_NAMES, `${alias}.${key}`) ? `${alias}.${key}` : key;
}

export function fieldName(parent: string, key: string): FieldName {
  const found = nameKey(parent, key);
  return Object.hasOwn(FIELD_NAMES, found) ? (FIELD_NAMES[found] ?? field(key, key)) : field(key, key);
}

/** Keys of one or more objects, each once, in reading order. */
export function inReadingOrder(parent: string, keys: Iterable<string>): string[] {
  const place = (key: string): number => ORDER.get(nameKey(parent, key)) ?? ORDER.size;
  return [...new Set(keys)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}
