import { isDay } from '@mandate/certificate';

const DIGITS = '〇零一二三四五六七八九';
const NUMBER = '[〇零一二三四五六七八九十]';

/** 2024年12月31日, 二〇二四年十二月三十一日 */
const WRITTEN = new RegExp(
  String.raw`(?<!\d)(\d{4}|${NUMBER}{4})\s*年\s*(\d{1,2}|${NUMBER}{1,3})\s*月\s*(\d{1,2}|${NUMBER}{1,3})\s*日`,
  'gu',
);
/** 2024-12-31, 2024.12.31, 2024/12/31, 20241231; digits that go on, or stand in a code, are no date */
const BY_NUMBERS = /(?<![\dA-Za-z.\-/])(\d{4})([-./]?)(\d{1,2})\2(\d{1,2})(?![\dA-Za-z\-/]|\.\d)/gu;

/** The date of a law that is named, and the day on which somebody printed the file, are no date of the list. */
const OF_A_LAW = /^\s*(?:第[^，。]*?)?(?:修正|修订|修改|通过|令)/u;
const OF_THE_FILE = /导出|打印|制表|填表|填报|下载|生成|查询|收录|导入/u;

/**
 * The list's own date, where one of the lines says a whole one: its titles first, then the files' names and the number of
 * its decision. Nobody makes a day out of a year; a line with two dates, and a file's name that speaks of another year
 * than the list, say none.
 * @param year of the edition, where the list states one
 * @param today what is dated later is no date of a list that somebody holds in hand
 */
export function findListDate(
  source: {
    readonly titles: readonly string[];
    readonly files: readonly string[];
    readonly document?: string | undefined;
  },
  { year, today }: { readonly year: string | undefined; readonly today: string },
): string | undefined {
  for (const line of [...source.titles, ...(source.document === undefined ? [] : [source.document])]) {
    const day = dayIn(line);
    if (day !== undefined && day <= today) return day;
  }
  const inNames = new Set(source.files.map(dayIn));
  // Several files of one list are of one day, or their names do not say it.
  const [day] = inNames.size === 1 ? inNames : [];
  const fits = day !== undefined && day <= today && (year === undefined || day.startsWith(year));
  return fits ? day : undefined;
}

function dayIn(text: string): string | undefined {
  const line = text.normalize('NFKC');
  if (OF_THE_FILE.test(line)) return undefined;
  const days = new Set<string>();
  for (const found of line.matchAll(WRITTEN)) {
    if (OF_A_LAW.test(line.slice(found.index + found[0].length))) continue;
    const [, year = '', month = '', day = ''] = found;
    days.add(toDay(yearOf(year), numberOf(month), numberOf(day)));
  }
  for (const found of line.matchAll(BY_NUMBERS)) {
    const [, year = '', dash, month = '', day = ''] = found;
    // Without dashes 20241231 alone; 2024123 could be two days.
    if (dash === '' && found[0].length !== 8) continue;
    days.add(toDay(year, Number(month), Number(day)));
  }
  days.delete('');
  const [only] = days.size === 1 ? days : [];
  return only;
}

function toDay(year: string, month: number, day: number): string {
  const text = `${year}-${month.toString().padStart(2, '0')}-${day.toString().padStart(2, '0')}`;
  return /^(19|20)\d\d-/.test(text) && isDay(text) ? text : '';
}

function yearOf(text: string): string {
  if (/^\d+$/.test(text)) return text;
  return [...text].map((digit) => digitOf(digit).toString()).join('');
}

/** 十二, 二十, 三十一, 12 */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens = '', units] = text.split('十');
  if (units === undefined) return digitOf(text);
  return (tens === '' ? 1 : digitOf(tens)) * 10 + (units === '' ? 0 : digitOf(units));
}

function digitOf(digit: string): number {
  const at = DIGITS.indexOf(digit);
  // 〇 and 零 are one digit.
  return at <= 1 ? 0 : at - 1;
}
