import * as z from 'zod';
import { CHANGE_KIND_CODES } from './change-kinds.ts';

/** The registers of the lists log. */
export const REGISTERS = [
  'organ',
  'authority-item',
  'certificate-type',
  'signing-key',
  'region',
  'negative-list',
  'negative-list-item',
  'edition',
] as const;
export type Register = (typeof REGISTERS)[number];

/** An instant, UTC to the second. */
const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** A day in the registry's own calendar (Asia/Shanghai). */
const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/**
 * An entry of the lists log (formats §2.2). The leaf is its canonical JSON, at most 65,535 bytes. It says:
 * from this day, under this key, this blob, because. The newest entry of a key is its record.
 */
export const ListEntrySchema = z.strictObject({
  v: z.literal(1),
  register: z.enum(REGISTERS),
  /**
   * `<organ key>` · `<organ key>.<5 digits>` for an item · type 21 · SHA-256 of the key's certificate, hex · region code ·
   * `n-…` for a negative list · `<list key>.<6 digits>` for its items · `<list key>.<number>` for an edition
   */
  key: z.string().regex(/^[0-9A-Za-z.-]{1,100}$/),
  /** when the registry took the entry in */
  time: Time,
  /** the day from which the content holds */
  effectiveDate: Day,
  /** `sha256:` + 64 hex of the blob's canonical bytes */
  blob: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  reason: z.string().min(1).max(1_000),
  /** key of the organ that decided; absent for the registry's own acts */
  organ: z.string().optional(),
  /** 变更类型; absent in entries that an import or the registry made without saying it */
  kind: z.enum(CHANGE_KIND_CODES).optional(),
  /** 文号 of the decision */
  document: z.string().min(1).max(100).optional(),
  /** key of the edition with which it came */
  edition: z.string().max(100).optional(),
  /** key of the item it was handed to (下放, 委托) or taken over from (承接) */
  related: z.string().max(100).optional(),
  /** findings that forbade it and that who approved it set aside, each with the reason given */
  overruled: z
    .array(z.strictObject({ rule: z.string().min(1).max(60), reason: z.string().min(1).max(500) }))
    .min(1)
    .max(20)
    .optional(),
});

export type ListEntry = z.infer<typeof ListEntrySchema>;
