import { CodeError } from './errors.ts';

// GB 32100: 31 digits, without I O S V Z.
const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Whether `text` is a unified social credit code (统一社会信用代码): 18 digits, check digit right. */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false;
  const values = Array.from(text, (char) => DIGITS.indexOf(char));
  if (values.includes(-1)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31;
}

/** Text as typed (lower case, blanks) → USCC. @throws CodeError `invalid-uscc` */
export function parseUscc(text: string): string {
  const code = text.replace(/\s/g, '').toUpperCase();
  if (!isUscc(code)) throw new CodeError('invalid-uscc', `不是有效的统一社会信用代码：${text}`);
  return code;
}
