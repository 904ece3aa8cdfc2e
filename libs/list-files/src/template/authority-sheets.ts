import { CATEGORIES } from '@mandate/codes';
import { LEVELS, POWER_SOURCES } from '@mandate/lists';
import { choice, column, MARK, type TemplateColumn, type TemplateSheet, WHOLE } from './template-sheet.ts';

export const STATES = { 'in-force': '在用', suspended: '暂停', cancelled: '取消' } as const;
const NATURES = { statutory: '法定机关', authorized: '授权组织', entrusted: '受委托组织' } as const;
const BASIS_KINDS = {
  law: '法律',
  'administrative-regulation': '行政法规',
  'local-regulation': '地方性法规',
  rule: '规章',
  'state-council-decision': '国务院决定',
  'normative-document': '规范性文件',
  unknown: '其他',
} as const;
const UNITS = { 'working-day': '工作日', 'calendar-day': '日' } as const;

const CARRIER: readonly TemplateColumn[] = [
  column('行使主体', 'implementingOrgan', { width: 20 }),
  column('承办机构', 'handlingOffice', { width: 16 }),
];
const BASIS = column('实施依据', 'basisText', {
  width: 50,
  note: '逐条写，每条以【法律】【行政法规】【地方性法规】【规章】【规范性文件】等开头，写明条款。',
});
const DUTY_TEXTS: readonly TemplateColumn[] = [
  column('部门职责', 'departmentDuties', { width: 30 }),
  column('责任事项内容', 'dutiesText', { width: 50, note: '按 1.受理责任：… 2.审查责任：… 分条写。' }),
  column('责任事项依据', 'dutyBasisText', { width: 40 }),
  column('追责对象范围', 'accountablePersons', { width: 20 }),
  column('追责情形', 'accountabilityGrounds', { width: 40 }),
];
const END: readonly TemplateColumn[] = [
  column('救济渠道', 'remedies', { width: 24 }),
  column('备注', 'remarks', { width: 20 }),
];

function timeLimit(word: string, path: string): readonly TemplateColumn[] {
  return [
    column(`${word}办结时限`, `service.${path}.text`, {
      width: 22,
      note: '照依据或承诺的原文写，如：自受理之日起20个工作日。',
    }),
    column(`${word}时限天数`, `service.${path}.days`, { value: WHOLE, note: '只填数字。' }),
    column(`${word}时限单位`, `service.${path}.unit`, { value: choice(UNITS) }),
  ];
}

