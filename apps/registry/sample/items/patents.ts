import { law, rule } from '../legal-basis.ts';
import type { SampleItem } from '../sample-item.ts';

const MERGED = {
  day: '2024-07-01',
  state: 'cancelled',
  remarks: '本机关已合并，事项由承接机关办理。',
} as const;

/** The list of an organ that is no more: what became of each item stands in its last entry. */
export const PATENTS: readonly SampleItem[] = [
  {
    name: '专利侵权纠纷裁决',
    category: '09',
    office: '执法科',
    bases: [
      law(
        '中华人民共和国专利法|2020年修正',
        '第六十五条',
        '未经专利权人许可实施其专利引起纠纷的，当事人可以请求管理专利工作的部门处理。',
      ),
    ],
    levels: [['3', '负责本市行政区域内专利侵权纠纷的处理']],
    departmentDuties: '处理专利侵权纠纷。',
    duties: [
      ['受理', '核对专利权的法律状态，请求书不完整的告知补充的内容。'],
      ['审理', '听取双方意见，组织现场勘验，对技术争议咨询专家。'],
      ['裁决', '认定侵权成立的责令停止，不成立的驳回请求并说明理由。'],
    ],
    ground: '无故拖延处理请求，使侵权行为持续的；',
    changes: [
      {
        ...MERGED,
        reason: '下放：随机构合并划转，由市场监督管理局承接',
        related: ['market', '专利侵权纠纷裁决'],
      },
    ],
  },
  {
    name: '对专利代理违法行为的处罚',
    category: '02',
    office: '执法科',
    bases: [
      rule('专利代理管理办法', '第五十二条', '对擅自开展专利代理业务等行为，由管理专利工作的部门依法处理。'),
    ],
    levels: [['3', '负责本市行政区域内专利代理行为的查处']],
    departmentDuties: '监督管理专利代理行业。',
    duties: [
      ['立案', '对投诉和抽查发现的线索登记编号，七日内决定是否立案。'],
      ['调查', '调取代理协议、缴费记录，询问委托人和代理师。'],
      ['决定', '按照情节作出警告、罚款或者移送上级的决定。'],
    ],
    ground: '对挂靠、出借资质的行为查而不处的；',
    changes: [{ ...MERGED, reason: '取消：机构合并后由省级统一行使' }],
  },
];
