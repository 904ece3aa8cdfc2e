import { FOOD_PERMIT } from '../certificate-type.ts';
import type { SampleFacts } from '../sample-item.ts';
import { permit, siteVisit } from './permit.ts';
import { inspection, penalty } from './procedures.ts';
import { inspectionRisks, penaltyRisks } from './risks.ts';
import { form, issued, own, service, when } from './service.ts';

const SQUAD = '文化市场综合行政执法支队';

export const CULTURE_FACTS: Readonly<Record<string, SampleFacts>> = {
  娱乐场所经营许可: permit({
    base: '010122001000',
    office: '文化市场管理科',
    for: 'companies',
    conditions: [
      '场所不在居民楼、学校和医院周围',
      '消防、卫生和噪声符合规定',
      '投资人员、负责人没有法律禁止的情形',
    ],
    materials: [
      form('娱乐场所经营许可申请表', 'entertainment'),
      own('场所地理位置图和内部结构平面图'),
      own('无犯罪记录承诺书'),
      // What the health check is there for: the registry itself issues it, so nobody may be sent to fetch it.
      when(
        '场所内提供餐饮的',
        issued('食品经营许可证', '市场监督管理部门', { certificateType: FOOD_PERMIT.code }),
      ),
    ],
    statutory: 20,
    promised: 15,
    visit: siteVisit('实地检查场所的位置、面积和安全出口，并公示'),
    standard: '投资人员和负责人的资格符合规定',
    counter: '文化旅游窗口',
    visits: 1,
    result: ['娱乐经营许可证', '2年'],
  }),
  互联网上网服务营业场所经营单位设立许可: permit({
    base: '010122002000',
    office: '文化市场管理科',
    for: 'companies',
    conditions: [
      '营业场所距离中小学校不少于规定距离',
      '计算机设备和固定地址的接入符合规定',
      '有安全管理人员和技术人员',
    ],
    materials: [
      form('上网服务营业场所设立申请书', 'internet-cafe'),
      own('营业场所产权证明或者租赁意向书', { originals: 0, copies: 1 }),
    ],
    statutory: 20,
    promised: 10,
    visit: siteVisit('出入口距离、消防通道和机位数量符合规定'),
    standard: '申请人没有不得从事经营的情形',
    counter: '文化旅游窗口',
    visits: 1,
    result: ['网络文化经营许可证', '长期'],
  }),
  营业性演出许可: permit({
    base: '010122003000',
    office: '文化市场管理科',
    for: 'companies',
    conditions: [
      '举办单位是文艺表演团体、演出经纪机构或者演出场所',
      '演出内容不含法律禁止的情形',
      '有合法的演出场地和安全措施',
    ],
    materials: [
      form('营业性演出申请表', 'performance'),
      own('演出节目单和视听资料', { form: 'electronic', originals: 0, copies: 0 }),
      own('场地证明和应急预案', { originals: 0, copies: 1 }),
    ],
    statutory: 3,
    promised: 2,
    standard: '节目内容、演员身份和票务方案符合规定',
    counter: '文化旅游窗口',
    visits: 0,
    result: ['营业性演出准予许可决定'],
  }),
  对未经许可经营旅行社业务的处罚: {
    baseCode: '010222004000',
    process: penalty({
      office: SQUAD,
      evidence: '旅游合同、收款记录和行程单证明招徕、组织旅游者',
      hearing: '拟处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未经许可经营旅行社业务',
        basis: '《中华人民共和国旅游法》第九十五条',
        tiers: [
          {
            tier: '较轻',
            circumstances: '违法所得不足一万元，主动退还旅游者费用',
            standard: '没收违法所得，处一万元以上四万元以下罚款',
          },
          {
            tier: '一般',
            circumstances: '违法所得一万元以上不足十万元',
            standard: '没收违法所得，处四万元以上七万元以下罚款',
          },
          {
            tier: '较重',
            circumstances: '造成旅游者滞留、人身伤害，或者再次违法',
            standard: '没收违法所得，处七万元以上十万元以下罚款',
          },
        ],
      },
    ],
  },
  旅游市场监督检查: {
    baseCode: '010622006000',
    process: inspection({ office: SQUAD, points: '旅游合同、导游委派和自费项目的告知' }),
    risks: [...inspectionRisks],
  },
  文物认定: permit({
    base: '010722007000',
    office: '文物保护科',
    for: 'all',
    conditions: ['申请人对物品有合法的权利', '能够说明物品的来源'],
    materials: [form('文物认定申请表', 'relics'), own('物品的照片和来源说明')],
    statutory: 20,
    standard: '由三名以上专业人员提出意见，必要时听证',
    counter: '文化旅游窗口',
    offline: true,
    visits: 1,
    result: ['文物认定决定书'],
  }),
  旅行社设立分社备案: permit({
    base: '011022009000',
    office: '旅游产业促进科',
    for: 'companies',
    conditions: ['设立社已经取得旅行社业务经营许可', '已经增存质量保证金'],
    materials: [
      form('旅行社分社备案登记表', 'branch'),
      own('增存质量保证金的证明', { originals: 0, copies: 1 }),
    ],
    statutory: 3,
    immediate: true,
    standard: '设立社的许可信息和保证金缴存证明有效',
    counter: '文化旅游窗口',
    visits: 0,
    result: ['旅行社分社备案登记证明'],
  }),
  公共图书馆免费开放服务: {
    baseCode: '012022010000',
    service: service({
      for: 'people',
      conditions: ['遵守入馆规则；办理借阅的持有效身份证明'],
      materials: [own('本人身份证明', { originals: 1, copies: 0 })],
      immediate: true,
      counter: '公共图书馆服务台',
      visits: 1,
      result: { name: '阅览、借阅服务', delivery: '当场' },
    }),
  },
};
