import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { inspection, penalty } from './procedures.ts';
import { inspectionRisks, paymentRisks, penaltyRisks } from './risks.ts';
import { form, issued, own, service } from './service.ts';

const SQUAD = '住房城乡建设综合行政执法支队';

export const CONSTRUCTION_FACTS: Readonly<Record<string, SampleFacts>> = {
  建筑工程施工许可: permit({
    base: '010117001000',
    office: '行政审批科',
    for: 'companies',
    conditions: [
      '已经办理用地批准手续，依法应当办理规划许可的已经取得',
      '已经确定建筑施工企业',
      '有满足施工需要的资金安排、图纸和质量安全措施',
    ],
    materials: [
      form('建筑工程施工许可申请表', 'building'),
      own('质量、安全措施承诺书'),
      own('施工图设计文件审查合格书', { originals: 0, copies: 1 }),
    ],
    statutory: 7,
    promised: 3,
    standard: '合同、资金和质量安全措施一致，没有拆分工程',
    counter: '工程建设窗口',
    visits: 0,
    result: ['建筑工程施工许可证', '领取之日起3个月内开工'],
  }),
  商品房预售许可: permit({
    base: '010117002000',
    office: '房地产市场管理科',
    for: 'companies',
    conditions: [
      '已经取得不动产权证书、规划许可和施工许可',
      '投入开发建设的资金达到规定比例',
      '预售资金监管账户已经开立',
    ],
    materials: [
      form('商品房预售许可申请表', 'presale'),
      own('预售方案'),
      own('预售资金监管协议', { originals: 1, copies: 1 }),
      issued('建设工程规划许可证', '自然资源部门'),
    ],
    statutory: 10,
    promised: 5,
    visit: siteVisit('形象进度达到预售方案的记载'),
    standard: '可售房号与规划、测绘成果一致',
    counter: '房地产窗口',
    visits: 0,
    result: ['商品房预售许可证', '至该项目现售登记'],
  }),
  燃气经营许可: permit({
    base: '010117003000',
    office: '城市建设科',
    for: 'companies',
    conditions: [
      '有稳定的气源和符合标准的设施',
      '有固定的经营场所和健全的管理制度',
      '主要负责人和操作人员经专业培训考核合格',
    ],
    materials: [
      form('燃气经营许可申请书', 'gas'),
      own('气源供应协议', { originals: 0, copies: 1 }),
      own('人员考核合格名册'),
    ],
    statutory: 12,
    promised: 8,
    visit: experts('场站间距、泄漏报警和抢险装备符合标准'),
    standard: '经营类别、区域与规划一致',
    counter: '工程建设窗口',
    visits: 1,
    result: ['燃气经营许可证', '3年'],
  }),
  城镇污水排入排水管网许可: permit({
    base: '010117004000',
    office: '排水管理科',
    for: 'all',
    conditions: ['排放口的设置符合排水规划', '排放的水质符合标准，有预处理和检测设施'],
    materials: [
      form('排水许可申请表', 'sewage'),
      own('排水管网接入图'),
      own('水质检测报告', { originals: 0, copies: 1 }),
    ],
    statutory: 20,
    promised: 7,
    visit: siteVisit('雨污分流，预处理设施和检查井到位', '重点排水户'),
    standard: '排放的污染物种类与检测报告一致',
    counter: '工程建设窗口',
    visits: 0,
    result: ['城镇污水排入排水管网许可证', '5年'],
  }),
  对未取得施工许可证擅自施工的处罚: {
    baseCode: '010217005000',
    process: penalty({
      office: SQUAD,
      evidence: '施工合同、进度照片和监理日志证明开工事实',
      hearing: '拟处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未取得施工许可证擅自施工',
        basis: '《建设工程质量管理条例》第五十七条；处工程合同价款百分之一以上百分之二以下罚款',
        tiers: [
          {
            tier: '较轻',
            circumstances: '仅进行土方作业，限期内取得许可',
            standard: '处合同价款百分之一以上百分之一点二以下罚款',
          },
          {
            tier: '一般',
            circumstances: '主体结构未完成，限期内改正',
            standard: '处合同价款百分之一点二以上百分之一点六以下罚款',
          },
          {
            tier: '较重',
            circumstances: '主体结构已经完成，或者拒不停止施工',
            standard: '处合同价款百分之一点六以上百分之二以下罚款',
          },
        ],
      },
    ],
  },
  污水处理费征收: {
    baseCode: '010417006000',
    service: service({
      for: 'all',
      conditions: ['向城镇排水设施排放污水、废水'],
      materials: [],
      fee: {
        charged: true,
        standard: '居民每立方米0.95元，非居民每立方米1.40元（示例标准）',
        basis: '《城镇排水与污水处理条例》第三十二条',
      },
      counter: '排水窗口',
      visits: 0,
      result: { name: '缴费票据' },
    }),
  },
  公共租赁住房租赁补贴给付: {
    baseCode: '010517007000',
    service: service({
      for: 'people',
      conditions: ['家庭人均收入和财产低于公布的标准', '在本地没有住房或者住房面积低于标准'],
      materials: [form('租赁补贴申请表', 'rent'), own('租赁合同', { originals: 0, copies: 1 })],
      statutory: { text: '自受理之日起30个工作日', days: 30, unit: 'working-day' },
      promised: { text: '自受理之日起20个工作日', days: 20, unit: 'working-day' },
      counter: '住房保障窗口',
      visits: 0,
      result: { name: '租赁补贴', delivery: '按月转入申请人账户' },
    }),
    risks: [...paymentRisks],
  },
  建设工程质量监督检查: {
    baseCode: '010617008000',
    process: inspection({ office: '工程质量安全监督站', points: '地基、主体结构和主要使用功能的实体质量' }),
    risks: [...inspectionRisks],
  },
  房屋建筑和市政基础设施工程竣工验收备案: permit({
    base: '011017009000',
    office: '工程质量安全监督站',
    for: 'companies',
    conditions: ['工程竣工验收合格', '规划、消防等认可文件齐全'],
    materials: [
      form('竣工验收备案表', 'completion', { originals: 2 }),
      own('工程竣工验收报告'),
      own('工程质量保修书', { originals: 0, copies: 1 }),
    ],
    statutory: 15,
    promised: 3,
    standard: '备案文件齐全，监督报告没有异议',
    counter: '工程建设窗口',
    visits: 0,
    result: ['竣工验收备案表'],
  }),
};
