import { chinaDay } from '@mandate/certificate';
import { fails, holds } from './facts.ts';
import type { Fact } from './verdict.ts';

/** First and last day count, in Asia/Shanghai wherever the reader is (formats §4.3). */
export function judgeValidity(
  { validFrom, validUntil }: { readonly validFrom: string; readonly validUntil: string },
  now: Date,
): Fact<'validity'> {
  const today = chinaDay(now);
  const evidence = { today, validFrom, validUntil };
  if (today < validFrom) return fails('validity', 'not-yet-valid', evidence);
  if (today > validUntil) return fails('validity', 'expired', evidence);
  return holds('validity', evidence);
}
