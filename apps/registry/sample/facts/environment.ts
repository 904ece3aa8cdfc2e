import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { coercion, inspection, penalty } from './procedures.ts';
import { inspectionRisks, penaltyRisks } from './risks.ts';
import { form, own, service } from './service.ts';

const SQUAD = '生态环境保护综合行政执法支队';

export const ENVIRONMENT_FACTS: Readonly<Record<string, SampleFacts>> = {
  排污许可: permit({
    base: '010116001000',
    office: '行政审批科',
    for: 'companies',
    conditions: [
      '取得建设项目环境影响评价批准文件',
      '污染物排放符合标准和总量要求',
      '采用可行的污染防治技术并能自行监测',
    ],
    materials: [form('排污许可申请表', 'discharge'), own('自行监测方案'), own('信息公开情况说明')],
    statutory: 20,
    promised: 12,
    visit: siteVisit('排放口数量、位置和治理设施与申请表一致', '重点管理的排污单位'),
    standard: '许可排放浓度和排放量计算正确',
    counter: '生态环境窗口',
    visits: 0,
    result: ['排污许可证', '5年'],
  }),
  建设项目环境影响评价文件审批: permit({
    base: '010116002000',
    office: '环境影响评价科',
    for: 'companies',
    conditions: ['项目的类型、选址和规模符合法律和规划', '采取的措施能够预防、控制污染和生态破坏'],
    materials: [
      form('环境影响评价文件报批申请', 'eia'),
      own('环境影响报告书（表）', { originals: 2, copies: 0 }),
      own('公众参与说明'),
    ],
    statutory: 60,
    promised: 30,
    visit: experts('源强核算、预测方法和防治措施可靠'),
    standard: '基础资料真实，结论明确、合理',
    counter: '生态环境窗口',
    visits: 1,
    result: ['环境影响评价文件批复'],
  }),
  危险废物经营许可: permit({
    base: '010116003000',
    office: '固体废物管理科',
    for: 'companies',
    conditions: [
      '有环境工程等专业的技术人员',
      '有符合要求的运输工具、贮存和处置设施',
      '有事故应急措施和救援预案',
    ],
    materials: [
      form('危险废物经营许可申请书', 'hazardous-waste'),
      own('设施和技术工艺说明'),
      own('事故应急预案'),
      own('环境影响评价批复', { originals: 0, copies: 1 }),
    ],
    statutory: 20,
    promised: 15,
    visit: experts('处置设施的能力与申请的类别、数量匹配'),
    standard: '危险废物类别代码、经营方式准确',
    counter: '生态环境窗口',
    offline: true,
    visits: 1,
    result: ['危险废物经营许可证', '5年'],
  }),
  对未取得排污许可证排放污染物的处罚: {
    baseCode: '010216004000',
    process: penalty({
      office: SQUAD,
      evidence: '监测报告、现场笔录和生产记录证明排放事实',
      hearing: '拟责令停业、关闭或者处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未取得排污许可证排放污染物',
        basis: '《排污许可管理条例》第三十三条；处二十万元以上一百万元以下罚款',
        tiers: [
          {
            tier: '较轻',
            circumstances: '简化管理的单位，首次违法，及时改正',
            standard: '处二十万元以上三十五万元以下罚款',
          },
          {
            tier: '一般',
            circumstances: '重点管理的单位，及时改正',
            standard: '处三十五万元以上六十万元以下罚款',
          },
          {
            tier: '较重',
            circumstances: '排放有毒有害污染物，或者拒不改正',
            standard: '处六十万元以上一百万元以下罚款，报经批准责令停业、关闭',
          },
        ],
      },
    ],
  },
  '对造成污染物排放的设施、设备的查封、扣押': {
    baseCode: '010316005000',
    process: coercion({ office: SQUAD, object: '造成污染物排放的设施、设备' }),
  },
  对排放污染物单位的现场检查: {
    baseCode: '010616006000',
    process: inspection({ office: SQUAD, points: '治理设施运行、自动监测数据和排污许可执行报告' }),
    risks: [...inspectionRisks],
  },
  环境信访和污染投诉受理: {
    baseCode: '012016009000',
    service: service({
      for: 'all',
      conditions: ['反映的问题属于生态环境部门的职责', '有明确的对象、地点和事实'],
      materials: [],
      statutory: { text: '自受理之日起60日内答复', days: 60, unit: 'calendar-day' },
      promised: { text: '一般问题15日内答复', days: 15, unit: 'calendar-day' },
      counter: '环境投诉窗口',
      visits: 0,
      result: { name: '处理意见告知书' },
    }),
  },
};
