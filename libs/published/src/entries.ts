import { CertificateEventSchema, type CertificateEvent } from '@mandate/certificate';
import { canonicalBytes, EncodingError } from '@mandate/encoding';
import { ListEntrySchema, type ListEntry } from '@mandate/lists';
import * as z from 'zod';
import { PublishedFormatError } from './errors.ts';
import { parseAs } from './reading.ts';

/** An entry of the lists log with its leaf index. */
export type IndexedEntry = Readonly<{ index: number; entry: ListEntry }>;

/** The same, the entry as the log has it. */
export interface IndexedLeaf {
  readonly index: number;
  /** canonical JSON of the entry */
  readonly leaf: Uint8Array;
}

/** The entries of one key, oldest first; a key without any is none. */
export const EntriesSchema = z
  .array(z.strictObject({ index: z.number().int().min(0), entry: ListEntrySchema }))
  .min(1)
  .refine(isInOrder, 'entries are not in the order of the log');

function isInOrder(entries: readonly IndexedEntry[]): boolean {
  return entries.every(({ index }, i) => index > (entries[i - 1]?.index ?? -1));
}

/** A leaf of the lists log, read as `readAs` says. @throws PublishedFormatError */
export function parseListEntry(leaf: Uint8Array): ListEntry {
  return parseAs(ListEntrySchema, leaf, 'a leaf of the lists log');
}

/** A leaf of the certificates log about a certificate, read as `readAs` says. @throws PublishedFormatError */
export function parseCertificateEvent(leaf: Uint8Array): CertificateEvent {
  return parseAs(CertificateEventSchema, leaf, 'a leaf of the certificates log');
}

/**
 * The leaf that an entry read from a file must be in the log.
 * @param entry as it was read, so with the members that were passed over
 * @throws PublishedFormatError `invalid` for one that is no leaf of any log
 */
export function leafOf(entry: Pick<ListEntry, 'v'>): Uint8Array<ArrayBuffer> {
  try {
    return canonicalBytes(entry);
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    // JSON can spell half of a surrogate pair, and nest without end.
    throw new PublishedFormatError('invalid', 'an entry without a canonical form', { cause });
  }
}
