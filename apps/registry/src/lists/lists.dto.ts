import { CATEGORY_CODES, INDUSTRY_SECTIONS, type IndustrySection } from '@mandate/codes';
import {
  AuthorityItemSchema,
  CHANGE_KIND_CODES,
  EditionSchema,
  LEVELS,
  type Level,
  ListEntrySchema,
  NegativeListItemSchema,
  NegativeListSchema,
  OrganSchema,
  RegionSchema,
} from '@mandate/lists';
import { isDay } from '@mandate/certificate';
import { z } from 'zod';
import { Day, key, wholeNumber } from '../http/fields.ts';

const Index = z.number().int().optional().meta({ description: '在清单日志中的序号；尚未排入日志时没有' });
const Next = z.string().optional().meta({ description: '下一页的 cursor；没有下一页时没有' });
const State = z.enum(['in-force', 'suspended', 'cancelled'], '请填写 in-force、suspended 或 cancelled');
// Object.keys forgets the names; they are those of LEVELS.
const LevelCode = z.enum(Object.keys(LEVELS) as [Level, ...Level[]], '请填写一位层级代码，如 3');
const Section = z.enum(
  // As above, of the sections.
  Object.keys(INDUSTRY_SECTIONS) as [IndustrySection, ...IndustrySection[]],
  '请填写一个门类字母，如 A',
);
const Chapter = z.enum(['prohibited', 'permitted'], '请填写 prohibited 或 permitted');

const AsOf = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d(?:T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$/,
    '请写作 2026-01-31 或 2026-01-31T08:00:00Z',
  )
  .refine((text) => isDay(text.slice(0, 10)), '没有这一天')
  .transform(toInstant)
  .optional()
  .meta({
    description: '当时的清单说什么：某一天结束时（北京时间），或某一时刻（UTC）',
    example: '2026-01-31',
  });
const InForceOn = Day.optional().meta({
  description: '那一天什么有效：不计生效日期在其后的条目；可与 asOf 同用',
  example: '2026-01-31',
});

const moment = { asOf: AsOf, inForceOn: InForceOn };
const paging = {
  limit: wholeNumber(1, 500).default(100).meta({ description: '一页至多多少条' }),
  cursor: key('上一页的 next').optional(),
};

const organ = key('机关标识');
const list = key('负面清单标识');
export const OrganParams = { organ };
export const ItemParams = { organ, number: key('事项在本机关内的五位序号') };
export const RegionParams = { code: key('六位行政区划代码') };
export const ListParams = { list };
export const ListItemParams = { list, code: key('六位事项编码') };
export const EditionParams = { list: key('机关标识或负面清单标识'), number: key('版本编号，如 2026') };

export const MomentQuery = z.object(moment);
export type MomentQuery = z.infer<typeof MomentQuery>;

export const PagingQuery = z.object(paging);
export type PagingQuery = z.infer<typeof PagingQuery>;

export const RecordsQuery = z.object({ ...moment, ...paging });
export type RecordsQuery = z.infer<typeof RecordsQuery>;

export const ItemsQuery = z.object({
  organ: key('机关标识', 40).optional(),
  region: z
    .string()
    .regex(/^\d{6}$/, '请填写六位行政区划代码')
    .optional()
    .meta({ description: '机关所在的行政区划' }),
  category: z
    .enum(CATEGORY_CODES, '请填写两位权力类型代码，如 01')
    .optional()
    .meta({ description: '权力类型' }),
  state: State.optional().meta({ description: '事项状态' }),
  level: LevelCode.optional().meta({ description: '行使层级' }),
  ...moment,
  ...paging,
});
export type ItemsQuery = z.infer<typeof ItemsQuery>;

export const NegativeItemsQuery = z.object({
  chapter: Chapter.optional().meta({ description: '禁止准入类或许可准入类' }),
  section: Section.optional().meta({ description: '门类' }),
  state: State.optional().meta({ description: '事项状态' }),
  ...moment,
  ...paging,
});
export type NegativeItemsQuery = z.infer<typeof NegativeItemsQuery>;

export const EditionsQuery = z.object({
  list: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,60}$/, '请填写机关标识或负面清单标识')
    .optional()
    .meta({ description: '机关标识或负面清单标识' }),
  ...moment,
  ...paging,
});
export type EditionsQuery = z.infer<typeof EditionsQuery>;

