import * as z from 'zod';

const Text = z.string().min(1).max(20_000);
const Line = z.string().min(1).max(2_000);

/** A step of 权力运行流程. */
const ProcessStepSchema = z.strictObject({
  /** unique within the process; what `next` names */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** 环节 */
  name: z.string().min(1).max(100),
  /** 办理人: a post, never a person's name */
  handler: Line.optional(),
  /** 时限 */
  time: Line.optional(),
  /** 审查标准 */
  standard: Text.optional(),
  /** 办理结果 */
  result: Line.optional(),
  /** where it goes from here; absent: to the step that follows; empty: it ends */
  next: z
    .array(
      z.strictObject({
        to: z.string().regex(/^[a-z0-9-]{1,40}$/),
        when: z.string().min(1).max(200).optional(),
      }),
    )
    .optional(),
});

/** 权力运行流程, in the order in which it is read. Every `next` names a step that is there. */
export const ProcessSchema = z
  .array(ProcessStepSchema)
  .min(1)
  .max(60)
  .superRefine((steps, context) => {
    const ids = new Set(steps.map(({ id }) => id));
    if (ids.size !== steps.length) context.addIssue({ code: 'custom', message: '流程环节的标识重复' });
    steps.forEach(({ next = [] }, n) => {
      for (const { to } of next)
        if (!ids.has(to))
          context.addIssue({ code: 'custom', path: [n, 'next'], message: `流程里没有环节 ${to}` });
    });
  });

/** 廉政风险点 */
export const IntegrityRiskSchema = z.strictObject({
  /** 环节 */
  step: Line,
  /** 表现形式 */
  form: Text,
  /** 等级 高/中/低 */
  grade: z.enum(['high', 'medium', 'low']),
  /** 防控措施 */
  measures: Text,
  /** 责任岗位 */
  post: Line.optional(),
});

/** 行政裁量基准 for one kind of conduct. */
export const DiscretionStandardSchema = z.strictObject({
  /** 违法行为 or the matter that is decided */
  conduct: Text,
  /** 依据 */
  basis: Text.optional(),
  tiers: z
    .array(
      z.strictObject({
        /** 阶次: 较轻, 一般, 较重 … */
        tier: z.string().min(1).max(40),
        /** 适用情形 */
        circumstances: Text,
        /** 具体标准 */
        standard: Text,
      }),
    )
    .min(1),
});

export type ProcessStep = z.infer<typeof ProcessStepSchema>;
export type IntegrityRisk = z.infer<typeof IntegrityRiskSchema>;
export type DiscretionStandard = z.infer<typeof DiscretionStandardSchema>;
