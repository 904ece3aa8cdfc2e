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
    'name of the act',
    'basisText',
    '(?:设定|实施|执法|处罚|许可)?(?:依据|法律|法规|法律法规|规章)(?:的)?文?件?(?:名称|标题)',
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
