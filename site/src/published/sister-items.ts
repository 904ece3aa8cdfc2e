import type { SisterItem } from '@mandate/lists';
import { digestOf, stateOn } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getSummaries } from './summaries.ts';

const readSisterItems = remembered((organ: string): readonly SisterItem[] =>
  withoutRecording(() =>
    getSummaries(organ).map(({ key, name, category, state, baseCode, laws }) => ({
      key,
      name,
      category,
      state,
      baseCode,
      laws,
    })),
  ),
);

/**
 * What lists of other organs are compared with of an organ's items. A page that asks here is rendered again only when a
 * name, a category, a state, a code or a law has changed.
 */
export function getSisterItems(organ: string): readonly SisterItem[] {
  recordRead(`sister-items:${organ}`);
  return readSisterItems(organ);
}

defineInput('sister-items', (organ) =>
  stateOn(
    digestOf(JSON.stringify(readSisterItems(organ))),
    withoutRecording(() => getSummaries(organ)).flatMap(({ versions }) =>
      versions.map(({ effectiveDate }) => effectiveDate),
    ),
  ),
);
