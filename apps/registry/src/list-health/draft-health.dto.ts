import { HEALTH_RULE_CODES } from '@mandate/lists';
import { z } from 'zod';
import { key, wholeNumber } from '../http/fields.ts';

const Rule = z.enum(HEALTH_RULE_CODES, '没有这条体检规则');

export const FindingsParams = { id: key('草稿的编号') };

export const FindingsQuery = z.object({
  rule: Rule.optional().meta({ description: '只看一条规则的' }),
  open: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: '只看还拦着草稿的：应当改正，又没有说明理由保留' }),
  after: wholeNumber(0).default(0).meta({ description: '上一页的 next' }),
  limit: wholeNumber(1, 1_000).default(200),
});
export type FindingsQuery = z.infer<typeof FindingsQuery>;

const Finding = z.strictObject({
  change: z.number().int().meta({ description: '草稿里第几处改动' }),
  rule: Rule,
  key: z.string().optional().meta({ description: '事项标识；新增事项没有' }),
  name: z.string(),
  pointer: z.string().meta({ description: '在内容里的位置（JSON Pointer）' }),
  place: z.string(),
  text: z.string(),
  advice: z.string(),
  related: z
    .array(z.strictObject({ key: z.string(), name: z.string(), organ: z.string().optional() }))
    .optional(),
  overruled: z
    .strictObject({
      id: z.uuid(),
      reason: z.string(),
      by: z.strictObject({ login: z.string(), displayName: z.string() }),
      at: z.iso.datetime(),
    })
    .optional()
    .meta({ description: '审核人说明理由，予以保留' }),
});

export const FindingsPage = z.strictObject({
  checked: z.number().int().meta({ description: '检查了几项' }),
  counts: z.array(
    z.strictObject({
      rule: Rule,
      grade: z.enum(['must', 'check', 'better']),
      name: z.string(),
      means: z.string(),
      count: z.number().int(),
      open: z.number().int().meta({ description: '其中拦着草稿的' }),
    }),
  ),
  findings: z.array(Finding),
  next: z.number().int().optional(),
});
