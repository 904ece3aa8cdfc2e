import type { ChangeKind, Measure, NegativeList, NegativeListItem } from '@mandate/lists';

/** Like the national list in its build, of the sample city's own words and codes. */
export const NEGATIVE_LIST: NegativeList = {
  schema: 'negative-list/1',
  key: 'n-sample-market-access',
  name: '市场准入负面清单（示例）',
  kind: 'market-access',
  issuer: '示例省人民政府（示例）',
  remarks: '示例数据：结构仿照市场准入负面清单，文字和编码均为示例，不是国家公布的清单。',
  sample: true,
};

export const NEGATIVE_EDITIONS = [
  {
    number: '2022',
    name: '市场准入负面清单（示例，2022年版）',
    date: '2022-03-28',
    document: '示发改规〔2022〕1号',
  },
  {
    number: '2025',
    name: '市场准入负面清单（示例，2025年版）',
    date: '2025-04-24',
    document: '示发改规〔2025〕2号',
  },
] as const;

type Edition = (typeof NEGATIVE_EDITIONS)[number]['number'];
type Said = Omit<NegativeListItem, 'schema' | 'list' | 'state' | 'sample'>;

const carried = (text: string, authority: string, ...baseCodes: string[]): Measure => ({
  text,
  authority,
  ...(baseCodes.length > 0 && { baseCodes }),
});

const prohibited = (number: string, code: string, name: string, text: string, sectionName: string): Said => ({
  number,
  code,
  chapter: 'prohibited',
  sectionName,
  name,
  measures: [{ text }],
});

const permitted = (
  number: string,
  code: string,
  section: NonNullable<Said['section']>,
  name: string,
  ...measures: Measure[]
): Said => ({ number, code, chapter: 'permitted', section, name, measures });

const FOOD = permitted(
  '6',
  '206001',
  'F',
  '未获得许可，不得从事食品销售、餐饮服务和特定食品的生产',
  carried('食品经营许可', '市场监督管理部门', '010131001000'),
  carried('食品生产许可', '市场监督管理部门', '010131002000'),
);
const ENTERTAINMENT = permitted(
  '12',
  '218001',
  'R',
  '未获得许可或者资质，不得设立娱乐场所、上网服务营业场所和举办营业性演出',
  carried('娱乐场所经营许可', '文化和旅游部门', '010122001000'),
  carried('互联网上网服务营业场所经营单位设立许可', '文化和旅游部门', '010122002000'),
  carried('营业性演出许可', '文化和旅游部门', '010122003000'),
);

