import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { inspection, penalty } from './procedures.ts';
import { inspectionRisks, paymentRisks, penaltyRisks } from './risks.ts';
import { form, issued, own, service } from './service.ts';

const SQUAD = '劳动保障监察支队';

export const EMPLOYMENT_FACTS: Readonly<Record<string, SampleFacts>> = {
  人力资源服务许可: permit({
    base: '010114001000',
    office: '人力资源流动管理科',
    for: 'companies',
    conditions: ['有明确的章程和管理制度', '有固定的服务场所和基本设施', '有三名以上专职工作人员'],
    materials: [
      form('人力资源服务许可申请表', 'staffing'),
      own('服务场所证明', { originals: 0, copies: 1 }),
      own('专职工作人员名册'),
    ],
    statutory: 20,
    promised: 8,
    standard: '申请的服务范围属于职业中介活动',
    counter: '人力社保窗口',
    visits: 0,
    result: ['人力资源服务许可证', '5年'],
  }),
  劳务派遣经营许可: permit({
    base: '010114002000',
    office: '劳动关系科',
    for: 'companies',
    conditions: ['注册资本不少于规定数额', '有固定的经营场所和设施', '有符合规定的劳务派遣管理制度'],
    materials: [
      form('劳务派遣经营许可申请书', 'dispatch'),
      own('劳务派遣管理制度和劳动合同样本'),
      issued('营业执照', '市场监督管理部门'),
    ],
    statutory: 20,
    promised: 10,
    visit: siteVisit('经营场所和办公设施与申请一致'),
    standard: '制度内容涵盖劳动合同、报酬、社会保险和工作时间',
    counter: '人力社保窗口',
    visits: 1,
    result: ['劳务派遣经营许可证', '3年'],
  }),
  企业实行不定时工作制和综合计算工时工作制审批: permit({
    base: '010114003000',
    office: '劳动关系科',
    for: 'companies',
    conditions: ['岗位的性质不能按标准工时安排', '听取了工会或者职工代表的意见', '有保障休息休假的办法'],
    materials: [
      form('特殊工时审批申请表', 'hours'),
      own('岗位说明和工作休息安排'),
      own('听取职工意见的记录', { originals: 0, copies: 1 }),
    ],
    statutory: 20,
    promised: 7,
    standard: '岗位属于可以实行的范围，休息安排合法',
    counter: '人力社保窗口',
    visits: 0,
    result: ['特殊工时准予决定书', '至多2年'],
  }),
  对克扣或者无故拖欠劳动者工资报酬的处罚: {
    baseCode: '010214004000',
    process: penalty({
      office: SQUAD,
      evidence: '考勤、工资台账与银行流水核对一致',
      hearing: '拟处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '克扣或者无故拖欠工资，责令支付而逾期不支付',
        basis: '《劳动保障监察条例》第二十六条',
        tiers: [
          {
            tier: '一般',
            circumstances: '拖欠不足三个月或者涉及不足十人',
            standard: '加付应付金额百分之五十以上百分之七十以下的赔偿金',
          },
          {
            tier: '较重',
            circumstances: '拖欠三个月以上、涉及十人以上，或者引发群体性事件',
            standard: '加付应付金额百分之七十以上百分之百以下的赔偿金',
          },
        ],
      },
    ],
  },
  就业困难人员社会保险补贴给付: {
    baseCode: '010514005000',
    service: service({
      for: 'people',
      conditions: ['经认定为就业困难人员', '灵活就业并已缴纳社会保险费'],
      materials: [form('社会保险补贴申请表', 'subsidy'), own('灵活就业承诺书')],
      statutory: { text: '自受理之日起30日', days: 30, unit: 'calendar-day' },
      promised: { text: '自受理之日起20日', days: 20, unit: 'calendar-day' },
      counter: '就业服务窗口',
      visits: 0,
      result: { name: '社会保险补贴', delivery: '转入社会保障卡银行账户' },
    }),
    process: [
      { id: 'apply', name: '申请', handler: '申请人', result: '提交申请表，缴费记录由系统核对' },
      {
        id: 'check',
        name: '审核',
        handler: '就业促进科经办人',
        time: '10日',
        standard: '人员身份、缴费月份和补贴标准无误',
        next: [
          { to: 'announce', when: '符合条件' },
          { to: 'refuse', when: '不符合条件' },
        ],
      },
      { id: 'refuse', name: '不予发放', result: '书面说明理由', next: [] },
      {
        id: 'announce',
        name: '公示',
        time: '5个工作日',
        next: [
          { to: 'pay', when: '没有异议' },
          { to: 'check', when: '有异议，重新审核' },
        ],
      },
      { id: 'pay', name: '发放', handler: '资金管理人员', result: '补贴到账', next: [] },
    ],
    risks: [...paymentRisks],
  },
  对用人单位和个人遵守社会保险法律法规情况的监督检查: {
    baseCode: '010614006000',
    process: inspection({ office: '社会保险基金监管科', points: '参保人数、缴费基数与工资台账核对' }),
    risks: [...inspectionRisks],
  },
  工伤认定: permit({
    base: '010714007000',
    office: '工伤保险科',
    for: 'all',
    conditions: ['与用人单位存在劳动关系', '在事故发生或者职业病诊断之日起的期限内提出'],
    materials: [
      form('工伤认定申请表', 'injury'),
      own('劳动关系证明', { originals: 0, copies: 1 }),
      own('医疗诊断证明', { originals: 0, copies: 1, source: 'other', sourceOrgan: '医疗机构' }),
    ],
    statutory: 60,
    promised: 30,
    visit: experts('调查核实事故的时间、地点、原因'),
    standard: '事实清楚、权利义务明确的，15日内决定',
    counter: '工伤认定窗口',
    visits: 1,
    result: ['工伤认定决定书'],
  }),
  职业介绍和职业指导: {
    baseCode: '012014009000',
    service: service({
      for: 'all',
      conditions: ['有求职或者招聘的需要'],
      materials: [own('本人社会保障卡或者身份证明', { originals: 1, copies: 0 })],
      immediate: true,
      counter: '就业服务窗口',
      visits: 0,
      result: { name: '推荐岗位或者推荐人选' },
    }),
  },
};
