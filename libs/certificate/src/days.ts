const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
// China has had one time zone and no daylight saving time since 1992.
const SHANGHAI_MS = 8 * 3_600_000;

/** An instant → the day it falls on in Asia/Shanghai, `YYYY-MM-DD`. */
export function chinaDay(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** An instant → day and minute in Asia/Shanghai, `YYYY-MM-DD HH:MM`. */
export function chinaMinute(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The last day of a period of whole years: the eve of the anniversary; of 29 February, in a common year, 28 February.
 * @param from `YYYY-MM-DD`
 */
export function lastDayOfValidity(from: string, years: number): string {
  const [, year, month, day] = (DAY.exec(from) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return from;
  const anniversary = new Date(Date.UTC(year + years, month - 1, day));
  anniversary.setUTCDate(anniversary.getUTCDate() - 1);
  return anniversary.toISOString().slice(0, 10);
}

/** Whether a text is an instant, UTC to the second, that exists: 2026-02-30 would silently be another one. */
export function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().replace('.000Z', 'Z') === text;
}

/**
 * Whether a text is a day, `YYYY-MM-DD`, that exists and lies in the years that can be written and counted from everywhere:
 * 1900 to 2199. The database has no year 0, and the year 10000 has five digits.
 */
export function isDay(text: string): boolean {
  const time = /^(?:19|20|21)\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
