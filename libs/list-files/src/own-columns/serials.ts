import { withoutBlanks } from '@mandate/lists';
import type { WarningCode } from '../list-warning.ts';

/** 1 · 2,3 · 1-2 · 十二 · A03 · IV */
const SERIAL =
  /^(?:\d{1,6}(?:[,，、;；/\-—~～至和.]\d{1,6})*|[零〇一二两三四五六七八九十百千]{1,7}|[A-Za-z]{0,3}-?\d{1,6}|[IVX]{1,6})$/;
/** （一） · 1. · 一、 · 第3项 · No.5 · 【7】 */
const DRESSED = /^(?:第|No[.:]?|序号)?[(【〔[<]?(.+?)[)】〕\]>]?(?:项|号)?[.、,:;。)]*$/i;
const DIGITS = '零一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

/** What stands in the column of numbers → the number without the marks around it (① and （1） are 1); undefined for other words. */
export function findSerial(text: string): string | undefined {
  const plain = withoutBlanks(text.normalize('NFKC'));
  const bare = plain.replace(/[.、]$/, '');
  if (SERIAL.test(bare)) return bare;
  const core = DRESSED.exec(plain)?.[1] ?? '';
  return SERIAL.test(core) ? core : undefined;
}

/** 12 → 12, 十二 → 12, A03 → 3; undefined for a serial that is not one number. */
export function serialNumber(serial: string): number | undefined {
  const digits = /^[A-Za-z]{0,3}-?(\d{1,6})$/.exec(serial)?.[1];
  if (digits !== undefined) return Number(digits);
  if (!/^[零〇一二两三四五六七八九十百千]+$/.test(serial)) return undefined;
  let sum = 0;
  let digit = 0;
  for (const sign of serial.replaceAll('〇', '零').replaceAll('两', '二')) {
    const unit = UNITS[sign];
    if (unit === undefined) digit = DIGITS.indexOf(sign);
    else {
      sum += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}

/** What a person should look at in a serial, held against the one before it. */
export function doubtOfSerial(
  serial: string,
  last: string | undefined,
): { readonly code: WarningCode; readonly message: string } | undefined {
  const number = serialNumber(serial);
  if (number === undefined || /^[A-Za-z-]/.test(serial))
    return /\d\D+\d/.test(serial)
      ? { code: 'serial-several', message: `序号“${serial}”写了不止一个号，作为一个事项导入。` }
      : undefined;
  const before = last === undefined ? 0 : (serialNumber(last) ?? Number(/\d+$/.exec(last)?.[0] ?? 0));
  return number > before + 1
    ? {
        code: 'serial-jump',
        message: `序号从 ${before.toString()} 跳到 ${serial}，请核对是否缺少事项。`,
      }
    : undefined;
}

/** 1.2 counts what is under 1. */
export function isUnder(serial: string, above: string): boolean {
  return serial.startsWith(above) && /^[.-]\d{1,3}$/.test(serial.slice(above.length));
}
