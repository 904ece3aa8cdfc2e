import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { inspection, penalty } from './procedures.ts';
import { inspectionRisks, penaltyRisks } from './risks.ts';
import { form, issued, own } from './service.ts';

const SQUAD = '交通运输综合行政执法支队';
const identity = own('经办人身份证明和委托书', { originals: 1, copies: 1 });

export const TRANSPORT_FACTS: Readonly<Record<string, SampleFacts>> = {
  道路旅客运输经营许可: permit({
    base: '010118001000',
    office: '行政审批科',
    for: 'companies',
    conditions: [
      '有与经营业务相适应并经检测合格的车辆',
      '有符合规定条件的驾驶人员',
      '有健全的安全生产管理制度',
    ],
    materials: [
      form('道路旅客运输经营申请表', 'coach'),
      own('安全生产管理制度文本'),
      issued('机动车行驶证', '公安机关交通管理部门'),
      identity,
    ],
    statutory: 20,
    promised: 10,
    standard: '车辆技术等级、驾驶人员资格与申请的线路类别相符',
    counter: '交通运输窗口',
    visits: 1,
    result: ['道路运输经营许可证', '4年'],
  }),
  道路危险货物运输经营许可: permit({
    base: '010118002000',
    office: '行政审批科',
    for: 'companies',
    conditions: [
      '有五辆以上专用车辆并配备通讯工具',
      '有符合安全要求的停车场地',
      '有专职安全管理人员和应急预案',
    ],
    materials: [
      form('道路危险货物运输经营申请表', 'dangerous-goods'),
      own('停车场地使用证明和平面图', { originals: 0, copies: 1 }),
      own('应急预案'),
      identity,
    ],
    statutory: 20,
    promised: 12,
    visit: siteVisit('停车场地面积、隔离和消防设施符合规定'),
    standard: '专用车辆的罐体检验报告在有效期内',
    counter: '交通运输窗口',
    visits: 1,
    result: ['道路运输经营许可证', '4年'],
  }),
  公路超限运输许可: permit({
    base: '010118003000',
    office: '公路管理科',
    for: 'all',
    conditions: ['货物不可解体', '车辆的轴荷和总质量在桥梁承载能力之内', '按照指定的时间、路线行驶'],
    materials: [
      form('公路超限运输申请表', 'oversize'),
      own('货物重量、外廓尺寸说明和轮廓图'),
      issued('机动车行驶证', '公安机关交通管理部门'),
    ],
    statutory: 20,
    promised: 5,
    visit: experts('桥梁验算和加固方案可行'),
    standard: '路线上的桥梁、隧道和净空满足通行要求',
    fee: {
      charged: true,
      standard: '超限运输补偿费按照路产损坏和加固的实际成本收取',
      basis:
        '《中华人民共和国公路法》第五十条：运输单位不能按照规定采取防护措施的，由交通主管部门帮助采取，所需费用由运输单位承担',
    },
    counter: '交通运输窗口',
    visits: 0,
    result: ['超限运输车辆通行证', '至多6个月'],
  }),
  巡游出租汽车经营许可: permit({
    base: '010118004000',
    office: '城市客运管理科',
    for: 'all',
    conditions: ['有取得车辆经营权的车辆', '有与经营规模相适应的管理人员和驾驶员'],
    materials: [form('巡游出租汽车经营申请表', 'taxi'), own('经营方案和投诉处理制度'), identity],
    statutory: 20,
    standard: '车辆经营权合同有效',
    counter: '交通运输窗口',
    visits: 1,
    result: ['道路运输经营许可证（巡游出租汽车）', '6年'],
  }),
  对未取得道路运输经营许可擅自从事道路运输经营的处罚: {
    baseCode: '010218005000',
    process: penalty({
      office: SQUAD,
      evidence: '运费支付记录、乘客证言和车辆轨迹相互印证',
      hearing: '拟责令停产停业或者处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未取得道路旅客运输经营许可，擅自从事道路旅客运输经营',
        basis: '《中华人民共和国道路运输条例》第六十三条',
        tiers: [
          {
            tier: '较轻',
            circumstances: '首次被查处，没有违法所得或者违法所得不足一万元',
            standard: '责令停止经营，处一万元以上三万元以下罚款',
          },
          {
            tier: '一般',
            circumstances: '两年内第二次被查处，或者违法所得一万元以上',
            standard: '没收违法所得，处三万元以上六万元以下罚款',
          },
          {
            tier: '较重',
            circumstances: '发生安全事故、暴力抗法或者多次被查处',
            standard: '没收违法所得，处六万元以上十万元以下罚款',
          },
        ],
      },
    ],
  },
  道路运输经营活动监督检查: {
    baseCode: '010618007000',
    process: inspection({ office: '道路运输管理科', points: '车辆动态监控、驾驶员排班和安全例检记录' }),
    risks: [...inspectionRisks],
  },
  机动车维修经营备案: permit({
    base: '011018010000',
    office: '道路运输管理科',
    for: 'all',
    conditions: ['有相应的维修场地和设备', '有必要的技术人员和质量管理制度', '有环境保护措施'],
    materials: [form('机动车维修经营备案表', 'garage'), own('维修场地使用证明', { originals: 0, copies: 1 })],
    statutory: 5,
    promised: 1,
    standard: '备案表填写完整、材料齐全',
    counter: '交通运输窗口',
    visits: 0,
    result: ['备案凭证'],
  }),
};
