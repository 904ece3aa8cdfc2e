import * as z from 'zod';

const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const Sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/**
 * What a certificate says (formats §4.3): the JSON attached to its PDF, from which the page is drawn and to which it is
 * compared. Metadata elements carry their GB/T 36903 names in comments.
 */
export const CertificateSchema = z.strictObject({
  schema: z.literal('certificate/1'),
  /** ZZBS, GB/T 36904 */
  identifier: z.string(),
  /** ZZBH, the number printed for people, e.g. JY1… */
  number: z.string().min(1).max(60),
  /** ZZLXDM, ZZMC and the blob of the type it was issued under */
  type: z.strictObject({ code: z.string(), name: z.string(), blob: Sha256 }),
  /** ZZBFJGDM, ZZBFJG: key and name of the organ */
  issuer: z.strictObject({ organ: z.string(), name: z.string() }),
  /** CZZT, CZZTDM, CZZTDMLXDM */
  holder: z.strictObject({
    name: z.string().min(1).max(200),
    code: z.string().min(1).max(40),
    codeType: z.string().regex(/^\d{3}$/),
  }),
  /** ZZBFRQ */
  issueDate: Day,
  /** ZZYXQQSRQ, ZZYXQJZRQ: first and last day of validity, both counted in Asia/Shanghai */
  validFrom: Day,
  validUntil: Day,
  /** KZ_…, in the order they are printed */
  face: z
    .array(z.strictObject({ name: z.string(), label: z.string(), value: z.string().min(1).max(500) }))
    .min(1),
  /** 清单之外无权力: the listed power, and the proof that it was listed */
  mandate: z.strictObject({
    /** key, name and category of the item */
    key: z.string(),
    name: z.string(),
    category: z.string(),
    /** the leaf of the entry in the lists log, as text */
    entry: z.string().max(65_535),
    /** C2SP tlog-proof of that leaf in the lists log */
    proof: z.string().max(20_000),
  }),
  /** 32 random bytes, hex: opens the commitment in the certificates log */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** where its state is read: list and place in it */
  status: z.strictObject({ list: z.string(), index: z.number().int().min(0) }),
  sample: z.literal(true).optional(),
});

export type Certificate = z.infer<typeof CertificateSchema>;
