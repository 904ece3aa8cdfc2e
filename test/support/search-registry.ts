import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blobName, canonicalBytes, type Json } from '@mandate/encoding';
import {
  organKey,
  summarize,
  type ItemSummary,
  type AuthorityItem,
  type ListEntry,
  type NegativeList,
  type NegativeListItem,
  type Organ,
} from '@mandate/lists';

// A province's lists as they read: departments of every city with their trades, the same power under the same name
// everywhere, names as long and as alike as real ones. 示例; same size, same bytes.

const TIME = '2025-01-06T01:00:00Z';
const TRADES: Readonly<Record<string, string>> = {
  市场监督管理局:
    '食品 药品 特种设备 计量器具 认证检测 广告 商标 专利 电子商务 食品添加剂 保健食品 化妆品 医疗器械 工业产品 散装白酒 食盐 农产品 婴幼儿配方食品',
  交通运输局:
    '道路旅客 道路货物 危险货物 网络预约出租汽车 巡游出租汽车 机动车维修 机动车驾驶员培训 水路货物 港口 公路 航道 超限车辆 城市公共汽电车 国际道路货物',
  人力资源和社会保障局:
    '人力资源服务 劳务派遣 民办职业培训 工伤保险 养老保险 失业保险 劳动合同 农民工工资 职业技能鉴定 企业年金 特殊工时 集体合同',
  住房和城乡建设局:
    '房屋建筑 市政基础设施 商品房预售 物业服务 城镇燃气 建筑垃圾 房地产经纪 建筑施工 工程监理 工程造价 城镇排水 公共租赁住房 住房公积金 施工图审查',
  农业农村局:
    '农作物种子 农药 兽药 饲料 生猪屠宰 动物诊疗 水产苗种 拖拉机 农业机械 转基因生物 宅基地 种畜禽 渔业捕捞 肥料',
  生态环境局:
    '危险废物 放射性同位素 建设项目环境影响 排污 噪声 固体废物 水污染物 大气污染物 医疗废物 辐射安全 入河排污口 自然保护地',
  文化和旅游局:
    '营业性演出 娱乐场所 互联网文化 旅行社 导游 文物 互联网上网服务 广播电视节目 艺术品 电影放映 出版物 卫星电视广播 考古发掘',
  卫生健康委员会:
    '公共场所卫生 医疗机构 护士执业 医师执业 放射诊疗 饮用水 消毒产品 血液 母婴保健 病原微生物 职业病防治 传染病防治 计划生育',
  教育局: '民办学校 校外培训 教师资格 校车 幼儿园 学生资助 国家教育考试 高等学校 中外合作办学 义务教育',
  民政局:
    '最低生活保障 社会团体 民办非企业单位 基金会 养老机构 殡葬 婚姻 收养 慈善组织 临时救助 特困人员 残疾人两项补贴 地名',
  应急管理局: '危险化学品 烟花爆竹 非煤矿山 安全生产 金属冶炼 安全评价 特种作业 生产安全事故 应急预案 尾矿库',
  公安局:
    '机动车 机动车驾驶证 居民身份证 户口 枪支 民用爆炸物品 保安服务 旅馆业 普通护照 大型群众性活动 剧毒化学品 出入境证件 网络安全',
  自然资源局:
    '不动产 采矿权 国有建设用地 建设工程规划 测绘 林木采伐 土地复垦 矿产资源 乡村建设规划 地质灾害 野生动物',
  税务局: '发票 增值税 出口退税 契税 环境保护税 社会保险费 纳税申报 税收优惠',
  水利局: '取水 河道采砂 水工程 水土保持 水利工程质量 农村供水 防洪 水利建设项目',
};
const GRANTS = [
  '经营许可',
  '生产许可',
  '从业资格认定',
  '单位资质许可',
  '变更许可',
  '延续许可',
  '设立审批',
  '备案',
  '登记',
  '注销登记',
  '设立登记',
];
const FAULTS = [
  '未取得许可擅自从事{}经营活动',
  '未按照规定保存{}记录',
  '伪造、涂改、出租、出借{}证件',
  '拒绝、阻碍{}监督检查',
  '提供虚假材料取得{}许可',
  '违反{}技术标准和管理规范',
  '未在显著位置公示{}信息',
  '逾期不改正{}安全隐患',
  '未建立健全{}管理制度',
  '超出核定范围从事{}活动',
];
const PLACES = [
  '',
  '个人',
  '单位',
  '分支机构',
  '农村',
  '城镇',
  '外商投资企业',
  '在建项目',
  '跨区域',
  '网络平台',
];
const SECTIONS = ['A', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'P', 'Q', 'R'] as const;

