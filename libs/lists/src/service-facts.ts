import * as z from 'zod';

const Text = z.string().min(1).max(20_000);
const Line = z.string().min(1).max(2_000);

/** A time limit as the list words it, and counted where it can be. */
const TimeLimitSchema = z.strictObject({
  /** word for word, e.g. 自受理之日起20个工作日 */
  text: Line,
  days: z.number().int().min(0).max(3_650).optional(),
  unit: z.enum(['working-day', 'calendar-day']).optional(),
});

/** 申请材料 */
const MaterialSchema = z.strictObject({
  name: Line,
  /** 材料形式 */
  form: z.enum(['paper', 'electronic', 'either']).optional(),
  /** 必要性: 必要 / 非必要 / 容缺后补 */
  necessity: z.enum(['required', 'optional', 'may-follow']).optional(),
  originals: z.number().int().min(0).max(99).optional(),
  copies: z.number().int().min(0).max(99).optional(),
  /** 来源渠道: 申请人自备 / 政府部门核发 / 其他 */
  source: z.enum(['applicant', 'government', 'other']).optional(),
  /** who makes it out, where the source is a government or another */
  sourceOrgan: Line.optional(),
  /** 空白表格 and 示例样表: addresses (https) where they can be downloaded */
  blankForm: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  sampleForm: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  /** the list says that there is a form to be downloaded, whether or not it gives one */
  formOffered: z.literal(true).optional(),
  basis: Text.optional(),
  /** code (type 21) of the certificate type, where the material is an electronic certificate (是否电子证照 + 证照编码) */
  certificateType: z.string().max(40).optional(),
  remarks: Line.optional(),
});

const FeeSchema = z.strictObject({
  charged: z.boolean(),
  standard: Text.optional(),
  basis: Text.optional(),
});

/** 办理地点: a window, or an address on the net */
const WindowSchema = z.strictObject({
  name: Line.optional(),
  address: Line.optional(),
  hours: Line.optional(),
  phone: z.string().min(3).max(100).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
});

/** 结果名称/样本, 许可证件名称与有效期 */
const ResultSchema = z.strictObject({
  name: Line,
  /** code (type 21) of the certificate type that is issued, where the registry knows it */
  certificateType: z.string().max(40).optional(),
  validity: Line.optional(),
  delivery: Line.optional(),
});

/** What a citizen needs to know to be served (GB/T 39554.2 办事指南); what the list does not say is absent. */
export const ServiceFactsSchema = z.strictObject({
  /** 服务对象 */
  applicants: z.array(z.enum(['natural-person', 'legal-person', 'other-organization'])).optional(),
  /** 受理条件 */
  conditions: Text.optional(),
  /** 办件类型: 即办件 / 承诺件 */
  handling: z.enum(['immediate', 'promised']).optional(),
  /** 法定办结时限 */
  statutoryTime: TimeLimitSchema.optional(),
  /** 承诺办结时限; absent: the statutory one */
  promisedTime: TimeLimitSchema.optional(),
  fee: FeeSchema.optional(),
  materials: z.array(MaterialSchema).optional(),
  windows: z.array(WindowSchema).optional(),
  /** 咨询方式 / 监督投诉方式 */
  consultation: Line.optional(),
  complaint: Line.optional(),
  /** 到办事现场次数 */
  visits: z.number().int().min(0).max(20).optional(),
  result: ResultSchema.optional(),
});

export type ServiceFacts = z.infer<typeof ServiceFactsSchema>;
export type TimeLimit = z.infer<typeof TimeLimitSchema>;
export type Material = z.infer<typeof MaterialSchema>;
