import { canonicalBytes, EncodingError, fromUtf8, parseJson, utf8, type Json } from '@mandate/encoding';
import { ItemSummarySchema, type ItemSummary } from '@mandate/lists';
import * as z from 'zod';
import { parseAs } from './reading.ts';

const SummariesFileSchema = z.strictObject({
  schema: z.literal('summaries/1').optional(),
  organ: z.string(),
  items: z.array(ItemSummarySchema),
});

/** Of each item of an organ what lists and searches need, in order of the keys. */
export type SummariesFile = z.infer<typeof SummariesFileSchema>;

/** `data/summaries/<organ key>.json` @throws PublishedFormatError */
export function parseSummariesFile(bytes: Uint8Array): SummariesFile {
  return parseAs(SummariesFileSchema, bytes, 'the summaries of an organ');
}

/** A summary as it stands in the file. */
export function encodeSummary(summary: ItemSummary): string {
  return fromUtf8(canonicalBytes(summary));
}

/** @param summaries as `encodeSummary` writes them, in order of their keys */
export function encodeSummariesFile(organ: string, summaries: readonly string[]): Uint8Array<ArrayBuffer> {
  return utf8(`{"items":[${summaries.join(',')}],"organ":${JSON.stringify(organ)}}`);
}

/** A summary that its own writer has published, with what is counted of it. */
export type KnownSummary = Pick<ItemSummary, 'key' | 'category' | 'state'> & {
  readonly versions: readonly { readonly index: number }[];
  /** as it stands in the file */
  readonly text: string;
};

/**
 * For the writer of the file, who takes over what has not changed: only what is used of a summary is looked at, since to
 * check some ten thousand would take longer than all the rest.
 * @param bytes canonical; of a damaged file no summary is known, so that all of them are made anew
 */
export function findKnownSummaries(bytes: Uint8Array): ReadonlyMap<string, KnownSummary> {
  let file: Json;
  try {
    file = parseJson(bytes);
  } catch (error) {
    if (error instanceof EncodingError) return new Map();
    throw error;
  }
  const items = isObject(file) && file['schema'] === undefined ? file['items'] : undefined;
  if (!Array.isArray(items)) return new Map();
  return new Map(
    items
      .filter(isKnown)
      // Properties are in the order in which they were read, and canonical when they were written.
      .map((summary) => [summary.key, { ...summary, text: JSON.stringify(summary) }]),
  );
}

function isKnown(value: unknown): value is Omit<KnownSummary, 'text'> {
  return (
    isObject(value) &&
    typeof value['key'] === 'string' &&
    Array.isArray(value['versions']) &&
    value['versions'].every((version) => isObject(version) && typeof version['index'] === 'number')
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
