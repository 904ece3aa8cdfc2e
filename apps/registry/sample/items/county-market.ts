import { FOOD_PERMIT } from '../certificate-type.ts';
import { permit } from '../facts/permit.ts';
import { issued, own } from '../facts/service.ts';
import { law, rule } from '../legal-basis.ts';
import type { SampleItem } from '../sample-item.ts';

const FOOD_LAW = '中华人民共和国食品安全法';
const permitSystem = law(FOOD_LAW, '第三十五条', '国家对食品生产经营实行许可制度。');

/**
 * One county's list, as counties write them. It holds on purpose what a health check (清单体检) has to find: the same
 * power under another name, category or basis than in the city, a promise that is none, a fee nobody can explain.
 */
export const COUNTY_MARKET: readonly SampleItem[] = [
  {
    // One word more than in the city. No certificate type names a power so, and the county cannot issue what it permits.
    name: '食品的经营许可',
    category: '01',
    office: '食品经营股',
    bases: [
      permitSystem,
      rule(
        '食品经营许可和备案管理办法',
        '第六条',
        '县级以上市场监督管理部门负责本行政区域内的食品经营许可和备案。',
      ),
    ],
    levels: [['4', '负责本县食品经营者的许可，市级保留的除外']],
    departmentDuties: '负责本县食品经营安全监督管理。',
    duties: [
      ['受理', '在政务服务大厅和网上同时接收申请，同一标准、同一材料。'],
      ['审查', '对小餐饮按照简化要点核查，核查当日告知结论。'],
      ['决定', '在承诺的期限内作出决定，逾期未决定的自动提醒负责人。'],
    ],
    ground: '以现场条件之外的理由拒绝许可的；',
    ...permit({
      base: '010131001000',
      office: '食品经营股',
      for: 'all',
      conditions: ['场所、设备和人员符合食品经营的要求'],
      materials: [
        own('食品经营许可申请表', { formOffered: true, remarks: '空白表格请在网上下载' }),
        issued('营业执照副本', '市场监督管理部门', { originals: 0, copies: 0 }),
        issued('食品经营许可证正、副本（原件）', '市场监督管理部门', { certificateType: FOOD_PERMIT.code }),
      ],
      statutory: 20,
      promised: 25,
      standard: '材料齐全',
      fee: { charged: true, standard: '证书工本费10元' },
      counter: '食品经营许可窗口',
      visits: 2,
      result: ['食品经营许可证', '5年', FOOD_PERMIT.code],
    }),
  },
  {
    name: '食品生产许可',
    category: '01',
    office: '食品生产股',
    bases: [permitSystem],
    levels: [['4', '受市级委托，负责食用农产品初加工类别的许可']],
    departmentDuties: '负责受委托的食品生产许可。',
    duties: [
      ['受理', '接收初加工类别的申请，其他类别的转市级办理并告知申请人。'],
      ['审查', '会同市级核查员核查，核查记录同时报市级。'],
      ['决定', '以市级名义作出决定，每季度报送办理情况。'],
    ],
    ground: '超出委托的类别和权限办理许可的；',
    listed: {
      day: '2025-06-01',
      reason: '承接：受市级委托实施食用农产品初加工类别的许可',
      related: ['market', '食品生产许可'],
    },
    organNature: 'entrusted',
    powerSource: '5',
    baseCode: '010131002000',
  },
  {
    name: '食品小作坊登记',
    category: '10',
    office: '食品生产股',
    bases: [
      law(
        FOOD_LAW,
        '第三十六条',
        '食品生产加工小作坊应当符合与其生产规模相适应的食品安全要求，具体管理办法由省级制定。',
      ),
    ],
    levels: [['4', '负责本县食品小作坊的登记']],
    departmentDuties: '负责本县食品小作坊登记和帮扶。',
    duties: [
      ['受理', '上门指导填报，不会填写的由工作人员代填、本人签字。'],
      ['登记', '核对生产场所和品种，当日发给登记证。'],
      ['事后监管', '每半年回访一次，指导改进包装标识。'],
    ],
    ground: '向小作坊摊派培训费、检测费的；',
    listed: {
      day: '2025-12-01',
      reason: '承接：市级下放，由县级办理登记',
      related: ['market', '食品小作坊登记'],
    },
    powerSource: '2',
  },
  {
    // The city: 对未取得食品生产经营许可从事食品生产经营活动的处罚, under the same code.
    name: '对无证从事食品生产和经营的处罚',
    category: '02',
    office: '执法大队',
    bases: [law(FOOD_LAW, '第一百二十二条', '未取得许可从事食品生产经营的，没收并处罚款。')],
    levels: [['4', '负责本县案件的查处']],
    departmentDuties: '查处本县食品生产经营违法行为。',
    duties: [
      ['立案', '接到举报二十四小时内到场，符合条件的立案。'],
      ['调查', '固定经营场所、货值和收入的证据。'],
      ['决定', '集体讨论后作出决定，说明适用裁量阶次的理由。'],
    ],
    ground: '选择性执法、以罚代管的；',
    baseCode: '010231004000',
  },
  {
    // The city calls it 行政确认.
    name: '股权出质登记',
    category: '10',
    office: '登记注册股',
    bases: [law('中华人民共和国民法典', '第四百四十三条', '以股权出质的，质权自办理出质登记时设立。')],
    levels: [['4', '负责在本县登记的企业的股权出质登记']],
    departmentDuties: '负责本县经营主体登记。',
    duties: [
      ['受理', '核对双方身份，提示重复出质的风险。'],
      ['登记', '当场登记，信息同日公示。'],
      ['查询', '向利害关系人提供登记情况的书面证明。'],
    ],
    ground: '无故拖延登记，影响当事人融资的；',
  },
  {
    // The city rests on 专利法 and not on the rule.
    name: '对假冒专利行为的处罚',
    category: '02',
    office: '执法大队',
    bases: [rule('专利行政执法办法', '第三十一条', '规定假冒专利行为查处的程序和处理。')],
    levels: [['4', '负责本县假冒专利案件的查处']],
    departmentDuties: '查处本县假冒专利行为。',
    duties: [
      ['立案', '对市场检查中发现的可疑专利标注登记核查。'],
      ['调查', '向国家专利登记系统核对法律状态。'],
      ['决定', '责令改正并公告，依法处理违法所得。'],
    ],
    dutyBases: [],
    ground: '对重复假冒行为不予查处的；',
  },
  {
    name: '样本县第2批食品摊贩备案',
    category: '10',
    office: '食品经营股',
    bases: [rule('示例市食品摊贩管理办法', '', '规定摊贩经营的地点、时段和备案。')],
    levels: [['4', '负责本县食品摊贩的备案']],
    departmentDuties: '指导本县食品摊贩规范经营。',
    duties: [],
    ground: '对符合条件的摊贩不予备案的；',
  },
];
