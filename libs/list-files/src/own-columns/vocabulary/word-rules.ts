import type { Field } from './fields.ts';

/**
 * What makes a word the head of a column, where the word itself was not seen: a qualifier (what kind of power, whose, at
 * which level) before a head that decides. Of several rules the first counts.
 */
export interface WordRule {
  /** what an inferred spelling is marked with */
  readonly name: string;
  /** undefined: known to have no place in an item */
  readonly field: Field | undefined;
  readonly pattern: RegExp;
  /** may mean something else too: gives way to a column that surely is this field, and wants cells that fit */
  readonly weak?: true;
}

const KIND =
  '(?:行政|权力|权责|职权|职责|执法|政务|公共|便民|服务|许可|审批|处罚|强制|征收|征用|给付|检查|抽查|监管|监督|确认|奖励|裁决|备案|审核|核准|认定|登记)';
const WHOSE =
  '(?:本级|本部门|本单位|省级?|市级?|县级?|区级?|乡镇|街道|中央|国家|地方|部门|基本|通用|具体|主要?|所属|对应的?|相应|法定|联合|双随机|随机|一般|办理|实施|行使|申请)';
const QUALIFIERS = `(?:${KIND}|${WHOSE})`;
const AND = '(?:和|与|及|以及|、|/|或|或者|及其)';
const LAW = '(?:设定|设立|实施|行使|法律|法规|规章|政策|制定|文件|主要|相关|法定|办理|的)';

const rule = (name: string, field: Field | undefined, pattern: string, weak?: 'weak'): WordRule => ({
  name,
  field,
  pattern: new RegExp(`^(?:${pattern})$`, 'u'),
  ...(weak !== undefined && { weak: true }),
});

