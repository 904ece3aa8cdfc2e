import { canonicalBytes, encodeBase64Url, EncodingError, parseBase64Url, parseJson } from '@mandate/encoding';
import { addProof, DataIntegrityError, didKey, verifyProof, type Ed25519Signer } from '@mandate/signature';
import * as z from 'zod';
import { InstantSchema } from './checks.ts';
import { gunzip, gzip, GzipError } from './gzip.ts';

/** W3C Bitstring Status List 1.0 (REC 2025-05-15), for one purpose: revocation (formats §6.2). */

/** A status list that cannot be believed, or not now. */
export class StatusListError extends Error {
  override readonly name = 'StatusListError';
  readonly code: 'invalid' | 'stale' | 'index-out-of-range' | 'newer-format';

  constructor(code: StatusListError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** §2.2: fewer entries would let one guess whose bit was asked for. */
export const STATUS_LIST_BITS = 131_072;
const BYTES = STATUS_LIST_BITS / 8;
const CONTEXT = 'https://www.w3.org/ns/credentials/v2';
/** The one version a status list carries. Another purpose is another file, under another name. */
const NEWER_CONTEXT = /^https:\/\/www\.w3\.org\/ns\/credentials\/v([3-9]|[1-9]\d{1,3})$/;

const StatusListSchema = z.strictObject({
  '@context': z.tuple([z.literal(CONTEXT)]),
  id: z.url(),
  type: z.tuple([z.literal('VerifiableCredential'), z.literal('BitstringStatusListCredential')]),
  issuer: z.string(),
  validFrom: InstantSchema,
  validUntil: InstantSchema,
  credentialSubject: z.strictObject({
    id: z.string(),
    type: z.literal('BitstringStatusList'),
    statusPurpose: z.literal('revocation'),
    /** multibase base64url of the gzipped bits; 16 KiB of noise need 22,000 digits */
    encodedList: z.string().regex(/^u[A-Za-z0-9_-]{1,60000}$/),
  }),
});

const NewerSchema = z.looseObject({ '@context': z.tuple([z.string().regex(NEWER_CONTEXT)], z.unknown()) });

export interface StatusListOptions {
  /** address of the published file, `<public url>/data/status/revocation-1.json` */
  readonly url: string;
  /** instants, UTC to the second; 24 hours apart */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly key: Ed25519Signer & { readonly publicKey: Uint8Array };
}

export interface StatusList {
  readonly url: string;
  readonly validFrom: string;
  readonly validUntil: string;
  /** @throws StatusListError `index-out-of-range` */
  isSet(index: number): boolean;
}

/** @param revoked the places that are set @throws StatusListError `index-out-of-range` */
export function encodeStatusBits(revoked: Iterable<number>): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(BYTES);
  for (const index of revoked) {
    const byte = byteOf(index);
    bits[byte] = (bits[byte] ?? 0) | mask(index);
  }
  return bits;
}

/** @param bits 16,384 bytes, see encodeStatusBits @returns the published file @throws StatusListError `invalid` */
export function encodeStatusList(bits: Uint8Array, options: StatusListOptions): Uint8Array<ArrayBuffer> {
  if (bits.length !== BYTES) throw new StatusListError('invalid', `状态列表必须正好有 ${BYTES} 字节`);
  const verificationMethod = didKey(options.key.publicKey);
  const credential = {
    '@context': [CONTEXT],
    id: options.url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: verificationMethod.replace(/#.*$/, ''),
    validFrom: options.validFrom,
    validUntil: options.validUntil,
    credentialSubject: {
      id: `${options.url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${encodeBase64Url(gzip(bits))}`,
    },
  };
  const checked = StatusListSchema.safeParse(credential);
  if (!checked.success)
    throw new StatusListError('invalid', `状态列表的内容不符：${z.prettifyError(checked.error)}`);
  return canonicalBytes(
    addProof(credential, { key: options.key, verificationMethod, created: options.validFrom }),
  );
}

/**
 * @param statusKey raw public key, from the trust list
 * @throws StatusListError `invalid` | `newer-format`, `stale` when `now` is outside of its time
 */
export function parseStatusList(bytes: Uint8Array, statusKey: Uint8Array, now: Date): StatusList {
  const list = readStatusList(bytes, statusKey);
  if (!isFresh(list, now))
    throw new StatusListError('stale', `状态列表只在 ${list.validFrom} 至 ${list.validUntil} 有效`);
  return list;
}

/**
 * The signed list, whatever its age: a bit set in an old list is still set.
 * @throws StatusListError `invalid` | `newer-format`
 */
export function readStatusList(bytes: Uint8Array, statusKey: Uint8Array): StatusList {
  try {
    const content = verifyProof(parseJson(bytes), statusKey);
    // The proof covers the context, so only the status key can have named a later one.
    if (NewerSchema.safeParse(content).success)
      throw new StatusListError('newer-format', '状态列表的格式比本程序新，请更新程序');
    const credential = StatusListSchema.parse(content);
    const bits = gunzip(parseBase64Url(credential.credentialSubject.encodedList.slice(1)), BYTES);
    if (bits.length !== BYTES) throw new StatusListError('invalid', '状态列表的长度不符');
    return {
      url: credential.id,
      validFrom: credential.validFrom,
      validUntil: credential.validUntil,
      isSet: (index) => ((bits[byteOf(index)] ?? 0) & mask(index)) !== 0,
    };
  } catch (cause) {
    if (cause instanceof StatusListError) throw cause;
    if (
      cause instanceof EncodingError ||
      cause instanceof DataIntegrityError ||
      cause instanceof GzipError ||
      cause instanceof z.ZodError
    )
      throw new StatusListError('invalid', '状态列表无法采信：格式或签名不符', { cause });
    throw cause;
  }
}

export function isFresh(list: StatusList, now: Date): boolean {
  return now >= new Date(list.validFrom) && now < new Date(list.validUntil);
}

function byteOf(index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= STATUS_LIST_BITS)
    throw new StatusListError('index-out-of-range', `状态列表没有第 ${index} 位`);
  return Math.floor(index / 8);
}

/** The first place is the left-most bit (§3.1). */
function mask(index: number): number {
  return 0x80 >>> (index % 8);
}
