import { withoutBlanks } from '@mandate/lists';

/** 1 · 2,3 · 1-2 · 十二 · A03 · IV */
const SERIAL =
  /^(?:\d{1,6}(?:[,，、;；/\-—~～至和.]\d{1,6})*|[零〇一二两三四五六七八九十百千]{1,7}|[A-Za-z]{0,3}-?\d{1,6}|[IVX]{1,6})$/;
/** （一） · 1. · 一、 · 第3项 · No.5 · 【7】 */
const DRESSED = /^(?:第|No[.:]?|序号)?[(【〔[<]?(.+?)[)】〕\]>]?(?:项|号|条)?[.、,:;。)]*$/i;
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
