import { CATEGORY_CODES } from '@mandate/codes';
import { AuthorityItemSchema, ListEntrySchema, OrganSchema } from '@mandate/lists';
import { z } from 'zod';

const Index = z.number().int().optional().meta({ description: '在清单日志中的序号；尚未排入日志时没有' });
const AsOf = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/, '请写作 2026-01-31 或 2026-01-31T08:00:00Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), '没有这一天')
  .transform(toInstant)
  .optional()
  .meta({ description: '当时的清单：某一天结束时（北京时间），或某一时刻（UTC）' });

export const OrganList = z.strictObject({ organs: z.array(OrganSchema) });

export const ItemsQuery = z.object({
  organ: z.string().max(40).optional().meta({ description: '机关标识' }),
  category: z.enum(CATEGORY_CODES, '请填写两位权力类型代码，如 01').optional(),
  asOf: AsOf,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(60).optional().meta({ description: '上一页的 next' }),
});
export type ItemsQuery = z.infer<typeof ItemsQuery>;

export const AsOfQuery = z.object({ asOf: AsOf });
export type AsOfQuery = z.infer<typeof AsOfQuery>;

export const ItemSummary = z.strictObject({
  key: z.string(),
  organ: z.string(),
  name: z.string(),
  category: z.enum(CATEGORY_CODES),
  state: z.enum(['in-force', 'suspended', 'cancelled']),
  effectiveDate: z.string(),
  index: Index,
});

export const ItemPage = z.strictObject({
  items: z.array(ItemSummary),
  next: z.string().optional().meta({ description: '下一页的 cursor' }),
});

export const ItemDetail = z.strictObject({
  key: z.string(),
  index: Index,
  entry: ListEntrySchema,
  item: AuthorityItemSchema,
});

export const ItemHistory = z.strictObject({
  key: z.string(),
  entries: z.array(ItemDetail.omit({ key: true })),
});

/** A day means all of it, in the registry's own calendar. */
function toInstant(text: string): Date {
  return new Date(text.length === 10 ? `${text}T23:59:59.999+08:00` : text);
}