/** The sheet with one row for each item; by itself it is the CSV form. */
export const ITEM_SHEET: TemplateSheet = {
  name: '事项',
  about: '一个事项一行。新事项的“事项标识”留空，已登记的不要改动。',
  addresses: ['serial'],
  columns: [
    column('事项标识', 'key', { width: 26, note: '登记簿给的标识。新事项留空；已登记的不要改动。' }),
    column('事项名称', 'name', { width: 30, required: true, note: '必填。名称里不写机关、地名和数量。' }),
    column('权力类型', 'category', { value: choice(CATEGORIES), width: 12, required: true, note: '必填。' }),
    column('事项状态', 'state', { value: choice(STATES), note: '留空为“在用”。' }),
    column('基本编码', 'codes.base', { width: 16, note: '12 位数字，没有的留空。' }),
    column('实施编码', 'codes.implementation', { width: 34, note: '31 位，没有的留空。' }),
    column('业务办理项编码', 'codes.business', { width: 36, note: '33 位，没有的留空。' }),
    column('职权编码', 'codes.former', { width: 20, note: '旧的 16 位职权编码，没有的留空。' }),
    column('其他编码', 'codes.other', { width: 20, note: '其他省份或系统的编码，照原样写。' }),
    ...CARRIER,
    column('主体性质', 'organNature', { value: choice(NATURES), width: 12 }),
    column('权力来源', 'powerSource', { value: choice(POWER_SOURCES), width: 14 }),
    BASIS,
    ...DUTY_TEXTS,
    ...END,
    column('服务对象', 'service.applicants', {
      value: {
        kind: 'choices',
        words: { 'natural-person': '自然人', 'legal-person': '法人', 'other-organization': '其他组织' },
      },
      note: '自然人、法人、其他组织，可以写几个，用顿号分开。',
    }),
    column('受理条件', 'service.conditions', { width: 40 }),
    column('办件类型', 'service.handling', { value: choice({ immediate: '即办件', promised: '承诺件' }) }),
    ...timeLimit('法定', 'statutoryTime'),
    ...timeLimit('承诺', 'promisedTime'),
    column('是否收费', 'service.fee.charged', { value: { kind: 'yes-no' } }),
    column('收费标准', 'service.fee.standard', { width: 24 }),
    column('收费依据', 'service.fee.basis', { width: 24 }),
    column('咨询方式', 'service.consultation', { width: 20 }),
    column('监督投诉方式', 'service.complaint', { width: 20 }),
    column('到办事现场次数', 'service.visits', { value: WHOLE }),
    column('办理结果名称', 'service.result.name', { width: 20 }),
    column('结果证照类型代码', 'service.result.certificateType', { width: 24 }),
    column('结果有效期', 'service.result.validity', { width: 14 }),
    column('结果送达方式', 'service.result.delivery', { width: 14 }),
    column('示例', 'sample', { value: MARK, note: '只在演示数据里填“是”。' }),
  ],
};

const DIVISION: readonly TemplateColumn[] = [...CARRIER, BASIS, ...DUTY_TEXTS, ...END];