export const WORD_RULES: readonly WordRule[] = [
  rule('another list’s number', undefined, '.+(?:清单|目录|版).*(?:序号|编号)', 'weak'),
  rule('serial', 'serial', '(?:顺序|排序|流水|项目?)?(?:序号|次序|项次|顺序号)'),
  rule('serial in Latin letters', 'serial', '[Nn][Oo][.．。]?'),
  rule('serial or code', 'serial', '编号|号', 'weak'),

  rule('unit of a statutory time', 'statutoryUnit', '法定(?:办结|办理)?(?:时限|期限)(?:的)?(?:单位|类型)'),
  rule('unit of a promised time', 'promisedUnit', '承诺(?:办结|办理|完成)?(?:时限|期限)(?:的)?(?:单位|类型)'),
  rule('statutory time', 'statutoryTime', '法定(?:的)?(?:办结|办理|审批|完成|工作)?(?:时限|期限|时间|天数)'),
  rule(
    'promised time',
    'promisedTime',
    '(?:对外|公开)?承诺(?:的)?(?:办结|办理|审批|完成|工作)?(?:时限|期限|时间|天数)',
  ),
  rule('a time not said which', 'statutoryTime', '(?:办理|办结|审批|完成|工作)(?:时限|期限)', 'weak'),
  rule('whether charged', 'charged', '(?:是否|有无)收费|收费情况|是否需要收费'),
  rule('fee with its basis', 'fee', `(?:行政)?(?:收费|征收)(?:(?:依据|标准|项目|情况)${AND}?){2,}`),
  rule('fee standard', 'feeStandard', `(?:行政)?(?:收费|征收)${AND}?(?:标准|金额|项目及标准)`),
  rule('fee basis', 'feeBasis', '(?:行政)?收费(?:的)?(?:依据|文件|文号)'),
  rule(
    'applicants',
    'applicants',
    '(?:服务|办理|申请|实施|面向|办事|受理)(?:的)?(?:对象|者类型|人类型|对象类型)',
  ),
  rule(
    'conditions',
    'conditions',
    `(?:${QUALIFIERS}|申请|受理|申报|办理|准予|准入|批准|的|${AND})*(?:批准|受理|办理|申请|申报|许可|准入|审批)?条件(?:${AND}要求)?`,
  ),
  rule(
    'materials',
    'materials',
    `(?:${QUALIFIERS}|申请|申报|提交|所需|需要|受理|应提交的?|${AND})*(?:材料|资料)(?:清单|目录|名称)?(?:${AND}数量)?`,
  ),
  rule('handling', 'handling', '(?:办件|办理)类型'),
  rule('visits', 'visits', '(?:到|跑)?(?:办事)?(?:现场|大厅|窗口|跑动)+(?:现场|大厅|办理)?次数'),
  rule('window', 'windowAddress', '(?:办理|受理|办公|服务|办事|窗口)+(?:地点|地址|窗口|场所)'),
  rule('hours', 'windowHours', '(?:办公|受理|对外服务|服务)时间'),
  rule(
    'address on the net',
    'windowUrl',
    '(?:在线|网上|线上|互联网)(?:办理|申请|申报|办事)(?:地址|链接|网址|入口)',
  ),
  rule('consultation', 'consultation', '(?:咨询|联系)(?:服务)?(?:方式|电话|渠道|途径)(?:及方式)?'),
  rule('complaint', 'complaint', `(?:(?:监督|投诉|举报|诉求|反馈)${AND}?)+(?:方式|电话|渠道|途径)`),
  rule('delivery of the result', 'resultDelivery', '(?:结果|证照|证件)(?:送达|领取|取件)(?:方式|途径)'),
  rule(
    'result',
    'result',
    '(?:办理|审批|办结|许可|服务)?(?:结果|证件|证照|审批文件)(?:的)?(?:名称|样本|文书)?',
  ),

  rule(
    'duty basis',
    'dutyBasisText',
    `(?:部门)?(?:责任|履责|职责|尽责)(?:事项)?(?:的|设定|法律|履行|${AND})*依据`,
  ),
  rule(
    'grounds of accountability',
    'accountabilityGrounds',
    `(?:(?:追责|问责|责任追究|追究责任|监督追责|行政问责)(?:的|事项)?(?:情形|情况|事由|方式|依据|标准)?${AND}?(?:依据|处理|处理方式|后果)?)+(?:情形|情况|事由)(?:${AND}(?:追责|问责|责任追究)?(?:的)?(?:依据|方式|处理|处理方式|标准|后果))*`,
  ),
  rule('basis of accountability', 'accountabilityGrounds', '(?:追责|问责|责任追究)(?:的)?依据', 'weak'),
  rule(
    'who is accountable',
    'accountablePersons',
    `(?:追责|问责|责任追究|追究责任?|被追责)(?:的)?(?:(?:对象|主体|人员|范围)${AND}?)+`,
  ),
  rule(
    'duties of the organ',
    'departmentDuties',
    '(?:部门|单位|机构|机关|主要|三定)+(?:主要)?(?:职责|职能|职责任务|工作职责)',
  ),
  rule(
    'duties',
    'dutiesText',
    '(?:部门|行政|对应的?|相应)?(?:责任|履责)(?:事项|清单|内容|要求|环节|范围|的|具体)+',
  ),
  rule(
    'remedies',
    'remedies',
    `(?:(?:行政|权利|法律|监督|复议|诉讼)${AND}?)*(?:救济|救助|复议|诉讼)(?:渠道|途径|方式|权利)`,
  ),

  rule(
    'implementation code',
    'implementationCode',
    '(?:事项|清单|权力)?实施(?:清单|事项|主体)?(?:编码|代码)',
  ),
  rule('base code', 'baseCode', '(?:国家|省|事项|目录|清单)*基本(?:目录|事项|清单)?(?:编码|代码)'),
  rule('business code', 'businessCode', '(?:业务)?办理项(?:编码|代码)'),
  rule('former code', 'formerCode', '(?:旧|原)(?:行政)?(?:职权|权力|权责|事项)*(?:编码|代码|编号)'),
  rule(
    'code',
    'itemCode',
    `(?:${QUALIFIERS}|事项|项目|清单|目录|统一|系统|业务|唯一)*(?:编码|代码|标识码|标识)`,
  ),
  rule('numbered code', 'itemCode', `(?:${QUALIFIERS}|事项|项目|清单|目录)+编号`),

  rule(
    'kind of something else',
    undefined,
    '(?:公开|办理|申请|信息|材料|证件|处罚|对象|相对人|企业|数据)(?:的)?(?:类型|类别|种类|形式|方式)',
  ),
  rule(
    'category',
    'category',
    `(?:${QUALIFIERS})*(?:权力|职权|权责|执法|行政行为)(?:事项|行为)?(?:的)?(?:类型|类别|种类|分类|类)`,
  ),
  rule(
    'category or a kind of items',
    'category',
    `(?:${QUALIFIERS}|事项|项目|清单|所属)*(?:类型|类别|种类|分类|性质)`,
    'weak',
  ),

  rule(
    'sub-item',
    'subItem',
    `(?:${QUALIFIERS}|事项|项目)*(?:子项|小项|分项|细项|二级事项|子项目|子事项|业务办理项|办理项|实施项)(?:目)?(?:名称|事项|内容)?`,
  ),
  rule('group', 'group', `(?:${QUALIFIERS})*(?:领域|行业领域|监管领域|一级目录|(?:事项)?大类)`),

  rule(
    'basis',
    'basisText',
    `(?:${QUALIFIERS}|${LAW}|事项|${AND})*(?:依据|法律法规|法律条款|法条|法律法规依据|法律依据名称)(?:名称|内容|条款|原文|条文|文件)?(?:${AND}(?:条款|内容|条文|文号|依据))?`,
  ),

  rule(
    'who takes part',
    undefined,
    '(?:配合|协同|协助|协办|联办|参与|参检|会同|联合|委托|受托|监督|填报|制定|审核|公布)(?:检查|办理|实施)?(?:的)?(?:部门|单位|机构|机关|主体)',
  ),
  rule(
    'office',
    'handlingOffice',
    `(?:具体|主要)?(?:承办|经办|内设|责任|负责|执行|办理|实施|业务)(?:的)?(?:机构|科室|处室|股室|处（科）室|处\\(科\\)室|内设机构|大队|支队|科（股）室)(?:名称|${AND}责任人)?`,
  ),
  rule('office or organ', 'handlingOffice', '(?:承办|经办|受理|办理)(?:部门|单位|机关)', 'weak'),
  rule(
    'organ',
    'implementingOrgan',
    `(?:${KIND}|法定|行使|实施|办理|组织|的)+(?:主体|机关|行政机关|机构|部门|单位|实施主体|实施机关)(?:名称)?`,
  ),
  rule(
    'organ or one above it',
    'implementingOrgan',
    `(?:${WHOSE}|业务|行业|行政|监管|责任|牵头|主管|发起|权力|归口|职能)*(?:部门|主体|单位|机关|机构|主管部门)(?:名称)?`,
    'weak',
  ),
  rule(
    'level',
    'level',
    `(?:${QUALIFIERS}|管理|第一责任|责任)*(?:层级|级别)(?:${AND}(?:权限|说明|范围|内容))?(?:建议)?`,
  ),
  rule(
    'division',
    'division',
    `(?:${QUALIFIERS}|管理|层级|各级)*(?:权限|事权|职责权限)(?:划分|内容|范围|分工)?`,
  ),

  rule(
    'name',
    'name',
    `(?:${QUALIFIERS})*(?:事项|项目|职权|权力|权责|职责|业务|主项|大项|许可|处罚|检查|服务|执法)(?:的)?(?:名称|标题)`,
  ),
  rule('kind of item', 'name', `(?:${KIND}|双随机|随机|联合|具体|通用)+(?:事项|项目)`),
  rule('item', 'name', '事项内容|项目内容|职权内容|名称|主项|大项|具体事项|事项（名称）', 'weak'),
  rule('remarks', 'remarks', '(?:其他|补充|备注|需要)?(?:说明|备注|附注|备考)(?:事项|的情况)?'),
  rule('state', 'state', '(?:事项|权力|清单|有效|使用|当前)?状态'),
  rule('power source', 'powerSource', '(?:权力|职权|事项)来源'),
  rule('nature of the organ', 'organNature', '(?:实施|行使|办理)?(?:主体|机关)性质'),
  rule(
    'checks',
    undefined,
    '(?:抽查|检查|随机|监管|执法|联合)+(?:对象|比例|频次|频率|方式|内容|周期|基数|时间|人员|计划|要求|结果|程序|标准|范围)(?:.{0,6})',
  ),
  rule(
    'papers of the portal',
    undefined,
    '(?:录入|填报|审核|创建|更新|发布|公开|办理|运行|权力运行)(?:人|人员|时间|日期|方式|数量|流程|流程图|形式|范围|状态)',
  ),
];

