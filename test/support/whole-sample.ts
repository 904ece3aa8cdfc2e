import { sampleChanges } from '../../apps/registry/sample/sample-entries.ts';
import type { Act } from './published-folder.ts';

/** Last day of the sample's log; what takes effect later is scheduled on it. */
export const SAMPLE_DAY = '2026-11-20';

/**
 * The whole sample as a registry would have taken it in had it been there from the start: every entry on the day from which
 * it holds, scheduled ones on the last day.
 */
export function wholeSample(): Act[] {
  return sampleChanges()
    .toSorted((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : a.effectiveDate > b.effectiveDate ? 1 : 0))
    .map(({ register, key, value, effectiveDate, reason, kind, document, edition, related }): Act => ({
      register,
      key,
      // The sample's values are of the schemas of their registers.
      blob: value as Act['blob'],
      time: `${effectiveDate < SAMPLE_DAY ? effectiveDate : SAMPLE_DAY}T01:00:00Z`,
      effectiveDate,
      reason,
      ...(kind && { kind }),
      ...(document !== undefined && { document }),
      ...(edition !== undefined && { edition }),
      ...(related !== undefined && { related }),
    }));
}