/** What each item of the list says from an edition on; `null` where the edition dropped it. */
export const NEGATIVE_ITEMS: readonly Partial<Readonly<Record<Edition, Said | null>>>[] = [
  {
    '2022': prohibited(
      '1',
      '100001',
      '法律、法规和国务院决定明确设立的禁止性规定',
      '凡禁止投资、经营的领域和行为，任何经营主体不得进入',
      '（一）法律法规明确的禁止事项',
    ),
  },
  {
    '2022': prohibited(
      '2',
      '100002',
      '国家产业政策明令淘汰、限制的产品、技术和工艺',
      '不得新建、扩建属于淘汰类的项目；限制类的不得新建',
      '（一）法律法规明确的禁止事项',
    ),
  },
  {
    '2022': prohibited(
      '3',
      '100003',
      '不符合主体功能区建设要求的开发活动',
      '重点生态功能区不得从事与功能定位不符的开发活动',
      '（二）空间管制要求的禁止事项',
    ),
    // Reworded in the newer edition.
    '2025': prohibited(
      '3',
      '100003',
      '不符合国土空间规划和主体功能区要求的开发活动',
      '重点生态功能区、生态保护红线内不得从事与功能定位不符的开发建设活动',
      '（二）空间管制要求的禁止事项',
    ),
  },
  {
    '2022': prohibited(
      '4',
      '100004',
      '以个人名义开展的地下金融活动',
      '未经批准不得使用与金融有关的字样和开展金融活动',
      '（三）金融领域的禁止事项',
    ),
  },
  {
    '2022': permitted(
      '5',
      '201001',
      'A',
      '未获得许可，不得从事农作物种子、农药的生产和经营',
      carried('农作物种子生产经营许可', '农业农村部门', '010109002000'),
      carried('农药经营许可', '农业农村部门', '010109001000'),
      // No listed power of the sample serves it: what a health check has to find.
      carried('兽药经营许可', '农业农村部门', '010109011000'),
    ),
  },
  {
    '2022': FOOD,
    '2025': { ...FOOD, name: '未获得许可，不得从事食品销售、餐饮服务和食品的生产，仅销售预包装食品的除外' },
  },
  {
    '2022': permitted(
      '7',
      '204001',
      'D',
      '未获得许可，不得从事燃气经营和向城镇排水设施排放污水',
      carried('燃气经营许可', '住房和城乡建设部门', '010117003000'),
      carried('城镇污水排入排水管网许可', '城镇排水主管部门', '010117004000'),
    ),
  },
  {
    '2022': permitted(
      '8',
      '205001',
      'E',
      '未获得许可，不得从事建筑工程的施工',
      carried('建筑工程施工许可', '住房和城乡建设部门', '010117001000'),
    ),
  },
  {
    '2022': permitted(
      '9',
      '207001',
      'G',
      '未获得许可，不得从事道路客运、危险货物运输和出租汽车经营',
      carried('道路旅客运输经营许可', '交通运输部门', '010118001000'),
      carried('道路危险货物运输经营许可', '交通运输部门', '010118002000'),
      {
        text: '巡游出租汽车经营许可：车辆运营权有期限、有数量',
        authority: '城市客运管理部门',
        baseCodes: ['010118004000'],
        local: '示例市',
      },
    ),
  },
  {
    '2022': permitted(
      '10',
      '211001',
      'K',
      '未获得许可，不得预售商品房',
      carried('商品房预售许可', '住房和城乡建设部门', '010117002000'),
    ),
  },
  {
    '2022': permitted(
      '11',
      '212001',
      'L',
      '未获得许可，不得从事人力资源服务和劳务派遣',
      carried('人力资源服务许可', '人力资源社会保障部门', '010114001000'),
      carried('劳务派遣经营许可', '人力资源社会保障部门', '010114002000'),
    ),
  },
  {
    '2022': ENTERTAINMENT,
    '2025': {
      ...ENTERTAINMENT,
      measures: ENTERTAINMENT.measures.map((measure, n) =>
        n === 2 ? { ...measure, text: '营业性演出许可；个人演员、个体演出经纪人改为备案' } : measure,
      ),
    },
  },
  {
    '2022': permitted(
      '13',
      '217001',
      'Q',
      '未获得许可，不得设置医疗机构和从事公共场所的经营',
      carried('医疗机构执业登记', '卫生健康部门', '010123002000'),
      carried('公共场所卫生许可', '卫生健康部门', '010123001000'),
    ),
  },
  {
    '2022': permitted(
      '14',
      '214001',
      'N',
      '未获得许可，不得排放污染物和经营危险废物',
      carried('排污许可', '生态环境部门', '010116001000'),
      carried('危险废物经营许可', '生态环境部门', '010116003000'),
    ),
  },
  {
    // Handed over to notice and commitment: the newer edition does not have it any more.
    '2022': permitted(
      '15',
      '215001',
      'O',
      '未获得许可，不得从事公章刻制业',
      carried('公章刻制业特种行业许可', '公安机关', '010112001000'),
    ),
    '2025': null,
  },
  {
    // New, and only until a law is made: ★
    '2025': permitted('16', '209001', 'I', '未获得许可，不得使用民用无人驾驶航空器从事经营活动', {
      text: '民用无人驾驶航空器运营合格证核发（暂时列入）',
      authority: '民用航空主管部门',
      baseCodes: ['010170001000'],
      provisional: true,
    }),
  },
];

/** One entry to be of one item of the list. */
export interface NegativeVersion {
  readonly edition: Edition;
  readonly item: NegativeListItem;
  readonly kind: ChangeKind;
}

/** What every edition added, changed or dropped, in the order of the list. */
export function negativeVersions(edition: Edition): NegativeVersion[] {
  return NEGATIVE_ITEMS.flatMap((said): NegativeVersion[] => {
    const now = said[edition];
    if (now === undefined) return [];
    const before = edition === '2025' ? (said['2022'] ?? undefined) : undefined;
    const words = now ?? before;
    if (words === undefined) return [];
    const item: NegativeListItem = {
      schema: 'negative-list-item/1',
      list: NEGATIVE_LIST.key,
      ...words,
      state: now === null ? 'cancelled' : 'in-force',
      sample: true,
    };
    // The registry began with the edition of 2022: what that held was in force before.
    const came = edition === '2022' ? 'recorded' : 'added';
    return [{ edition, item, kind: now === null ? 'cancelled' : before ? 'changed' : came }];
  });
}