/** Spellings that nobody was seen to use but a rule gives, by rule: held by a test, so that a rule keeps what it is for. */
export const INFERRED: Readonly<Record<string, string>> = {
  serial: '项次 排序序号 项目序号',
  name: '处罚事项名称 检查事项名称 强制事项名称 确认事项名称 公共服务事项名称 政务服务事项名称 行政执法事项名称 行政处罚事项名称 基本事项名称 许可名称 服务名称 审批事项名称 备案事项名称',
  'kind of item':
    '许可事项 处罚事项 审批事项 服务事项 公共服务事项 执法项目 检查项目 行政检查事项 抽查项目 备案事项 监管事项',
  'sub-item': '许可子项名称 抽查子项名称 检查子项 小项名称 执法子项 业务办理项目',
  category: '行政执法类别 执法类型 执法行为类别 行政执法事项类别 权责类别 权力种类 职权分类 行政权力分类',
  'category or a kind of items': '事项性质 项目类别 清单类别 许可类别',
  basis:
    '设定和实施的依据 设定及实施依据 法律法规依据 设定依据及条款 许可依据 处罚依据 检查依据和条款 执法依据条款 设定与实施依据 服务依据 政策依据 法律法规 行政执法依据 抽查依据及条款',
  organ:
    '许可机关 处罚机关 执法机关 行政执法主体 检查机关 服务主体 抽查部门 实施单位 执法部门 审批部门 权力实施主体 行使部门 执法单位',
  'organ or one above it':
    '责任部门 责任单位 牵头部门 牵头单位 业务主管部门 行业主管部门 市级主管部门 单位名称 所属部门',
  office: '承办股室 责任股室 承办内设机构 具体承办科室 执行机构 承办大队',
  level: '执法层级 行使层级和权限 管理层级 检查层级 审批层级 实施层级及范围',
  division: '管理权限 审批权限 事权 各级权限',
  'duty basis': '履责事项依据 责任法律依据 职责依据 责任事项设定依据',
  duties: '部门责任事项 责任要求 责任范围 责任环节',
  'grounds of accountability':
    '追责情形和追责依据 问责情形及依据 追责情形与依据 责任追究情形及依据 追责情形、依据 追责情形及处理方式 问责情况',
  'who is accountable': '追责主体 责任追究范围 追责对象及范围 问责人员',
  'duties of the organ': '单位职责 部门主要职能 三定职责',
  remedies: '救济方式 行政救济途径 法律救济渠道 复议诉讼渠道',
  'former code': '原职权编码 旧权力编码',
  'base code': '国家基本编码 基本目录编码',
  'implementation code': '实施清单编码 实施事项编码',
  'business code': '办理项编码',
  code: '许可事项编码 执法事项编码 权力代码 目录编码 统一编码 清单编码',
  'numbered code': '许可事项编号 目录编号 清单编号',
  'statutory time': '法定办理时限 法定审批时限 法定办结时间',
  'promised time': '承诺办理时限 对外承诺时限 承诺办结期限',
  'a time not said which': '办理时限 办结时限 办理期限',
  'whether charged': '有无收费 收费情况',
  'fee with its basis': '收费标准及依据 收费依据及标准 收费项目和标准',
  conditions: '许可条件 准予批准的条件 申请条件及要求',
  materials: '申请资料 申报材料清单 申请材料目录 所需材料及数量 受理材料',
  applicants: '面向对象 办事对象',
  consultation: '咨询渠道 联系电话 联系方式',
  complaint: '投诉渠道 监督举报电话 投诉举报方式 监督方式 监督投诉电话',
  window: '受理地点 办公地址 受理窗口',
  hours: '受理时间 办公时间',
  'address on the net': '网上办理地址 网上办事入口',
  result: '审批结果 办理结果名称 许可证件名称',
  visits: '跑动次数 到大厅次数',
  state: '权力状态 使用状态',
};
