import { FOOD_PERMIT } from '../certificate-type.ts';
import type { SampleFacts } from '../sample-item.ts';
import { experts, permit, siteVisit } from './permit.ts';
import { coercion, inspection, penalty } from './procedures.ts';
import { inspectionRisks, penaltyRisks } from './risks.ts';
import { form, issued, own, service, when, workingDays } from './service.ts';

const SQUAD = '市场监管综合行政执法支队';
const LICENCE = issued('营业执照', '市场监督管理部门', {
  remarks: '通过数据共享核验，不需要提交复印件',
  copies: 1,
});
const DEVICES = permit({
  base: '010131003000',
  office: '特种设备安全监察科',
  for: 'all',
  conditions: ['设备由取得生产许可的单位制造', '安装、改造经监督检验合格', '使用单位落实安全管理人员和制度'],
  materials: [
    form('特种设备使用登记表', 'device-registration', { originals: 2 }),
    own('产品合格证明', { originals: 0, copies: 1 }),
    own('监督检验证明', { originals: 0, copies: 1, source: 'other', sourceOrgan: '检验机构' }),
    LICENCE,
  ],
  statutory: 15,
  promised: 5,
  visit: siteVisit('设备的实物与登记表一致，安全附件在检定有效期内', '对实物有疑问'),
  standard: '检验结论合格，登记表的参数与铭牌一致',
  counter: '特种设备窗口',
  visits: 1,
  result: ['特种设备使用登记证', '长期，超过检验有效期的不得使用'],
});