interface Written {
  readonly documents: number;
  readonly organs: readonly Organ[];
}

/** Writes the data files that lists and the search index are built from; logs are left out. */
export function writeSearchRegistry(dir: string, items: number, cities = CITY_NAMES.length): Written {
  const write = (path: string, value: Json): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), canonicalBytes(value));
  };
  let index = 0;
  const enter = (
    key: string,
    register: ListEntry['register'],
    blob: Json,
  ): { index: number; entry: ListEntry } => {
    const name = blobName(canonicalBytes(blob));
    write(`data/blobs/${name.slice(7, 9)}/${name.slice(7)}.json`, blob);
    const entry: ListEntry = {
      v: 1,
      register,
      key,
      time: TIME,
      effectiveDate: '2025-01-06',
      blob: name,
      reason: '首次公布',
    };
    index += 1;
    return { index: index - 1, entry };
  };
  const departments = Object.keys(TRADES);
  const perOrgan = Math.ceil(items / (cities * departments.length));
  const organs: Organ[] = [];
  const records: Json[] = [];
  let left = items;
  for (let city = 0; city < cities; city += 1) {
    const region = String(650_000 + (city + 1) * 100);
    for (const department of departments) {
      const name = `示例${CITY_NAMES[city] ?? ''}市${department}`;
      const organ: Organ = {
        schema: 'organ/1',
        key: organKey({ name }),
        name,
        region,
        regionName: `示例${CITY_NAMES[city] ?? ''}市`,
        level: '3',
        sample: true,
      };
      organs.push(organ);
      const first = enter(organ.key, 'organ', organ);
      const count = Math.min(left, perOrgan);
      left -= count;
      const made = searchItems(department, count).map((item, i) => {
        const blob = { ...item, organ: organ.key };
        const key = `${organ.key}.${String(i + 1).padStart(5, '0')}`;
        return { key, blob, ...enter(key, 'authority-item', blob) };
      });
      write(`data/summaries/${organ.key}.json`, {
        organ: organ.key,
        items: made.map(({ key, index: at, entry, blob }) =>
          summarize(key, [{ index: at, entry, item: blob }]),
        ),
      });
      records.push({ key: organ.key, organ, entries: [first], items: count, categories: {} });
    }
  }
  const negative = SECTIONS.map((section, i) => {
    const blob = negativeItem(section, i);
    const key = `n-sample.${blob.code}`;
    return { key, entries: [enter(key, 'negative-list-item', blob)] };
  });
  const list: NegativeList = {
    schema: 'negative-list/1',
    key: 'n-sample',
    name: '市场准入负面清单（示例）',
    kind: 'market-access',
    sample: true,
  };
  write('data/negative/n-sample.json', { list: 'n-sample', items: negative });
  write('data/negative-lists.json', {
    lists: [
      {
        key: 'n-sample',
        list,
        items: negative.length,
        entries: [enter('n-sample', 'negative-list', list)],
      },
    ],
  });
  write('data/regions.json', { regions: [] });
  write('data/organs.json', { organs: records });
  return { documents: items - left + negative.length, organs };
}

const CITY_NAMES =
  '安平 白水 长宁 定远 东河 丰泽 古塔 海陵 和静 江源 金川 临湖 龙泉 南山 宁化 平川 清溪 石门 太和 通海 温泉 西岭 新和 永安'.split(
    ' ',
  );

