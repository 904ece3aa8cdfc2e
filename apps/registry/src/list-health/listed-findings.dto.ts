import { HEALTH_RULE_CODES } from '@mandate/lists';
import { z } from 'zod';
import { key, wholeNumber } from '../http/fields.ts';

export const ListedFindingsQuery = z.object({
  organ: key('机关标识').optional(),
  overruled: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: '只看已说明理由保留的，或者只看没有说明的' }),
  after: key('上一页的 next').optional(),
  limit: wholeNumber(1, 1_000)
    .default(200)
    .meta({ description: '满了就不再看下一个机关；一个机关的总是全部给出' }),
});
export type ListedFindingsQuery = z.infer<typeof ListedFindingsQuery>;

export const ListedFindingsPage = z.strictObject({
  findings: z.array(
    z.strictObject({
      organ: z.strictObject({ key: z.string(), name: z.string() }),
      key: z.string().meta({ description: '事项标识' }),
      rule: z.enum(HEALTH_RULE_CODES),
      name: z.string(),
      pointer: z.string().meta({ description: '在内容里的位置（JSON Pointer）' }),
      place: z.string(),
      text: z.string(),
      advice: z.string(),
      related: z
        .array(z.strictObject({ key: z.string(), name: z.string(), organ: z.string().optional() }))
        .optional(),
      since: z.string().meta({ description: '自哪天起一直如此' }),
      overruled: z.string().optional().meta({ description: '审核人保留它的理由；没有的，从未说明过' }),
    }),
  ),
  next: z.string().optional(),
});
