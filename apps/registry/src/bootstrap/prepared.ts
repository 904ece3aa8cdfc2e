import { z } from 'zod';
import { ROLE_CODES } from '../auth/roles.ts';

/** What the preparing process tells the supervisor when it is done. */
export const Prepared = z.object({
  type: z.literal('prepared'),
  /** accounts of the demo with their passwords; none outside the demo */
  accounts: z.array(
    z.object({
      login: z.string(),
      displayName: z.string(),
      roles: z.array(z.enum(ROLE_CODES)),
      password: z.string(),
    }),
  ),
});
export type Prepared = z.infer<typeof Prepared>;