const days = {
  from: Day.meta({ description: '较早的一天', example: '2026-01-01' }),
  to: Day.meta({ description: '较晚的一天', example: '2026-06-30' }),
  by: z
    .enum(['in-force', 'listed'], '请填写 in-force 或 listed')
    .default('in-force')
    .meta({ description: 'in-force：那天什么有效；listed：那天结束时清单说什么' }),
};
export const DaysQuery = z.object(days);
export type DaysQuery = z.infer<typeof DaysQuery>;

export const CompareQuery = z.object({ ...days, ...paging });
export type CompareQuery = z.infer<typeof CompareQuery>;

export const CompareItemsQuery = z.object({
  organ: key('机关标识；不给则比较全部事项', 40).optional(),
  ...days,
  ...paging,
});
export type CompareItemsQuery = z.infer<typeof CompareItemsQuery>;

const entry = { key: z.string(), index: Index, entry: ListEntrySchema };
export const ItemDetail = z.strictObject({ ...entry, item: AuthorityItemSchema });
export const OrganDetail = z.strictObject({ ...entry, organ: OrganSchema });
export const RegionDetail = z.strictObject({ ...entry, region: RegionSchema });
export const NegativeListDetail = z.strictObject({ ...entry, list: NegativeListSchema });
export const NegativeItemDetail = z.strictObject({ ...entry, item: NegativeListItemSchema });
export const EditionDetail = z.strictObject({ ...entry, edition: EditionSchema });

const history = (detail: z.ZodObject) =>
  z.strictObject({ key: z.string(), entries: z.array(detail.omit({ key: true })), next: Next });
export const ItemHistory = history(ItemDetail);
export const OrganHistory = history(OrganDetail);
export const NegativeItemHistory = history(NegativeItemDetail);

export const OrganPage = z.strictObject({ organs: z.array(OrganSchema), next: Next });
export const RegionPage = z.strictObject({ regions: z.array(RegionSchema), next: Next });
export const NegativeListPage = z.strictObject({ lists: z.array(NegativeListSchema), next: Next });
export const EditionPage = z.strictObject({ editions: z.array(EditionSchema), next: Next });

export const ItemPage = z.strictObject({
  items: z.array(
    z.strictObject({
      key: z.string(),
      organ: z.string(),
      name: z.string(),
      category: z.enum(CATEGORY_CODES),
      state: State,
      effectiveDate: z.string(),
      index: Index,
    }),
  ),
  next: Next,
});

export const NegativeItemPage = z.strictObject({
  items: z.array(
    z.strictObject({
      key: z.string(),
      list: z.string(),
      name: z.string(),
      chapter: Chapter,
      section: Section.optional(),
      state: State,
      effectiveDate: z.string(),
      index: Index,
    }),
  ),
  next: Next,
});

const Step = z.strictObject({
  index: z.number().int(),
  time: z.string(),
  effectiveDate: z.string(),
  kind: z.enum(CHANGE_KIND_CODES).optional(),
  reason: z.string(),
  document: z.string().optional(),
  related: z.string().optional(),
  blob: z.string(),
  name: z.string().optional(),
  state: State.optional(),
});

export const Comparison = z.strictObject({
  differences: z.array(
    z.strictObject({
      key: z.string(),
      change: z
        .enum(['added', 'recorded', 'removed', 'changed'])
        .meta({ description: 'recorded：其间首次收录，不是新增的权力' }),
      name: z.string().optional(),
      formerName: z.string().optional(),
      before: z.number().int().optional().meta({ description: '较早那天所依条目的序号' }),
      after: z.number().int().optional().meta({ description: '较晚那天所依条目的序号' }),
      steps: z.array(Step).meta({ description: '其间的条目，旧的在前：为什么变' }),
      fields: z.array(
        z.strictObject({
          path: z.string(),
          name: z.string(),
          english: z.string(),
          within: z.array(z.strictObject({ name: z.string(), english: z.string(), member: z.string() })),
          kind: z.enum(['added', 'removed', 'changed', 'reordered']),
          member: z.string().optional(),
          pieces: z.array(z.looseObject({ text: z.string() })).meta({ description: '逐词对照' }),
        }),
      ),
    }),
  ),
  moved: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        kind: z.enum(['delegated', 'taken-over', 'entrusted']),
        index: z.number().int(),
      }),
    )
    .meta({ description: '从一个事项转到另一个事项的职责' }),
  next: Next,
});

/** A day means all of it, in the registry's own calendar. */
function toInstant(text: string): Date {
  return new Date(text.length === 10 ? `${text}T23:59:59.999+08:00` : text);
}
