import * as z from 'zod';
import { LEVELS, type Level } from './levels.ts';
import { REGION_KEY } from './list-keys.ts';

/** The blob of register `region` (行政区划); its key is the code. */
export const RegionSchema = z.strictObject({
  schema: z.literal('region/1'),
  /** GB/T 2260, 6 digits */
  code: z.string().regex(REGION_KEY),
  name: z.string().min(1).max(50),
  // Object.keys forgets the names; they are those of LEVELS.
  level: z.enum(Object.keys(LEVELS) as [Level, ...Level[]]),
  /** code of the region above */
  parent: z.string().regex(REGION_KEY).optional(),
  sample: z.literal(true).optional(),
});

export type Region = z.infer<typeof RegionSchema>;
