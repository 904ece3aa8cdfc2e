/** 行使层级, by its one-digit code. */
export const LEVELS = {
  '1': '国家级',
  '2': '省级',
  '3': '市级',
  '4': '县级',
  '5': '乡级',
  '6': '村级',
} as const;

export type Level = keyof typeof LEVELS;
