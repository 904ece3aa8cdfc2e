import { isInstant } from '@mandate/certificate';
import * as z from 'zod';
import { parseAs } from './reading.ts';

/**
 * An entry of the certificates log that is about no certificate (formats §2.12): the head of the registry's own ledger of
 * acts at the end of a day. It tells nothing of what was done; it is what the ledger can be held against later.
 */
export const LedgerHeadSchema = z.strictObject({
  v: z.literal(1),
  event: z.literal('ledger-head'),
  /** of acts in the ledger, up to and with the one whose hash is the subject */
  number: z.number().int().min(1),
  /** SHA-256, hex: over the last act and the hash before it. Where others name a certificate, so that a reader from before sees a newer event and no broken one */
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  /** the last day in Shanghai whose acts it stands for */
  day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** when it was put into the log, UTC to the second */
  time: z.string().refine(isInstant, 'not an instant'),
});

export type LedgerHeadEvent = z.infer<typeof LedgerHeadSchema>;

/** Read as `readAs` says. @throws PublishedFormatError */
export function parseLedgerHead(leaf: Uint8Array): LedgerHeadEvent {
  return parseAs(LedgerHeadSchema, leaf, 'a head of the ledger');
}
