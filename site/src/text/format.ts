const HOURS_AHEAD = 8;

/** `2025-07-01` → 2025年7月1日 */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** UTC instant → day and minute in Beijing, 2025年7月1日 00:30. By arithmetic: the time of the building machine plays no part. */
export function formatTime(instant: string): string {
  const local = new Date(Date.parse(instant) + HOURS_AHEAD * 3_600_000).toISOString();
  return `${formatDay(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

/** UTC instant → day in Beijing, `2025-07-01` */
export function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + HOURS_AHEAD * 3_600_000).toISOString().slice(0, 10);
}

/** 12345 → 12,345 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A long code in groups that can be read aloud; what stands before a colon is one. */
export function codeGroups(code: string, size = 8): string[] {
  return code.match(new RegExp(`^[a-z0-9]+:|.{1,${size}}`, 'gu')) ?? [];
}

/** First characters of a text, whole characters only. */
export function startOf(text: string, length: number): string {
  const chars = [...text.slice(0, 2 * length)];
  return chars.length > length ? `${chars.slice(0, length).join('')}…` : chars.join('');
}

/** `2025-07` → 2025年7月 */
export function formatMonth(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
}
