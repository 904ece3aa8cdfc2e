/** The ten categories of administrative power and public service, by their two-digit code. */
export const CATEGORIES = {
  '01': '行政许可',
  '02': '行政处罚',
  '03': '行政强制',
  '04': '行政征收',
  '05': '行政给付',
  '06': '行政检查',
  '07': '行政确认',
  '08': '行政奖励',
  '09': '行政裁决',
  '10': '其他行政权力',
  '20': '公共服务',
} as const;

export type CategoryCode = keyof typeof CATEGORIES;

/** In the order lists are printed. Object.keys alone would not do: '10' and '20' are integer keys and come first. */
export const CATEGORY_CODES = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '20',
] as const satisfies readonly CategoryCode[];

const EXERCISED_ON_ITS_OWN: ReadonlySet<CategoryCode> = new Set(['02', '03', '04', '06']);

/** 依申请 or 依职权: 处罚, 强制, 征收 and 检查 come to people; nobody applies for them. */
export function isAppliedFor(category: CategoryCode): boolean {
  return !EXERCISED_ON_ITS_OWN.has(category);
}
