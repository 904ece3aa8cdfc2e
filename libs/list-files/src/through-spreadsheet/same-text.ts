/** Significant digits that a spreadsheet keeps of a number. */
const KEPT_DIGITS = 15;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Whether a text is what a spreadsheet makes of another when it opens a CSV and saves it again: codes lose the zeros they begin
 * with, or all digits but six; dates and times are written its own way, and so is what only looks like them (1-2).
 */
export function sameThroughSpreadsheet(before: string, after: string): boolean {
  if (before === after) return true;
  if (before.toUpperCase() === after && /^(?:TRUE|FALSE)$/.test(after)) return true;
  return sameNumber(before, after) || sameDate(before, after) || sameTime(before, after);
}

/** 1.10117E+11, or as many digits as there were, the last of them zero. */
function sameNumber(before: string, after: string): boolean {
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(before)) return false;
  const short = /^-?\d(?:\.(\d+))?E\+\d+$/i.exec(after);
  if (short !== null) return Number(before).toExponential(short[1]?.length ?? 0) === exponential(after);
  if (!/^-?\d*\.?\d+$/.test(after)) return false;
  const [digits, kept] = [significant(before), significant(after)];
  if (digits.length <= KEPT_DIGITS) return Number(before) === Number(after);
  return digits.slice(0, KEPT_DIGITS).padEnd(digits.length, '0') === kept;
}

function exponential(text: string): string {
  return text.toLowerCase().replace(/e\+0*(?=\d)/, 'e+');
}

function significant(number: string): string {
  return number.replace(/^[+-]/, '').replace(/^0+(?=\d)/, '');
}

function sameDate(before: string, after: string): boolean {
  const day = dateOf(before);
  return day !== undefined && day === dateOf(after);
}

/** `2026-1-5`, `2026-1` or `1-5`, whichever way it is written. */
function dateOf(text: string): string | undefined {
  const numbers =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^(\d{4})[-/.年](\d{1,2})月?$/.exec(text) ??
    /^(\d{1,2})[-/月](\d{1,2})日?$/.exec(text);
  if (numbers !== null)
    return numbers
      .slice(1)
      .map((one) => Number(one).toString())
      .join('-');
  const words = /^(?:(\d{1,2})-)?([A-Za-z]{3})(?:-(\d{2}))?$/.exec(text);
  const month = MONTHS.indexOf(words?.[2]?.toLowerCase() ?? '') + 1;
  if (words === null || month === 0) return undefined;
  const [, day, , year] = words;
  return [
    ...(year === undefined ? [] : [`20${year}`]),
    month,
    ...(day === undefined ? [] : [Number(day)]),
  ].join('-');
}

/** 08:30 and 8:30:00 */
function sameTime(before: string, after: string): boolean {
  const time = (text: string): string | undefined =>
    /^0?(\d{1,2}:\d\d)(?::00)?$/.exec(text)?.[1]?.replace(/^0(?=\d:)/, '');
  const at = time(before);
  return at !== undefined && at === time(after);
}