/** The items of a department, category by category as lists are printed. */
export function searchItems(department: string, count: number): AuthorityItem[] {
  const trades = (TRADES[department] ?? '').split(' ');
  const kinds = Math.max(1, Math.ceil(count / 10));
  return Array.from({ length: count }, (_, i): AuthorityItem => {
    const trade = trades[i % trades.length] ?? '';
    const turn = Math.floor(i / trades.length);
    const place = PLACES[Math.floor(turn / 10) % PLACES.length] ?? '';
    const grade = Math.floor(i / kinds);
    const category = grade < 3 ? '01' : grade < 8 ? '02' : grade === 8 ? '06' : '07';
    const fault = (FAULTS[turn % FAULTS.length] ?? '').replace('{}', trade);
    const grant = GRANTS[turn % GRANTS.length] ?? '';
    const name =
      category === '01'
        ? `${place}${trade}${grant}`
        : category === '02'
          ? `对${place}${fault}的行政处罚`
          : category === '06'
            ? `对${place}${trade}${grant}情况的监督检查`
            : `${place}${trade}${grant}证明的确认`;
    const law = `${trade}管理条例`;
    return {
      schema: 'authority-item/1',
      organ: '',
      name,
      category,
      state: i % 41 === 40 ? 'cancelled' : 'in-force',
      codes: { base: `00${category}${String(i % 90_000).padStart(5, '0')}000` },
      handlingOffice: `${trade}科`,
      bases: [
        {
          kind: 'administrative-regulation',
          title: law,
          articles: [`第${(i % 70) + 1}条`],
          text: `【行政法规】《${law}》第${(i % 70) + 1}条：从事${trade}活动的单位和个人，应当依法向所在地县级以上地方人民政府${department}提出申请，${fault}的，由${department}责令限期改正，没收违法所得，并处一万元以上十万元以下的罚款；情节严重的，吊销许可证件，构成犯罪的，依法追究刑事责任。`,
        },
      ],
      levels: [
        { level: (['2', '3', '4'] as const)[i % 3] ?? '3', division: `负责本行政区域内${trade}的${grant}。` },
      ],
      duties: [
        {
          stage: '受理',
          text: `公示${trade}${grant}依法应当提交的材料，一次性告知补正材料，依法受理或者不予受理。`,
        },
        {
          stage: '审查',
          text: `对申请人提交的${trade}材料进行审查，必要时进行现场核查，听取利害关系人意见。`,
        },
        {
          stage: '决定',
          text: `作出${grant}决定，不予批准的应当书面告知理由，并告知享有申请行政复议或者提起行政诉讼的权利。`,
        },
        {
          stage: '事后监管',
          text: `加强对${place}${trade}的日常监督检查，建立实施监督检查的运行机制和管理制度，依法查处违法行为。`,
        },
      ],
      subItems:
        i % 7 === 0
          ? [
              { name: `${place}${trade}首次申请`, bases: [] },
              { name: `${place}${trade}补发证书`, bases: [] },
            ]
          : [],
      sample: true,
    };
  });
}

function negativeItem(section: (typeof SECTIONS)[number], i: number): NegativeListItem {
  const trade = Object.values(TRADES)[i]?.split(' ')[0] ?? '食品';
  return {
    schema: 'negative-list-item/1',
    list: 'n-sample',
    number: String(i + 1),
    code: String(200_001 + i),
    chapter: 'permitted',
    section,
    name: `未获得许可，不得从事${trade}经营`,
    measures: [
      {
        text: `${trade}经营许可`,
        authority: '主管部门',
        baseCodes: [`0001${String(i).padStart(5, '0')}000`],
      },
    ],
    state: 'in-force',
    sample: true,
  };
}

/** Enters one more version of an item, or a new item, into data files written before. */
export function enterSearchItem(
  dir: string,
  key: string,
  item: AuthorityItem,
  { index, effectiveDate = '2025-06-01' }: { index: number; effectiveDate?: string },
): string {
  const organ = key.slice(0, -6);
  const path = join(dir, `data/summaries/${organ}.json`);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { organ: string; items: ItemSummary[] };
  const bytes = canonicalBytes({ ...item, organ });
  const blob = blobName(bytes);
  const blobPath = join(dir, `data/blobs/${blob.slice(7, 9)}/${blob.slice(7)}.json`);
  mkdirSync(dirname(blobPath), { recursive: true });
  writeFileSync(blobPath, bytes);
  const entry: ListEntry = {
    v: 1,
    register: 'authority-item',
    key,
    time: '2025-06-01T01:00:00Z',
    effectiveDate,
    blob,
    reason: '修改',
  };
  const made = summarize(key, [{ index, entry, item }]);
  const known = file.items.find((one) => one.key === key);
  const items = known
    ? file.items.map((one) =>
        one === known ? { ...made, versions: [...known.versions, ...made.versions] } : one,
      )
    : [...file.items, made];
  writeFileSync(path, canonicalBytes({ organ, items: items.sort((a, b) => (a.key < b.key ? -1 : 1)) }));
  return blob;
}

/** Takes a blob away, as a redaction does. */
export function redactBlob(dir: string, blob: string): void {
  rmSync(join(dir, `data/blobs/${blob.slice(7, 9)}/${blob.slice(7)}.json`));
}
