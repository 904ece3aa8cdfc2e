import { canonicalBytes, encodeHex, EncodingError, parseBase64, parseJson, sha256 } from '@mandate/encoding';
import {
  addProof,
  DataIntegrityError,
  didKey,
  encodePublicKey,
  keyFingerprint,
  parsePublicKey,
  verifyProof,
  type Ed25519Signer,
} from '@mandate/signature';
import * as z from 'zod';
import { InstantSchema, isBase64Of, isNewerSchema, isPublicKey } from './checks.ts';

/** A trust list that cannot be believed. */
export class TrustListError extends Error {
  override readonly name = 'TrustListError';
  /** `foreign`: by another root key than the pinned one; `newer-format`: by the pinned one, in a later version */
  readonly code: 'invalid' | 'foreign' | 'newer-format';

  constructor(code: TrustListError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Period = {
  notBefore: InstantSchema,
  notAfter: InstantSchema,
  /** from this instant nothing more may be done with it; what the log shows as earlier stands */
  revokedAt: InstantSchema.optional(),
  reason: z.string().max(200).optional(),
};

const X509Schema = z
  .strictObject({ sha256: Sha256Hex, /** base64 */ der: z.string().max(20_000) })
  .refine(isNamedByItsHash, 'sha256 is not the hash of der');

const OrganCertificateSchema = z
  .strictObject({ sha256: Sha256Hex, /** base64 */ der: z.string().max(20_000), ...Period })
  .refine(isNamedByItsHash, 'sha256 is not the hash of der');

const KeySchema = z.strictObject({
  /** multibase `z6Mk…` */
  key: z.string().refine(isPublicKey, 'no Ed25519 key'),
  ...Period,
});

/** formats §8.1. Whom this registry stands for: the one document a verifier starts from. */
const TrustListSchema = z.strictObject({
  schema: z.literal('trust-list/1'),
  /** +1 with every change, so that an older list can be told */
  version: z.number().int().min(1),
  issued: InstantSchema,
  /** after this a reader must ask for a newer one */
  nextUpdate: InstantSchema,
  registry: z.strictObject({ name: z.string().min(1).max(200), publicUrl: z.url() }),
  /** multibase; its fingerprint is what readers pin */
  rootKey: z.string().refine(isPublicKey, 'no Ed25519 key'),
  organs: z.array(
    z.strictObject({
      key: z.string().min(1).max(100),
      name: z.string().min(1).max(200),
      /** what it was called before: on certificates of that time */
      formerNames: z.array(z.string().min(1).max(200)).optional(),
      /** which certificates sign for this organ, and for no other */
      certificates: z.array(OrganCertificateSchema),
    }),
  ),
  /** roots of the organs' certificates */
  authorities: z.array(X509Schema),
  logs: z.array(
    z.strictObject({
      kind: z.enum(['lists', 'certificates']),
      origin: z.string().min(1).max(255),
      /** signed-note verifier key */
      vkey: z.string().min(1).max(400),
    }),
  ),
  keys: z.strictObject({ status: z.array(KeySchema), qr: z.array(KeySchema) }),
  sample: z.literal(true).optional(),
});

export type TrustList = z.infer<typeof TrustListSchema>;
export type ListedKey = TrustList['keys']['qr'][number];
/** What the registry fills in; schema and root key come from the signer. */
export type TrustListContent = Omit<TrustList, 'schema' | 'rootKey'>;

/**
 * @param rootSigner the root key; `sign` for a key that lives elsewhere
 * @returns the file `/data/trust-list.json`: canonical JSON with a Data Integrity proof by the root key
 * @throws TrustListError `invalid` for a content that readers would refuse
 */
export function encodeTrustList(
  content: TrustListContent,
  rootSigner: Ed25519Signer & { readonly publicKey: Uint8Array },
): Uint8Array<ArrayBuffer> {
  const list = parseContent({
    ...content,
    schema: 'trust-list/1',
    rootKey: encodePublicKey(rootSigner.publicKey),
  });
  return canonicalBytes(
    addProof(list, {
      key: rootSigner,
      verificationMethod: didKey(rootSigner.publicKey),
      created: content.issued,
    }),
  );
}

/**
 * The published file → the trust list, if it is by the pinned root. Whether it is too old, the caller asks.
 * Its schema is closed: a member or word that is not known makes it invalid, and it grows by versions (formats §9.4).
 * @param rootFingerprint `sha256:` + 64 hex of the raw root key
 * @throws TrustListError
 */
export function parseTrustList(bytes: Uint8Array, rootFingerprint: string): TrustList {
  try {
    const document = parseJson(bytes);
    const rootKey = parsePublicKey(z.looseObject({ rootKey: z.string().max(100) }).parse(document).rootKey);
    // The key stands in the file it signs: only its fingerprint, known from elsewhere, makes it the root.
    if (keyFingerprint(rootKey) !== rootFingerprint)
      throw new TrustListError('foreign', '信任清单不是由所固定的根密钥签发的');
    const content = verifyProof(document, rootKey);
    // The proof covers the schema, so only the root can have named a later one.
    if (isNewerSchema(content, 'trust-list'))
      throw new TrustListError('newer-format', '信任清单的格式比本程序新，请更新程序');
    return parseContent(content);
  } catch (cause) {
    if (cause instanceof TrustListError) throw cause;
    if (cause instanceof EncodingError || cause instanceof DataIntegrityError || cause instanceof z.ZodError)
      throw new TrustListError('invalid', '信任清单无法采信：格式或签名不符', { cause });
    throw cause;
  }
}

function parseContent(content: unknown): TrustList {
  const { data, error } = TrustListSchema.safeParse(content);
  if (data === undefined)
    throw new TrustListError('invalid', `信任清单的内容不符：${z.prettifyError(error)}`, { cause: error });
  return data;
}

function isNamedByItsHash(certificate: { readonly sha256: string; readonly der: string }): boolean {
  return (
    isBase64Of(certificate.der) && encodeHex(sha256(parseBase64(certificate.der))) === certificate.sha256
  );
}

/** Whether a certificate or key could be used at an instant (formats §8.3). */
export function isUsableAt(
  period: { readonly notBefore: string; readonly notAfter: string; readonly revokedAt?: string | undefined },
  at: Date,
): 'usable' | 'outside' | 'revoked' {
  if (period.revokedAt !== undefined && at >= new Date(period.revokedAt)) return 'revoked';
  return at >= new Date(period.notBefore) && at <= new Date(period.notAfter) ? 'usable' : 'outside';
}
