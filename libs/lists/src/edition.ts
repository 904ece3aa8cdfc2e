import { blobName, canonicalBytes } from '@mandate/encoding';
import * as z from 'zod';
import { EDITION_NUMBER } from './list-keys.ts';

/**
 * The blob of register `edition`: a list approved and published as a whole (版本). What it holds is what the log says of
 * the list at the entry of the edition: the newest entry before it of every key of the list. `digest` binds that, so
 * that anybody who has the entries can recompute it.
 */
export const EditionSchema = z.strictObject({
  schema: z.literal('edition/1'),
  /** key of an organ (its 权责清单) or of a negative list */
  list: z.string().min(1).max(60),
  /** 2026年版, 2025-1 … unique within the list; also the end of the edition's key `<list>.<number>` */
  number: z.string().regex(EDITION_NUMBER),
  name: z.string().min(2).max(200),
  /** 发布日期, `YYYY-MM-DD` */
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** 文号 */
  document: z.string().min(1).max(100).optional(),
  /** organ or authority that approved it, in words */
  approvedBy: z.string().min(1).max(200).optional(),
  /** items of the list that are not cancelled */
  items: z.number().int().min(0),
  /** see `editionDigest` */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  sample: z.literal(true).optional(),
});

export type Edition = z.infer<typeof EditionSchema>;

/**
 * `sha256:` + hex over the canonical JSON of `[[key, blob], …]`, sorted by key: every key of the list with the blob of its
 * newest entry, cancelled items included.
 */
export function editionDigest(records: readonly { readonly key: string; readonly blob: string }[]): string {
  const pairs = records.map(({ key, blob }) => [key, blob]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return blobName(canonicalBytes(pairs));
}
