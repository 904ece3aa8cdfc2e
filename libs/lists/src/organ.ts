import { isUscc } from '@mandate/codes';
import { encodeBase32, sha256, utf8 } from '@mandate/encoding';
import * as z from 'zod';
import { ListError } from './errors.ts';
import { LEVELS, type Level } from './levels.ts';
import { ORGAN_KEY, REGION_KEY } from './list-keys.ts';

/** The blob of register `organ`: an organ (实施主体) of its time. */
export const OrganSchema = z.strictObject({
  schema: z.literal('organ/1'),
  /** USCC where it is known, else a provisional key: see `organKey` */
  key: z.string().regex(ORGAN_KEY),
  name: z.string().min(2).max(100),
  shortName: z.string().min(1).max(30).optional(),
  uscc: z.string().refine(isUscc).optional(),
  /** GB/T 2260, 6 digits */
  region: z.string().regex(REGION_KEY).optional(),
  regionName: z.string().max(50).optional(),
  level: z.enum(Object.keys(LEVELS) as [Level, ...Level[]]).optional(),
  /** key of the organ above (上级主管 or the government it belongs to) */
  parent: z.string().max(40).optional(),
  /** 撤销 or 合并: from this entry on it acts no more; its items stay under its key */
  abolished: z.literal(true).optional(),
  /** keys of the organs that took over its work */
  successors: z.array(z.string().max(40)).optional(),
  sample: z.literal(true).optional(),
});

export type Organ = z.infer<typeof OrganSchema>;

/**
 * The key of an organ: its USCC, or `o-` and 80 bits of its full name, so that the same name read twice is the same
 * organ. A provisional key stays when the USCC becomes known later: keys never change, the blob then carries both.
 * @throws ListError `invalid-organ` for an empty name
 */
export function organKey(organ: { readonly name: string; readonly uscc?: string | undefined }): string {
  if (organ.uscc !== undefined) return organ.uscc;
  if (organ.name === '') throw new ListError('invalid-organ', '机关名称为空');
  return `o-${encodeBase32(sha256(utf8(organ.name)).subarray(0, 10)).toLowerCase()}`;
}
