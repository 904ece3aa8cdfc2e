import { ListEntrySchema } from '@mandate/lists';
import * as z from 'zod';

/** The parts of the published data files that a verdict rests on; what else they hold is not read. */

const History = z.array(z.object({ index: z.number().int().min(0), entry: ListEntrySchema }));

/** `/data/items/<organ key>.json`: oldest entry first. */
export const ItemsFileSchema = z.object({
  items: z.array(z.object({ key: z.string(), entries: z.unknown() })),
});

/** `/data/types.json` */
export const TypesFileSchema = z.object({
  types: z.array(z.object({ code: z.string(), entries: z.unknown() })),
});

/** An organ's file holds thousands of entries: only those of the one key are looked at. */
export const HistorySchema = History;
export type History = z.infer<typeof History>;
