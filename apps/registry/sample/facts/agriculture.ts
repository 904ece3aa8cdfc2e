import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { penalty } from './procedures.ts';
import { penaltyRisks } from './risks.ts';
import { form, issued, own } from './service.ts';

export const AGRICULTURE_FACTS: Readonly<Record<string, SampleFacts>> = {
  农药经营许可: permit({
    base: '010109001000',
    office: '种植业管理科',
    for: 'all',
    conditions: [
      '有熟悉农药管理规定和安全使用知识的经营人员',
      '有与其他商品、生活区域隔离的营业和仓储场所',
      '有电子台账和可追溯设备',
    ],
    materials: [
      form('农药经营许可申请表', 'pesticide'),
      own('经营人员学历或者培训证明', { originals: 0, copies: 1 }),
      own('营业场所和仓储场所说明、照片'),
      issued('营业执照', '市场监督管理部门'),
    ],
    statutory: 20,
    promised: 8,
    visit: siteVisit('仓储与居住区隔离，有通风、消防和防渗设施'),
    standard: '人员、场所、台账三项齐备',
    counter: '农业农村窗口',
    visits: 1,
    result: ['农药经营许可证', '5年'],
  }),
  农作物种子生产经营许可: permit({
    base: '010109002000',
    office: '种业管理科',
    for: 'companies',
    conditions: [
      '有与种子生产经营相适应的检验、加工设备',
      '有专职的检验、生产和保藏人员',
      '品种依法取得授权或者已经审定、登记',
    ],
    materials: [
      form('种子生产经营许可申请表', 'seeds'),
      own('检验室和加工设备清单、购置凭证'),
      own('品种权人书面同意或者审定登记证明', { originals: 0, copies: 1 }),
    ],
    statutory: 20,
    promised: 15,
    visit: experts('检验能力、隔离条件和加工水平达到许可类别的要求'),
    standard: '生产经营的作物种类、有效区域与申请一致',
    counter: '农业农村窗口',
    visits: 1,
    result: ['农作物种子生产经营许可证', '5年'],
  }),
  动物诊疗许可: permit({
    base: '010109003000',
    office: '畜牧兽医科',
    for: 'all',
    conditions: [
      '有固定的诊疗场所，距离学校、养殖场不少于规定距离',
      '有与诊疗活动相适应的执业兽医和器械',
      '有处理病死动物和诊疗废弃物的设施',
    ],
    materials: [
      form('动物诊疗许可申请表', 'animal-clinic'),
      own('诊疗场所平面布局图'),
      own('执业兽医名单和备案编号'),
    ],
    statutory: 15,
    promised: 7,
    visit: siteVisit('布局分区合理，出入口不与同一建筑的住户共用'),
    standard: '执业兽医的备案信息有效',
    counter: '农业农村窗口',
    visits: 1,
    result: ['动物诊疗许可证', '长期'],
  }),
  对未取得动物诊疗许可证从事动物诊疗活动的处罚: {
    baseCode: '010209004000',
    process: penalty({
      office: '农业综合行政执法支队',
      evidence: '诊疗记录、收费凭证和药品器械能够证明诊疗活动',
      hearing: '拟没收较大数额违法所得，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未取得动物诊疗许可证从事动物诊疗活动',
        basis: '《中华人民共和国动物防疫法》',
        tiers: [
          {
            tier: '较轻',
            circumstances: '违法所得不足三千元，没有引起动物疫病传播',
            standard: '没收违法所得，处三千元以上一万元以下罚款',
          },
          {
            tier: '一般',
            circumstances: '违法所得三千元以上不足三万元',
            standard: '没收违法所得，处违法所得一倍以上二倍以下罚款',
          },
          {
            tier: '较重',
            circumstances: '违法所得三万元以上，或者引起动物疫病传播',
            standard: '没收违法所得，处违法所得二倍以上三倍以下罚款',
          },
        ],
      },
    ],
  },
  农业机械事故责任认定: { baseCode: '010709008000' },
};