/** The sheets beside it, in the order in which they are read: what others refer to stands before them. */
export const DETAIL_SHEETS = {
  subItems: {
    name: '子项',
    about: '事项有子项的，一个子项一行。',
    addresses: ['serial', 'sub'],
    columns: [column('子项名称', 'name', { width: 30, required: true }), ...DIVISION],
  },
  levels: {
    name: '层级',
    about: '实施层级及权限，一个层级一行。子项序号留空表示属于整个事项。',
    addresses: ['serial', 'sub', 'level'],
    columns: [
      column('实施层级', 'level', { value: choice(LEVELS) }),
      column('层级名称', 'label', { width: 16, note: '清单上的写法，如 地（州、市）级。' }),
      column('权限', 'division', { width: 40 }),
      ...DIVISION,
    ],
  },
  duties: {
    name: '责任',
    about: '需要逐条写明追责对象、依据的责任；其余的写在“责任事项内容”一栏即可，会自动分条。',
    addresses: ['serial', 'sub', 'level', 'duty'],
    columns: [
      column('环节', 'stage', { width: 12 }),
      column('责任性质', 'kind', { value: choice({ direct: '直接实施责任', supervision: '指导监督责任' }) }),
      column('责任内容', 'text', { width: 50 }),
      column('追责对象范围', 'accountablePersons', { width: 20 }),
      column('追责情形', 'accountabilityGrounds', { width: 40 }),
    ],
  },
  bases: {
    name: '依据',
    about: '依据的条文明细。一般不用填：“实施依据”“责任事项依据”会自动分条；填了的以这里为准。',
    addresses: ['serial', 'sub', 'level', 'duty', 'use'],
    columns: [
      column('依据种类', 'kind', { value: choice(BASIS_KINDS) }),
      column('名称', 'title', { width: 30 }),
      column('版本', 'version', { width: 16 }),
      column('条款', 'articles', { value: { kind: 'lines' }, width: 16, note: '一行一条。' }),
      column('原文', 'text', { width: 60 }),
    ],
  },
  materials: {
    name: '申请材料',
    about: '一份材料一行。',
    addresses: ['serial'],
    columns: [
      column('材料名称', 'name', { width: 30, required: true }),
      column('材料形式', 'form', {
        value: choice({ paper: '纸质', electronic: '电子', either: '纸质或电子' }),
      }),
      column('必要性', 'necessity', {
        value: choice({ required: '必要', optional: '非必要', 'may-follow': '容缺后补' }),
      }),
      column('原件份数', 'originals', { value: WHOLE }),
      column('复印件份数', 'copies', { value: WHOLE }),
      column('来源渠道', 'source', {
        value: choice({ applicant: '申请人自备', government: '政府部门核发', other: '其他' }),
        width: 14,
      }),
      column('来源单位', 'sourceOrgan', { width: 16 }),
      column('空白表格地址', 'blankForm', { width: 24, note: 'https:// 开头的下载地址。' }),
      column('示例样表地址', 'sampleForm', { width: 24, note: 'https:// 开头的下载地址。' }),
      column('有表格可下载', 'formOffered', { value: MARK }),
      column('材料依据', 'basis', { width: 30 }),
      column('证照类型代码', 'certificateType', {
        width: 24,
        note: '材料本身是电子证照的，填证照类型代码（21 位）。',
      }),
      column('材料说明', 'remarks', { width: 20 }),
    ],
  },
  windows: {
    name: '办理窗口',
    about: '一个窗口或网上办理入口一行。',
    addresses: ['serial'],
    columns: [
      column('窗口名称', 'name', { width: 20 }),
      column('地址', 'address', { width: 30 }),
      column('办理时间', 'hours', { width: 24 }),
      column('电话', 'phone', { width: 16 }),
      column('网址', 'url', { width: 24, note: 'https:// 开头。' }),
    ],
  },
  process: {
    name: '流程',
    about: '权力运行流程，一个环节一行，按先后排列。',
    addresses: ['serial'],
    columns: [
      column('环节标识', 'id', { required: true, note: '本事项内不重复的小写字母和数字，如 shouli、s1。' }),
      column('环节名称', 'name', { width: 16, required: true }),
      column('办理人', 'handler', { width: 16, note: '写岗位，不写姓名。' }),
      column('时限', 'time', { width: 14 }),
      column('审查标准', 'standard', { width: 30 }),
      column('办理结果', 'result', { width: 20 }),
      column('之后', 'next', {
        value: { kind: 'ends' },
        note: '留空：接下一行的环节，或按“流程走向”表；流程到此为止的填“结束”。',
      }),
    ],
  },
  turns: {
    name: '流程走向',
    about: '环节之后不是下一行、或者有几种走向的，一种走向一行。',
    addresses: ['serial', 'step'],
    columns: [
      column('转到环节', 'to', { required: true, note: '环节标识。' }),
      column('条件', 'when', { width: 24 }),
    ],
  },
  risks: {
    name: '廉政风险',
    about: '一个风险点一行。',
    addresses: ['serial'],
    columns: [
      column('风险环节', 'step', { width: 14, required: true }),
      column('表现形式', 'form', { width: 40, required: true }),
      column('风险等级', 'grade', { value: choice({ high: '高', medium: '中', low: '低' }), required: true }),
      column('防控措施', 'measures', { width: 40, required: true }),
      column('责任岗位', 'post', { width: 16 }),
    ],
  },
  discretion: {
    name: '裁量基准',
    about: '一个阶次一行；同一违法行为的各行填同一个裁量序号，违法行为和依据只在第一行写。',
    addresses: ['serial', 'standard'],
    columns: [
      column('违法行为', 'conduct', { width: 30, required: true }),
      column('裁量依据', 'basis', { width: 30 }),
    ],
    details: {
      path: 'tiers',
      columns: [
        column('阶次', 'tier', { required: true }),
        column('适用情形', 'circumstances', { width: 30, required: true }),
        column('具体标准', 'standard', { width: 30, required: true }),
      ],
    },
  },
} as const satisfies Record<string, TemplateSheet>;

/** 依据用途 */
export const BASIS_USES = { bases: '实施依据', dutyBases: '责任事项依据', duty: '责任的依据' } as const;
