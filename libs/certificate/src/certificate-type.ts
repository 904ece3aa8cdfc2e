import * as z from 'zod';

const FaceFieldSchema = z.strictObject({
  /** `KZ_` and the field's letters (GB/T 36903) */
  name: z.string().regex(/^KZ_[A-Z0-9_]{1,40}$/),
  /** as printed, e.g. 经营场所 */
  label: z.string().min(1).max(20),
  required: z.boolean(),
  maxLength: z.number().int().min(1).max(500),
});

/** The blob of register `certificate-type`: what a kind of certificate says and under which powers it may be issued. */
export const CertificateTypeSchema = z.strictObject({
  schema: z.literal('certificate-type/1'),
  /** 证照类型代码: USCC of the defining organ 18 + 3 digits */
  code: z.string().regex(/^[0-9A-Z]{18}\d{3}$/),
  name: z.string().min(2).max(50),
  /** the listed power a certificate of this type needs: an item of this category whose name is one of these */
  mandate: z.strictObject({ category: z.string(), itemNames: z.array(z.string()).min(1) }),
  faceFields: z.array(FaceFieldSchema).min(1),
  /** sentence above the fields, e.g. 经审查，符合… 准予从事 … */
  statement: z.string().max(300).optional(),
  /** opens the printed number, e.g. JY */
  numberPrefix: z
    .string()
    .regex(/^[A-Z0-9]{0,10}$/)
    .optional(),
  validityYears: z.number().int().min(1).max(50),
  sample: z.literal(true).optional(),
});

export type CertificateType = z.infer<typeof CertificateTypeSchema>;
export type FaceField = z.infer<typeof FaceFieldSchema>;
