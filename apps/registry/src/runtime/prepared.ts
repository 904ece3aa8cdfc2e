import { z } from 'zod';

/** What the preparing process tells the supervisor when it is done. */
export const Prepared = z.object({
  type: z.literal('prepared'),
  /** accounts of the demo with their passwords; none outside the demo */
  accounts: z.array(z.object({ login: z.string(), displayName: z.string(), password: z.string() })),
});
export type Prepared = z.infer<typeof Prepared>;