export const MARKET_FACTS: Readonly<Record<string, SampleFacts>> = {
  食品经营许可: permit({
    base: '010131001000',
    office: '食品经营安全监督管理科',
    for: 'all',
    conditions: [
      '具有与经营的食品品种、数量相适应的场所，与有毒、有害场所和其他污染源保持规定距离',
      '具有相应的设备设施、合理的布局和流程，防止生熟交叉污染',
      '有食品安全管理人员和保证食品安全的制度',
    ],
    materials: [
      form('食品经营许可申请书', 'food-permit'),
      issued('营业执照', '市场监督管理部门'),
      own('经营场所平面图和设备布局、操作流程文件'),
      own('食品安全管理制度目录'),
      when(
        '申请变更、延续的',
        issued('食品经营许可证', '市场监督管理部门', { certificateType: FOOD_PERMIT.code }),
      ),
    ],
    statutory: 20,
    promised: 10,
    visit: siteVisit(
      '设备布局和操作流程与申请书一致，生熟分开，有清洗消毒和防虫设施',
      '新办，或者经营条件变化',
    ),
    standard: '主体业态、经营项目与设备布局、流程相适应',
    counter: '食品经营许可窗口',
    visits: 0,
    result: ['食品经营许可证', '5年', FOOD_PERMIT.code],
    more: { formerCode: 'SL010100SP0000001' },
  }),
  食品生产许可: permit({
    base: '010131002000',
    office: '食品生产安全监督管理科',
    for: 'companies',
    conditions: [
      '生产场所环境整洁，与污染源保持规定距离',
      '设备和工艺流程与食品类别相适应',
      '有专职或者兼职的食品安全专业技术人员',
    ],
    materials: [
      form('食品生产许可申请书', 'food-production'),
      own('生产设备布局图和工艺流程图'),
      own('主要设备设施清单'),
      issued('营业执照', '市场监督管理部门'),
      when('申请保健食品、特殊医学用途配方食品生产的', own('质量管理体系文件')),
    ],
    statutory: 20,
    promised: 10,
    visit: siteVisit('按照核查要点逐项评分，关键项一票否决'),
    standard: '申请的食品类别属于本级权限，工艺流程完整',
    counter: '食品生产许可窗口',
    visits: 1,
    result: ['食品生产许可证', '5年'],
    more: {
      powerSource: '2',
      changes: [
        {
          day: '2025-06-01',
          reason: '委托：食用农产品初加工类别委托样本县实施，市级负责监督',
          related: ['countyMarket', '食品生产许可'],
          remarks: '食用农产品初加工类别自2025年6月1日起委托县级实施，以市级名义作出决定。',
        },
      ],
    },
  }),
  特种设备使用登记: {
    ...DEVICES,
    changes: [
      {
        // Fixed, and after everything else in the sample: what is decided and not yet in force.
        day: '2027-01-01',
        reason: '变更：登记时限再压减，材料由检验机构共享',
        service: {
          ...DEVICES.service,
          promisedTime: workingDays(2),
          materials: (DEVICES.service?.materials ?? []).filter(({ source }) => source === 'applicant'),
          visits: 0,
        },
      },
    ],
  },
  对未取得食品生产经营许可从事食品生产经营活动的处罚: {
    baseCode: '010231004000',
    process: penalty({
      office: SQUAD,
      evidence: '查明经营时间、货值金额和违法所得，抽样检验结论合法有效',
      hearing: '拟没收较大数额违法所得或者处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '未取得许可从事食品生产经营活动，货值金额不足一万元',
        basis: '《中华人民共和国食品安全法》第一百二十二条第一款；处五万元以上十万元以下罚款',
        tiers: [
          {
            tier: '不予处罚',
            circumstances: '首次发现，经营不满十日，已停止经营并补办，没有造成危害后果',
            standard: '责令改正，进行教育，不予处罚',
          },
          {
            tier: '减轻',
            circumstances: '货值不足一千元，主动消除危害后果并配合调查',
            standard: '没收违法所得，处不足五万元罚款',
          },
          {
            tier: '一般',
            circumstances: '没有减轻和从重的情形',
            standard: '没收违法所得和食品，处五万元以上七万元以下罚款',
          },
          {
            tier: '从重',
            circumstances: '食品检验不合格、供应学校和养老机构，或者被查处后仍继续经营',
            standard: '没收违法所得、食品和工具设备，处七万元以上十万元以下罚款',
          },
        ],
      },
      {
        conduct: '未取得许可从事食品生产经营活动，货值金额一万元以上',
        basis: '《中华人民共和国食品安全法》第一百二十二条第一款；处货值金额十倍以上二十倍以下罚款',
        tiers: [
          {
            tier: '一般',
            circumstances: '没有减轻和从重的情形',
            standard: '处货值金额十倍以上十四倍以下罚款',
          },
          {
            tier: '从重',
            circumstances: '造成食品安全事故，或者隐匿、毁灭证据',
            standard: '处货值金额十四倍以上二十倍以下罚款',
          },
        ],
      },
    ],
  },
  对假冒专利行为的处罚: {
    baseCode: '010231005000',
    process: penalty({
      office: SQUAD,
      evidence: '专利登记簿副本、标注专利号的实物、销售台账相互印证',
      hearing: '拟处较大数额罚款，当事人申请',
    }),
    risks: [...penaltyRisks],
    discretion: [
      {
        conduct: '假冒专利',
        basis: '《中华人民共和国专利法》第六十八条',
        tiers: [
          {
            tier: '较轻',
            circumstances: '违法所得不足五千元，主动停止并消除标注',
            standard: '没收违法所得，可以处违法所得一倍以下罚款',
          },
          {
            tier: '一般',
            circumstances: '违法所得五千元以上不足五万元',
            standard: '没收违法所得，处违法所得一倍以上三倍以下罚款',
          },
          {
            tier: '较重',
            circumstances: '违法所得五万元以上，或者两年内再次假冒',
            standard: '没收违法所得，处违法所得三倍以上五倍以下罚款',
          },
        ],
      },
    ],
  },
  '对不符合食品安全标准的食品及相关物品的查封、扣押': {
    baseCode: '010331006000',
    process: coercion({ office: SQUAD, object: '食品和用于违法生产经营的物品' }),
  },
  食品生产经营监督检查: {
    baseCode: '010631007000',
    process: inspection({ office: '食品安全协调科', points: '检查要点表的全部重点项和不少于一半的一般项' }),
    risks: [...inspectionRisks],
  },
  股权出质登记: permit({
    base: '010731008000',
    office: '登记注册科',
    for: 'all',
    conditions: ['出质的股权已经登记，没有被冻结，没有重复出质', '出质人、质权人达成书面质权合同'],
    materials: [
      form('股权出质登记申请书', 'share-pledge'),
      own('质权合同', { originals: 1 }),
      own('出质人、质权人身份证明', { originals: 0, copies: 1 }),
    ],
    statutory: 1,
    immediate: true,
    standard: '申请书与质权合同、登记簿的记载一致',
    counter: '登记注册窗口',
    visits: 0,
    result: ['股权出质登记通知书'],
  }),
  对食品安全违法行为举报人的奖励: {
    baseCode: '010831009000',
    service: service({
      for: 'people',
      conditions: [
        '有明确的被举报对象和主要违法事实',
        '举报的内容事先没有被监管部门掌握',
        '经查证属实并作出处理',
      ],
      materials: [form('举报奖励领取表', 'reward'), own('本人身份证明', { originals: 0, copies: 1 })],
      statutory: { text: '自告知举报人之日起30日内领取', days: 30, unit: 'calendar-day' },
      counter: '投诉举报窗口',
      visits: 0,
      result: { name: '奖励金', delivery: '转入举报人指定账户' },
    }),
  },
  专利侵权纠纷裁决: permit({
    base: '010931010000',
    office: '知识产权保护和纠纷裁决科',
    for: 'all',
    conditions: [
      '请求人是专利权人或者利害关系人',
      '有明确的被请求人、请求事项和事实',
      '没有就同一纠纷起诉，也没有约定仲裁',
    ],
    materials: [
      form('专利侵权纠纷处理请求书', 'patent-dispute', { originals: 2 }),
      issued('专利登记簿副本', '国务院专利行政部门'),
      own('涉嫌侵权的证据'),
    ],
    statutory: 90,
    promised: 60,
    visit: experts('比对权利要求的全部技术特征'),
    standard: '请求书与证据能够说明侵权事实',
    counter: '知识产权窗口',
    offline: true,
    visits: 1,
    result: ['专利侵权纠纷行政裁决书'],
  }),
};
