import { formatDayEn } from './english.ts';
import { dayOf, formatDay } from './format.ts';

/** What is known of an entry by which something was first recorded (formats §2.2). */
export interface FirstRecording {
  /** when the registry took it in, UTC */
  readonly time: string;
  /** the list's own day, or that of the recording */
  readonly effectiveDate: string;
  /** number of the edition it came with */
  readonly edition?: string | undefined;
}

/** The list's own day; undefined where it said none and was recorded as of the day of its recording. */
export function listDayOf({ time, effectiveDate }: FirstRecording): string | undefined {
  return effectiveDate < dayOf(time) ? effectiveDate : undefined;
}

/** 2024 年版清单所列，2026年11月27日收录: it is not told as new, nor as if it held from the day on which somebody wrote it down. */
export function recordedWords(recording: FirstRecording): { readonly zh: string; readonly en: string } {
  const recorded = dayOf(recording.time);
  const [year] = /^(?:19|20)\d\d(?=$|-)/.exec(recording.edition ?? '') ?? [];
  const day = listDayOf(recording);
  const list = year === undefined ? day && `${formatDay(day)}的清单` : `${year} 年版清单`;
  const dated = year !== undefined && day !== undefined ? `（${formatDay(day)}）` : '';
  const listEn = year === undefined ? day && `the list of ${formatDayEn(day)}` : `the ${year} list`;
  const datedEn = year !== undefined && day !== undefined ? ` (${formatDayEn(day)})` : '';
  return {
    zh: `${list === undefined ? '' : `${list}${dated}所列，`}${formatDay(recorded)}收录`,
    en: `${listEn === undefined ? '' : `on ${listEn}${datedEn}, `}recorded ${formatDayEn(recorded)}`,
  };
}

/** `<list key>.2024` → 2024 */
export function editionNumberOf(edition: string | undefined): string | undefined {
  return edition?.slice(edition.indexOf('.') + 1);
}

/** The words for an entry that says of itself that it is a first recording; undefined for every other. */
export function recordedOf(entry: {
  readonly kind?: string | undefined;
  readonly time: string;
  readonly effectiveDate: string;
  readonly edition?: string | undefined;
}): { readonly zh: string; readonly en: string } | undefined {
  if (entry.kind !== 'recorded') return undefined;
  return recordedWords({ ...entry, edition: editionNumberOf(entry.edition) });
}
