import { organKey, type AuthorityItem, type Organ } from '@mandate/lists';
import type { Act } from './published-folder.ts';

type Basis = AuthorityItem['bases'][number];

const FOUNDED = '2025-01-06T01:00:00Z';
const REASON = '首次公布权责清单';

export const MARKET = organ('示例市市场监督管理局', '市市场监管局');
export const TRANSPORT = organ('示例市交通运输局', '市交通局');
export const CULTURE = organ('示例市文化和旅游局');

const foodLaw: Basis = {
  kind: 'law',
  title: '中华人民共和国食品安全法',
  version: '2021年修正',
  articles: ['第三十五条'],
  text: '【法律】《中华人民共和国食品安全法》（2021年修正）第三十五条：从事食品生产、食品销售、餐饮服务，应当依法取得许可。',
};
const penaltyLaw: Basis = {
  kind: 'law',
  title: '中华人民共和国行政处罚法',
  articles: ['第二十二条', '第二十三条'],
  text: '【法律】《中华人民共和国行政处罚法》第二十二条、第二十三条：关于行政处罚管辖的规定。',
};

/** The item under which the tests' certificate is issued: two versions, with everything an item can say. */
export const FOOD: AuthorityItem = item(MARKET, '食品经营许可', '01', {
  codes: { base: '000131008000' },
  implementingOrgan: '市市场监督管理局',
  handlingOffice: '食品经营安全监督管理科',
  basisText: `${foodLaw.text}\n【部门规章】《食品经营许可和备案管理办法》`,
  bases: [
    foodLaw,
    {
      kind: 'rule',
      title: '食品经营许可和备案管理办法',
      articles: ['第六条'],
      text: `【部门规章】《食品经营许可和备案管理办法》第六条：${'县级以上地方市场监督管理部门负责本行政区域内的食品经营许可和备案管理工作，具体分工由省级部门确定。'.repeat(6)}`,
    },
  ],
  levels: [
    { level: '3', label: '市级', division: '负责市辖区内大型餐饮单位和跨区连锁总部的食品经营许可。' },
    { level: '4', label: '县（区）级', division: '负责本辖区内其他食品经营者的许可。' },
  ],
  departmentDuties: '实施食品经营许可，监督食品经营活动。',
  dutiesText:
    '1.受理阶段责任：公示应当提交的材料，一次性告知补正材料。\n2.审查阶段责任：审查材料，必要时现场核查。',
  duties: [
    { stage: '受理', kind: 'direct', text: '公示应当提交的材料，一次性告知补正材料，依法受理或不予受理。' },
    { stage: '审查', kind: 'direct', text: '审查材料；必要时由两名以上工作人员现场核查。' },
    { stage: '决定', text: '作出准予许可或不予许可的书面决定。' },
    { kind: 'supervision', text: '指导和监督县（区）级部门实施许可。' },
  ],
  dutyBases: [foodLaw],
  accountablePersons: '具体承办人、内设机构负责人、单位分管领导。',
  accountabilityGrounds: '1.对符合法定条件的申请不予受理；\n2.不在法定期限内作出决定；\n3.利用职务收受财物。',
  subItems: [
    {
      name: '食品销售许可（新办）',
      bases: [foodLaw],
      levels: [{ level: '4', division: '由县（区）级办理。' }],
      dutiesText: '按照食品经营许可的程序办理。',
    },
    { name: '餐饮服务许可（变更）', bases: [], remarks: '变更经营项目时适用。' },
  ],
  remedies: '可在六十日内申请行政复议，或者在六个月内提起行政诉讼。',
  remarks: '承诺十个工作日内办结。',
});

const FINE = item(MARKET, '对未取得许可从事食品经营活动的行政处罚', '02', {
  bases: [penaltyLaw],
  basisText: penaltyLaw.text,
  levels: [{ division: '市、县两级按管辖分工实施。' }],
});

/** Names and texts that break careless pages. */
const LONG = item(
  TRANSPORT,
  `对${'道路运输经营者未按照规定的线路、班次、站点运行以及擅自改装已经取得营运证的车辆等'.repeat(5)}行为的处罚`,
  '02',
  {
    bases: [
      {
        kind: 'unknown',
        articles: [],
        text: `没有书名号的依据：${'A'.repeat(180)} <script>alert(1)</script> & "引号"\n${'第二段很长。'.repeat(400)}`,
      },
    ],
    implementingOrgan: '地州市交通运输局',
    dutiesText: `责任事项：${'按照程序办理并留存记录。'.repeat(300)}`,
  },
);

export const ACTS: readonly Act[] = [
  ...[MARKET, TRANSPORT, CULTURE].map((blob): Act => ({
    register: 'organ',
    key: blob.key,
    blob,
    time: FOUNDED,
    reason: '机关登记',
  })),
  act(1, { ...FOOD, levels: FOOD.levels.slice(0, 1), remarks: '承诺十五个工作日内办结。', subItems: [] }),
  act(2, FINE),
  act(3, item(MARKET, '特种设备安全监督检查', '06', {})),
  act(4, item(MARKET, '查封、扣押违法经营的食品', '03', {})),
  act(5, item(MARKET, '专利纠纷行政裁决', '09', { state: 'suspended' })),
  act(1, item(TRANSPORT, '道路旅客运输经营许可', '01', { bases: [{ ...foodLaw, kind: 'unknown' }] })),
  act(2, LONG),
  act(1, item(CULTURE, '营业性演出审批（𠮷祥剧场）', '01', {})),
  act(2, item(CULTURE, '互联网上网服务营业场所设立审批', '01', {})),
  { ...act(3, item(CULTURE, '已撤下内容的事项', '10', {})), redacted: true },
  act(1, FOOD, {
    time: '2025-06-30T16:30:00Z',
    effectiveDate: '2025-07-01',
    reason: '明确市县两级分工，缩短承诺办结时限',
  }),
  act(2, item(CULTURE, '互联网上网服务营业场所设立审批', '01', { state: 'cancelled' }), {
    time: '2025-08-01T02:00:00Z',
    reason: '上级决定取消',
  }),
];

export function itemKey(organ: Organ, number: number): string {
  return `${organ.key}.${String(number).padStart(5, '0')}`;
}

function organ(name: string, shortName?: string): Organ {
  return {
    schema: 'organ/1',
    key: organKey({ name }),
    name,
    regionName: '示例市',
    sample: true,
    ...(shortName === undefined ? {} : { shortName }),
  };
}

function item(
  { key }: Organ,
  name: string,
  category: AuthorityItem['category'],
  more: Partial<AuthorityItem>,
): AuthorityItem {
  return {
    schema: 'authority-item/1',
    organ: key,
    name,
    category,
    state: 'in-force',
    bases: [],
    levels: [],
    subItems: [],
    sample: true,
    ...more,
  };
}

function act(number: number, blob: AuthorityItem, more: Partial<Act> = {}): Act {
  const key = `${blob.organ}.${String(number).padStart(5, '0')}`;
  return { register: 'authority-item', key, blob, time: FOUNDED, reason: REASON, ...more };
}
