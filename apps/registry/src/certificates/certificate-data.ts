import { z } from 'zod';
import { Day, line, lines } from '../http/fields.ts';

const HOLDER_CODE_TYPES = ['001', '099', '111', '411', '414', '511', '516', '999'] as const;

/** What an official hands in to issue a certificate; also the file of `mandate issue --data`. */
export const IssueData = z.strictObject({
  holder: z.strictObject({
    name: line(200, '请填写持证主体名称').meta({
      description: '持证主体',
      example: '示例市示例餐饮有限公司',
    }),
    code: line(40, '请填写持证主体代码').meta({ description: '持证主体代码' }),
    codeType: z
      .enum(HOLDER_CODE_TYPES, '代码类型须为 001 统一社会信用代码、111 公民身份号码等')
      .meta({ description: '持证主体代码类型' }),
  }),
  face: z.record(z.string().max(60), lines(2_000)).meta({ description: '照面信息，KZ_ 开头的字段' }),
  validFrom: Day.optional().meta({ description: '有效期起，不填为今天' }),
});
export type IssueData = z.infer<typeof IssueData>;

export const RevokeBody = z.strictObject({
  reason: z
    .enum(
      ['withdrawn', 'cancelled', 'obtained-by-deceit', 'issued-in-error'],
      '请填写 withdrawn、cancelled、obtained-by-deceit 或 issued-in-error',
    )
    .meta({ description: 'withdrawn 吊销 · cancelled 注销 · obtained-by-deceit、issued-in-error 撤销' }),
});
export type RevokeBody = z.infer<typeof RevokeBody>;

export const CertificateSummary = z.strictObject({
  identifier: z.string(),
  number: z.string(),
  type: z.string(),
  organ: z.string(),
  holder: z.string(),
  issueDate: z.string(),
  validUntil: z.string(),
  item: z.string(),
  state: z.enum(['valid', 'revoked']),
});
export type CertificateSummary = z.infer<typeof CertificateSummary>;
