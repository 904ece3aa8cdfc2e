import { INDUSTRY_SECTIONS, isBaseCode, type IndustrySection } from '@mandate/codes';
import * as z from 'zod';
import { NEGATIVE_ITEM_NUMBER, NEGATIVE_LIST_KEY } from './list-keys.ts';

const Text = z.string().min(1).max(20_000);

/** A negative list (负面清单) as a whole; its items have keys `<list key>.<item code>`. */
export const NegativeListSchema = z.strictObject({
  schema: z.literal('negative-list/1'),
  key: z.string().regex(NEGATIVE_LIST_KEY),
  /** 市场准入负面清单, 外商投资准入特别管理措施（负面清单） */
  name: z.string().min(2).max(100),
  kind: z.enum(['market-access', 'foreign-investment', 'other']),
  issuer: z.string().max(200).optional(),
  remarks: Text.optional(),
  sample: z.literal(true).optional(),
});

/** 禁止或许可准入措施描述, one measure (M) of an item. */
const MeasureSchema = z.strictObject({
  text: Text,
  /** 主管部门 */
  authority: z.string().min(1).max(500).optional(),
  /** 基本编码 of the powers that carry it: where the three lists meet */
  baseCodes: z.array(z.string().refine(isBaseCode)).optional(),
  /** ★ 暂时列入 */
  provisional: z.literal(true).optional(),
  /** 地方性许可事项: the region where it holds */
  local: z.string().min(1).max(100).optional(),
});

/** The blob of register `negative-list-item`: one project number (项目号) of a list. */
export const NegativeListItemSchema = z.strictObject({
  schema: z.literal('negative-list-item/1'),
  /** key of the list */
  list: z.string(),
  /** 项目号 as printed */
  number: z.string().min(1).max(20),
  /** 事项编码, 6 digits */
  code: z.string().regex(NEGATIVE_ITEM_NUMBER),
  /** 一、禁止准入类 · 二、许可准入类 */
  chapter: z.enum(['prohibited', 'permitted']),
  /** 门类 of GB/T 4754; absent for what holds for all trades or for none of them */
  section: z.enum(Object.keys(INDUSTRY_SECTIONS) as [IndustrySection, ...IndustrySection[]]).optional(),
  /** the heading as printed, e.g. （一）农、林、牧、渔业 or 《市场准入负面清单》制定… */
  sectionName: z.string().max(200).optional(),
  name: Text,
  measures: z.array(MeasureSchema),
  state: z.enum(['in-force', 'cancelled']),
  sample: z.literal(true).optional(),
});

export type NegativeList = z.infer<typeof NegativeListSchema>;
export type NegativeListItem = z.infer<typeof NegativeListItemSchema>;
export type Measure = z.infer<typeof MeasureSchema>;
