import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { inspection, penalty } from './procedures.ts';
import { inspectionRisks, paymentRisks, penaltyRisks } from './risks.ts';
import { form, issued, own, service } from './service.ts';

const SQUAD = '卫生健康综合行政执法支队';

export const HEALTH_FACTS: Readonly<Record<string, SampleFacts>> = {
  公共场所卫生许可: permit({
    base: '010123001000',
    office: '综合监督科',
    for: 'all',
    conditions: ['空气、水质、采光和噪声经检测符合标准', '有卫生管理制度和管理人员', '有清洗消毒、通风设施'],
    materials: [
      form('公共场所卫生许可申请表', 'public-hygiene'),
      own('场所平面图和卫生设施图'),
      own('卫生检测报告', { originals: 0, copies: 1, source: 'other', sourceOrgan: '有资质的检测机构' }),
    ],
    statutory: 20,
    promised: 5,
    visit: siteVisit('设施与图纸一致，公用物品一客一换', '申请人没有选择告知承诺'),
    standard: '检测项目齐全、结论合格',
    counter: '卫生健康窗口',
    visits: 0,
    result: ['公共场所卫生许可证', '4年'],
  }),
  医疗机构执业登记: permit({
    base: '010123002000',
    office: '医政医管科',
    for: 'companies',
    conditions: [
      '符合医疗机构基本标准',
      '有适合的名称、组织机构和场所',
      '有与业务相适应的经费、设施和卫生技术人员',
    ],
    materials: [
      form('医疗机构执业登记申请书', 'hospital'),
      own('规章制度目录'),
      own('卫生技术人员名册和资格编号'),
      issued('建设工程消防验收文件', '住房和城乡建设部门'),
    ],
    statutory: 45,
    promised: 20,
    visit: experts('科室设置、床位和设备达到基本标准'),
    standard: '诊疗科目与人员资格一一对应',
    counter: '卫生健康窗口',
    visits: 1,
    result: ['医疗机构执业许可证', '5年或者15年，按床位规模'],
  }),
  医师执业注册: permit({
    base: '010123003000',
    office: '医政医管科',
    for: 'people',
    conditions: ['取得医师资格', '被医疗卫生机构聘用', '没有依法不予注册的情形'],
    materials: [form('医师执业注册申请表', 'physician'), own('聘用证明', { originals: 1 })],
    statutory: 20,
    promised: 3,
    standard: '资格信息、执业类别和执业地点无误',
    counter: '卫生健康窗口',
    visits: 0,
    result: ['医师执业证书', '长期'],
  }),
  对非医师行医的处罚: {
    baseCode: '010223004000',
    process: penalty({
      office: SQUAD,
      evidence: '就诊人证言、处方、收费记录和药品器械相互印证',
      hearing: '拟没收较大数额违法所得或者处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '非医师行医',
        basis: '《中华人民共和国医师法》第五十九条',
        tiers: [
          {
            tier: '一般',
            circumstances: '违法所得不足一万元，没有造成人身损害',
            standard: '没收违法所得和药品、器械，处违法所得二倍以上五倍以下罚款，不足一万元的按一万元计',
          },
          {
            tier: '较重',
            circumstances: '违法所得一万元以上，或者被处罚后再次行医',
            standard: '没收违法所得和药品、器械，处违法所得五倍以上八倍以下罚款',
          },
          {
            tier: '严重',
            circumstances: '造成人身损害',
            standard: '处违法所得八倍以上十倍以下罚款；涉嫌犯罪的移送公安机关',
          },
        ],
      },
    ],
  },
  预防接种异常反应补偿: {
    baseCode: '010523006000',
    service: service({
      for: 'people',
      conditions: ['经调查诊断或者鉴定属于预防接种异常反应', '造成死亡、严重残疾或者器官组织损伤'],
      materials: [
        form('预防接种异常反应补偿申请表', 'vaccine'),
        own('调查诊断结论或者鉴定书', {
          originals: 0,
          copies: 1,
          source: 'other',
          sourceOrgan: '调查诊断专家组',
        }),
      ],
      statutory: { text: '自收到申请之日起60日', days: 60, unit: 'calendar-day' },
      counter: '卫生健康窗口',
      offline: true,
      visits: 1,
      result: { name: '一次性补偿金', delivery: '转入受种者或者监护人账户' },
    }),
    risks: [...paymentRisks],
  },
  公共场所卫生监督检查: {
    baseCode: '010623007000',
    process: inspection({ office: SQUAD, points: '许可、从业人员健康、公用物品消毒和水质检测' }),
    risks: [...inspectionRisks],
  },
  诊所备案: permit({
    base: '011023009000',
    office: '医政医管科',
    for: 'all',
    conditions: ['医师在医疗机构执业满五年', '符合诊所基本标准', '符合环境保护和消防要求'],
    materials: [form('诊所备案信息表', 'clinic'), own('诊所平面布局图'), own('诊所管理制度目录')],
    statutory: 5,
    immediate: true,
    standard: '备案信息完整，执业医师信息有效',
    counter: '卫生健康窗口',
    visits: 0,
    result: ['诊所备案凭证', '长期'],
  }),
};
