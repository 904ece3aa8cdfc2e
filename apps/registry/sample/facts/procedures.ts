import type { ProcessStep } from '@mandate/lists';

type Steps = ProcessStep[];

/** 许可、登记 and the like: from the application to what comes of it. */
export function licensing(of: {
  /** 办理人 of the examination */
  readonly office: string;
  /** 审查标准 */
  readonly standard: string;
  /** the visit or the experts' meeting between examination and decision; absent where there is none */
  readonly visit?: {
    readonly name: string;
    readonly time: string;
    readonly standard: string;
    readonly when: string;
  };
  /** of the decision, as the list words it */
  readonly time: string;
  readonly result: string;
}): Steps {
  const { visit } = of;
  const toDecision = [{ to: 'decide', ...(visit && { when: '不需要' + visit.name }) }];
  return [
    { id: 'apply', name: '申请', handler: '申请人', result: '提交申请材料' },
    {
      id: 'accept',
      name: '受理',
      handler: '窗口受理人员',
      time: '当场，至迟5个工作日',
      standard: '事项属于本机关职权范围，材料齐全、符合法定形式',
      next: [
        { to: 'examine', when: '材料齐全' },
        { to: 'supplement', when: '材料不齐' },
        { to: 'refuse-entry', when: '不属于本机关职权范围' },
      ],
    },
    {
      id: 'supplement',
      name: '一次告知补正',
      handler: '窗口受理人员',
      result: '补正通知书',
      next: [{ to: 'accept', when: '补正之后' }],
    },
    {
      id: 'refuse-entry',
      name: '不予受理',
      handler: '窗口受理人员',
      result: '不予受理决定书，告知向谁申请',
      next: [],
    },
    {
      id: 'examine',
      name: '审查',
      handler: `${of.office}经办人`,
      standard: of.standard,
      next: visit ? [{ to: 'visit', when: visit.when }, ...toDecision] : toDecision,
    },
    ...(visit
      ? [
          {
            id: 'visit',
            name: visit.name,
            handler: '两名以上工作人员',
            time: visit.time,
            standard: visit.standard,
            result: `${visit.name}记录`,
          },
        ]
      : []),
    {
      id: 'decide',
      name: '决定',
      handler: `${of.office}负责人、分管领导`,
      time: of.time,
      standard: '程序合法，证据充分，适用依据正确',
      next: [
        { to: 'deliver', when: '符合条件' },
        { to: 'refuse', when: '不符合条件' },
      ],
    },
    {
      id: 'refuse',
      name: '不予批准',
      handler: `${of.office}经办人`,
      result: '不予批准决定书，说明理由和救济途径',
      next: [],
    },
    {
      id: 'deliver',
      name: '送达和公开',
      handler: '窗口发证人员',
      time: '10个工作日内',
      result: of.result,
      next: [],
    },
  ];
}

/** 处罚: the ordinary procedure, with what ends it early. */
export function penalty(of: {
  readonly office: string;
  readonly evidence: string;
  readonly hearing: string;
}): Steps {
  return [
    {
      id: 'clue',
      name: '发现线索',
      handler: `${of.office}执法人员`,
      time: '15个工作日内核查',
      next: [
        { to: 'file', when: '有违法事实，属于本机关管辖' },
        { to: 'transfer', when: '不属于本机关管辖或者涉嫌犯罪' },
        { to: 'no-case', when: '没有违法事实' },
      ],
    },
    { id: 'transfer', name: '移送', handler: `${of.office}负责人`, result: '案件移送函', next: [] },
    { id: 'no-case', name: '不予立案', handler: `${of.office}负责人`, result: '不予立案审批表', next: [] },
    { id: 'file', name: '立案', handler: `${of.office}负责人`, result: '立案审批表' },
    {
      id: 'investigate',
      name: '调查取证',
      handler: '两名以上执法人员',
      standard: of.evidence,
      result: '调查终结报告',
    },
    {
      id: 'review',
      name: '法制审核',
      handler: '法制审核机构',
      time: '10个工作日',
      standard: '事实清楚，证据确凿，依据正确，裁量适当',
      next: [
        { to: 'notify', when: '审核通过' },
        { to: 'investigate', when: '证据不足' },
      ],
    },
    {
      id: 'notify',
      name: '告知',
      handler: `${of.office}执法人员`,
      result: '处罚告知书',
      next: [
        { to: 'hearing', when: of.hearing },
        { to: 'decide', when: '当事人陈述、申辩或者逾期未提出' },
      ],
    },
    { id: 'hearing', name: '听证', handler: '非本案调查人员主持', result: '听证笔录' },
    {
      id: 'decide',
      name: '决定',
      handler: '分管领导；重大案件由负责人集体讨论',
      time: '立案之日起90日',
      next: [
        { to: 'execute', when: '给予处罚' },
        { to: 'no-penalty', when: '依法不予处罚' },
      ],
    },
    {
      id: 'no-penalty',
      name: '不予处罚',
      handler: `${of.office}执法人员`,
      result: '不予处罚决定书，并进行教育',
      next: [],
    },
    {
      id: 'execute',
      name: '送达、执行和公开',
      handler: `${of.office}执法人员`,
      time: '7日内送达',
      result: '结案报告',
      next: [],
    },
  ];
}

/** 查封、扣押 and the like. */
export function coercion(of: { readonly office: string; readonly object: string }): Steps {
  return [
    {
      id: 'report',
      name: '报告批准',
      handler: `${of.office}执法人员`,
      standard: `有证据需要对${of.object}采取措施，情节显著轻微的不采取`,
      next: [
        { to: 'carry-out', when: '负责人批准' },
        { to: 'urgent', when: '情况紧急，需要当场实施' },
      ],
    },
    {
      id: 'urgent',
      name: '当场实施，补办批准',
      handler: '两名以上执法人员',
      time: '24小时内补办',
      next: [{ to: 'keep' }],
    },
    { id: 'carry-out', name: '实施', handler: '两名以上执法人员', result: '决定书、清单和现场笔录' },
    {
      id: 'keep',
      name: '保管和查清',
      handler: `${of.office}保管人员`,
      time: '不超过30日，可以延长一次',
      next: [
        { to: 'lift', when: '没有违法或者不再需要' },
        { to: 'dispose', when: '依法没收、销毁' },
      ],
    },
    { id: 'lift', name: '解除', handler: `${of.office}执法人员`, result: '解除决定书，退还财物', next: [] },
    { id: 'dispose', name: '处理', handler: `${of.office}负责人`, result: '处理决定书', next: [] },
  ];
}

/** 检查: announced, carried out, followed up. */
export function inspection(of: { readonly office: string; readonly points: string }): Steps {
  return [
    { id: 'plan', name: '计划', handler: `${of.office}负责人`, result: '年度检查计划，公布并备案' },
    {
      id: 'visit',
      name: '现场检查',
      handler: '两名以上执法人员',
      standard: of.points,
      result: '检查记录，双方签字',
    },
    {
      id: 'judge',
      name: '结果处理',
      handler: `${of.office}经办人`,
      next: [
        { to: 'publish', when: '未发现问题' },
        { to: 'correct', when: '存在问题' },
        { to: 'case', when: '涉嫌违法' },
      ],
    },
    {
      id: 'correct',
      name: '责令整改和复查',
      handler: `${of.office}执法人员`,
      time: '按期限复查',
      next: [{ to: 'publish' }],
    },
    { id: 'case', name: '移交查处', handler: `${of.office}执法人员`, result: '案件线索移交单', next: [] },
    { id: 'publish', name: '公开结果', handler: `${of.office}经办人`, time: '20个工作日内', next: [] },
  ];
}
