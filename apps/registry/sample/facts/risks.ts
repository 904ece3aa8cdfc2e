import type { IntegrityRisk } from '@mandate/lists';

const risk = (
  step: string,
  form: string,
  grade: IntegrityRisk['grade'],
  measures: string,
  post: string,
): IntegrityRisk => ({ step, form, grade, measures, post });

/** @param visit what is looked at on the spot */
export const licensingRisks = (visit: string): IntegrityRisk[] => [
  risk(
    '受理',
    '对符合条件的申请拖延受理，或者要求提交目录以外的材料',
    'low',
    '公示材料目录，一次告知，窗口评价每月通报',
    '窗口受理岗',
  ),
  risk(
    '审查',
    `${visit}走过场，降低标准或者与申请人私下接触`,
    'high',
    '两人以上办理，人员随机确定，全程记录并归档',
    '审查岗',
  ),
  risk(
    '决定',
    '超越权限批准，或者对同样的情形作出不同的决定',
    'medium',
    '集体会商，批准与审查分岗，结果向社会公开',
    '审批负责人',
  ),
];

export const penaltyRisks: readonly IntegrityRisk[] = [
  risk(
    '立案',
    '有案不立、压案不查，或者选择性执法',
    'high',
    '线索统一登记，不予立案的由两级审批，每季抽查',
    '执法中队负责人',
  ),
  risk(
    '调查取证',
    '收受当事人财物，隐匿、销毁或者伪造证据',
    'high',
    '执法记录仪全程记录，两人办案，证据及时上传',
    '执法人员',
  ),
  risk(
    '决定',
    '不按裁量基准，随意加重或者减轻处罚',
    'medium',
    '说明裁量理由，法制审核，重大案件集体讨论',
    '案件审核岗',
  ),
  risk(
    '执行',
    '罚款不缴专户，没收的财物处置不当',
    'medium',
    '罚缴分离，没收财物双人保管、公开处置',
    '执行岗',
  ),
];

export const inspectionRisks: readonly IntegrityRisk[] = [
  risk(
    '计划',
    '随意检查、重复检查，影响正常经营',
    'medium',
    '检查计划备案，扫码入企，频次上限提醒',
    '检查计划岗',
  ),
  risk(
    '现场检查',
    '通风报信，或者发现问题不记录、不处理',
    'high',
    '人员和对象双随机，检查结果当场录入',
    '检查人员',
  ),
];

export const paymentRisks: readonly IntegrityRisk[] = [
  risk(
    '审核',
    '对不符合条件的人员发放，或者优亲厚友',
    'high',
    '数据比对，名单公示七日，抽查比例不低于百分之十',
    '审核岗',
  ),
  risk('发放', '截留、挪用或者拖延发放', 'medium', '资金直达个人账户，发放结果短信告知', '资金管理岗'),
];
