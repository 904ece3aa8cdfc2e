import {
  canonicalBytes,
  concatBytes,
  encodeBase58,
  EncodingError,
  encodeHex,
  parseBase58,
  sha256,
  type Json,
} from '@mandate/encoding';
import { ed25519 } from '@noble/curves/ed25519.js';

/**
 * W3C Data Integrity, cryptosuite `eddsa-jcs-2022` (vc-di-eddsa 1.0, §3.3): an Ed25519 signature over any JSON object.
 */

/** A document without a valid proof, or a key that is none. */
export class DataIntegrityError extends Error {
  override readonly name = 'DataIntegrityError';
  readonly code: 'invalid-key' | 'invalid-proof' | 'wrong-signature';

  constructor(code: DataIntegrityError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** The raw private key, 32 bytes, or whatever signs with it (a token): message → Ed25519 signature, 64 bytes. */
export type Ed25519Signer =
  { readonly privateKey: Uint8Array } | { readonly sign: (message: Uint8Array) => Uint8Array };

export interface ProofOptions {
  readonly key: Ed25519Signer;
  /** URL of the key, e.g. `didKey(publicKey)` */
  readonly verificationMethod: string;
  /** instant, UTC to the second */
  readonly created: string;
}

const CREATED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** multicodec ed25519-pub, as varint */
const ED25519_PUB = [0xed, 0x01] as const;

/** @returns the Ed25519 signature, 64 bytes @throws DataIntegrityError `invalid-key` */
export function signEd25519(message: Uint8Array, key: Ed25519Signer): Uint8Array {
  if ('privateKey' in key) {
    if (key.privateKey.length !== 32)
      throw new DataIntegrityError('invalid-key', 'an Ed25519 private key has 32 bytes');
    return ed25519.sign(message, key.privateKey);
  }
  const signature = key.sign(message);
  if (signature.length !== 64)
    throw new DataIntegrityError('invalid-key', 'an Ed25519 signature has 64 bytes');
  return signature;
}

/**
 * Never throws. By RFC 8032 to the letter, not ZIP 215: two readers must never disagree about a signature.
 * @param publicKey 32 bytes @param signature 64 bytes
 */
export function isEd25519Signature(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Raw private key, 32 bytes → raw public key, 32 bytes. */
export function ed25519PublicKey(privateKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(privateKey);
}

/** Raw public key, 32 bytes → multibase `z6Mk…` (Multikey). */
export function encodePublicKey(publicKey: Uint8Array): string {
  if (publicKey.length !== 32)
    throw new DataIntegrityError('invalid-key', 'an Ed25519 public key has 32 bytes');
  return `z${encodeBase58(concatBytes(Uint8Array.from(ED25519_PUB), publicKey))}`;
}

/** Multibase `z6Mk…` → raw public key, 32 bytes. @throws DataIntegrityError `invalid-key` */
export function parsePublicKey(text: string): Uint8Array {
  const bytes = decodeMultibase(text, 'invalid-key');
  if (bytes.length !== 34 || bytes[0] !== ED25519_PUB[0] || bytes[1] !== ED25519_PUB[1])
    throw new DataIntegrityError('invalid-key', 'no Ed25519 public key (multicodec 0xed01)');
  return bytes.subarray(2);
}

/** The key as a verification method every reader can resolve: `did:key:z6Mk…#z6Mk…`. */
export function didKey(publicKey: Uint8Array): string {
  const key = encodePublicKey(publicKey);
  return `did:key:${key}#${key}`;
}

/** Raw public key → `sha256:` and 64 hex: what is printed and pinned. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return `sha256:${encodeHex(sha256(publicKey))}`;
}

/**
 * §3.3.1 Create Proof. A `proof` the document already has is replaced.
 * @throws DataIntegrityError `invalid-proof` for options that are none, EncodingError for what has no canonical form
 */
export function addProof<T extends JsonObject>(
  document: T,
  options: ProofOptions,
): Omit<T, 'proof'> & { readonly proof: JsonObject } {
  if (!CREATED.test(options.created))
    throw new DataIntegrityError('invalid-proof', 'created is not a date and time');
  const { proof: _, ...unsecured } = document;
  const config: JsonObject = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: options.created,
    verificationMethod: options.verificationMethod,
    proofPurpose: 'assertionMethod',
    // Step 2: the proof carries the context it was made under.
    ...(unsecured['@context'] === undefined ? {} : { '@context': unsecured['@context'] }),
  };
  const signature = signEd25519(hashData(config, unsecured), options.key);
  return { ...unsecured, proof: { ...config, proofValue: `z${encodeBase58(signature)}` } };
}

/**
 * §3.3.2 Verify Proof, for a document with exactly one proof.
 * @param publicKey raw, 32 bytes; the caller knows it, what the proof names as its key is not followed
 * @returns the document that was signed: without `proof`, and with the context the proof was made under
 * @throws DataIntegrityError `invalid-proof` | `wrong-signature`
 */
export function verifyProof(document: Json, publicKey: Uint8Array): JsonObject {
  if (!isObject(document)) throw new DataIntegrityError('invalid-proof', 'no JSON object');
  const { proof, ...unsecured } = document;
  if (!isObject(proof)) throw new DataIntegrityError('invalid-proof', 'not exactly one proof');
  const { proofValue, ...config } = proof;
  verifyConfig(config);
  if (typeof proofValue !== 'string') throw new DataIntegrityError('invalid-proof', 'no proofValue');
  const signature = decodeMultibase(proofValue, 'invalid-proof');
  const context = config['@context'];
  if (context !== undefined && !startsWith(unsecured['@context'], context))
    throw new DataIntegrityError('invalid-proof', 'the @context is not the one that was signed');
  const signed = context === undefined ? unsecured : { ...unsecured, '@context': context };
  if (!isEd25519Signature(signature, canonical(config, signed), publicKey))
    throw new DataIntegrityError('wrong-signature', 'the signature is not by this key over this document');
  return signed;
}

function verifyConfig(config: JsonObject): void {
  if (config['type'] !== 'DataIntegrityProof' || config['cryptosuite'] !== 'eddsa-jcs-2022')
    throw new DataIntegrityError('invalid-proof', 'another kind of proof than eddsa-jcs-2022');
  // vc-data-integrity §4.2: a proof made for another purpose asserts nothing.
  if (config['proofPurpose'] !== 'assertionMethod' || typeof config['verificationMethod'] !== 'string')
    throw new DataIntegrityError('invalid-proof', 'no assertion by a named key');
  const created = config['created'];
  if (created !== undefined && (typeof created !== 'string' || !CREATED.test(created)))
    throw new DataIntegrityError('invalid-proof', 'created is not a date and time');
}

function canonical(config: JsonObject, document: JsonObject): Uint8Array {
  try {
    return hashData(config, document);
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    throw new DataIntegrityError('invalid-proof', 'no canonical form', { cause });
  }
}

/** §3.3.4: hash of the proof configuration, then hash of the document. */
function hashData(config: JsonObject, document: JsonObject): Uint8Array {
  return concatBytes(sha256(canonicalBytes(config)), sha256(canonicalBytes(document)));
}

/** §3.3.2 step 4.1: the document's context may only have grown at its end. */
function startsWith(context: Json | undefined, signed: Json): boolean {
  const list = asList(context);
  return asList(signed).every((value, index) => {
    const other = list[index];
    return other !== undefined && encodeHex(canonicalBytes(other)) === encodeHex(canonicalBytes(value));
  });
}

function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

// Array.isArray does not narrow a readonly array.
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function decodeMultibase(text: string, code: DataIntegrityError['code']): Uint8Array {
  if (!text.startsWith('z')) throw new DataIntegrityError(code, 'no base58btc multibase value');
  try {
    return parseBase58(text.slice(1));
  } catch (cause) {
    throw new DataIntegrityError(code, 'no base58btc multibase value', { cause });
  }
}
