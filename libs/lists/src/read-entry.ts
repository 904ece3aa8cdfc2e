import type { Json } from '@mandate/encoding';
import * as z from 'zod';
import { CHANGE_KIND_CODES } from './change-kinds.ts';
import { ListError } from './errors.ts';
import { ListEntrySchema, REGISTERS, type ListEntry } from './list-entry.ts';
import { isNewerVersion } from './newer-format.ts';

/** What every leaf of the lists log that says something of a key begins with, in every version (formats §9.3). */
const HeadSchema = z.object({ v: z.unknown(), register: z.string(), key: z.string() });

const KNOWN_REGISTERS: ReadonlySet<string> = new Set(REGISTERS);

/** Members that are not known are passed over, and so is a kind of change that is not known: it only names the change. */
const ReadEntrySchema = ListEntrySchema.extend({
  kind: z
    .enum(CHANGE_KIND_CODES)
    .optional()
    .catch(() => undefined),
}).strip();

/**
 * A leaf of the lists log as a reader takes it, who may be older than its writer (formats §9.3). Writers ask
 * `ListEntrySchema`, which lets nothing unknown through.
 *
 * What comes back may say less than the leaf: the leaf hash is that of the leaf's own bytes, never of this.
 * @returns undefined for another kind of leaf, and for a register that is not known: no question asked here is about them
 * @throws ListError `newer-format` for an entry of a known register in a later version, `invalid-entry` for one that is none
 */
export function findListEntry(json: Json): ListEntry | undefined {
  const head = HeadSchema.safeParse(json).data;
  if (head === undefined || !KNOWN_REGISTERS.has(head.register)) return undefined;
  const what = `${head.register} ${head.key}`;
  if (isNewerVersion(head.v, 1))
    throw new ListError('newer-format', `${what}：条目的格式比本程序新，请更新程序`);
  const { data, error } = ReadEntrySchema.safeParse(json);
  if (data === undefined)
    throw new ListError('invalid-entry', `${what}：条目不符合格式：${z.prettifyError(error)}`);
  return data;
}
