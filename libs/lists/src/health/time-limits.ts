import type { TimeLimit } from '../service-facts.ts';

/** A limit that can be counted. */
interface Counted {
  readonly days: number;
  readonly unit: 'working-day' | 'calendar-day';
}

const DIGITS = '零一二三四五六七八九';

/** 二十, 十五, 一百二十 → the number; undefined for words that are none. */
function parseNumber(text: string): number | undefined {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const match =
    /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(
      text.replace(/两/g, '二').replace(/〇/g, '零'),
    );
  if (!match || text === '') return undefined;
  const [, hundreds = '零', tens, ten, ones = '零'] = match;
  const tensValue = ten === undefined ? 0 : tens === undefined ? 1 : DIGITS.indexOf(tens);
  return DIGITS.indexOf(hundreds) * 100 + tensValue * 10 + DIGITS.indexOf(ones);
}

const LIMIT =
  /(\d{1,4}|[一二两三四五六七八九十百零〇]{1,5})\s*(个工作日|工作日|个自然日|自然日|日|天|个月|月|周|年)/gu;
const UNITS: Readonly<Record<string, readonly [days: number, unit: Counted['unit']]>> = {
  个工作日: [1, 'working-day'],
  工作日: [1, 'working-day'],
  周: [7, 'calendar-day'],
  个月: [30, 'calendar-day'],
  月: [30, 'calendar-day'],
  年: [365, 'calendar-day'],
};

/** A time limit in days; undefined where its words hold none, or several that differ: then a person has to read them. */
export function countTimeLimit(limit: TimeLimit): Counted | undefined {
  if (limit.days !== undefined && limit.unit !== undefined) return { days: limit.days, unit: limit.unit };
  const found = [...limit.text.matchAll(LIMIT)].flatMap(([, number = '', word = '']): Counted[] => {
    const count = parseNumber(number);
    const [days, unit] = UNITS[word] ?? [1, 'calendar-day'];
    return count === undefined ? [] : [{ days: count * days, unit }];
  });
  const [first, ...others] = found;
  if (first === undefined)
    return /当场|即时|立即|即办/u.test(limit.text) ? { days: 0, unit: 'working-day' } : undefined;
  return others.every(({ days, unit }) => days === first.days && unit === first.unit) ? first : undefined;
}

/** The longest holidays put together: what a number of working days can take at most beyond its weekends. */
const HOLIDAYS = 16;

/** Whether one limit is longer than the other whatever days they fall on; what cannot be counted is not. */
export function isLonger(limit: TimeLimit, than: TimeLimit): boolean {
  const [a, b] = [countTimeLimit(limit), countTimeLimit(than)];
  if (!a || !b) return false;
  if (a.unit === b.unit || a.unit === 'working-day') return a.days > b.days;
  return a.days > Math.ceil((b.days * 7) / 5) + HOLIDAYS;
}
