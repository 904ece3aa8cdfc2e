import { CATEGORY_CODES } from './categories.ts';
import { isUscc } from './uscc.ts';

/** 基本编码: region 2 (00 = national) + category 2 + main item 5 + sub-item 3. */
export function isBaseCode(text: string): boolean {
  // The codes of the table are narrower than what is looked for among them.
  return /^\d{12}$/.test(text) && (CATEGORY_CODES as readonly string[]).includes(text.slice(2, 4));
}

export interface ImplementationCode {
  /** USCC of the organ */
  readonly uscc: string;
  /** 行使层级, 1 to 6 */
  readonly level: string;
  readonly base: string;
}

/** 实施编码: USCC 18 + level 1 + 基本编码 12, 31 characters in all; undefined for a text that is none. */
export function findImplementationCode(text: string): ImplementationCode | undefined {
  if (text.length !== 31) return undefined;
  const code = { uscc: text.slice(0, 18), level: text.slice(18, 19), base: text.slice(19) };
  return isUscc(code.uscc) && /^[1-6]$/.test(code.level) && isBaseCode(code.base) ? code : undefined;
}

/** 业务办理项编码: 实施编码 31 + 2 digits. */
export function isBusinessCode(text: string): boolean {
  return /^.{31}\d{2}$/.test(text) && findImplementationCode(text.slice(0, 31)) !== undefined;
}
