import {
  AuthorityItemSchema,
  type ItemSummary,
  LegalBasisSchema,
  NegativeListItemSchema,
  summarize,
  type SummarizedItem,
} from '@mandate/lists';
import type { IndexedEntry } from '@mandate/published';
import { z } from 'zod';

const Levels = z.array(z.object({ level: AuthorityItemSchema.shape.levels.element.shape.level }));
const Time = z.object({ days: z.number().int().optional() }).optional();

/** What a summary says of an item's content; the rest of it is left unread. */
export const SummarizedItemSchema: z.ZodType<SummarizedItem> = z.object({
  ...AuthorityItemSchema.pick({ name: true, category: true, state: true, handlingOffice: true }).shape,
  codes: z.object({ base: z.string().optional() }).optional(),
  bases: z.array(LegalBasisSchema.pick({ kind: true, title: true }).strip()),
  levels: Levels,
  subItems: z.array(z.object({ name: z.string(), levels: Levels.optional() })),
  service: z
    .object({
      statutoryTime: Time,
      promisedTime: Time,
      fee: z.object({ charged: z.boolean() }).optional(),
    })
    .optional(),
});

/** What is counted of an item of a negative list. */
export const CountedNegativeItemSchema = NegativeListItemSchema.pick({ state: true }).strip();

/** @param history all entries of an item, oldest first. @param contents by the name of the blob */
export function summarizeItem(
  key: string,
  history: readonly IndexedEntry[],
  contents: (blob: string) => SummarizedItem | undefined,
): ItemSummary {
  return summarize(
    key,
    history.map(({ index, entry }) => ({ index, entry, item: contents(entry.blob) })),
  );
}
