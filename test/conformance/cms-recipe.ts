import { createHash, sign } from 'node:crypto';
import forge from 'node-forge';
import type { TestCertificate } from '../support/test-authority.ts';

/** A CMS SignedData as data. Built on node-forge, so that it is also a second opinion on the bytes the library writes. */
export interface CmsRecipe {
  readonly content: Uint8Array;
  readonly signer: TestCertificate;
  readonly certificates: readonly Uint8Array[];
  readonly digest?: 'sha256' | 'sha1';
  /** DER of the signed attributes; false for none. The three of PAdES-B unless told. */
  readonly attributes?: readonly string[] | false;
  readonly unsigned?: readonly string[];
  readonly embedContent?: boolean;
  readonly copies?: number;
  /** Leave the sets in the order given. */
  readonly unsorted?: boolean;
}

const { asn1 } = forge;
const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha1: '1.3.14.3.2.26',
  rsaSha256: '1.2.840.113549.1.1.11',
  rsaSha1: '1.2.840.113549.1.1.5',
} as const;

/** Tag and contents → DER, one character a byte. */
export function tlv(tag: number, ...contents: readonly string[]): string {
  const value = contents.join('');
  const node = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, value);
  return String.fromCharCode(tag) + asn1.toDer(node).getBytes().slice(1);
}

const sequence = (...contents: readonly string[]) => tlv(0x30, ...contents);
const oid = (dotted: string) => tlv(0x06, asn1.oidToDer(dotted).getBytes());

export function attribute(type: keyof typeof OID, ...values: readonly string[]): string {
  return sequence(oid(OID[type]), tlv(0x31, ...values));
}

export function digestOf(algorithm: 'sha256' | 'sha1', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('binary');
}

/** The three signed attributes of PAdES-BASELINE-B. */
export const attributes = {
  contentType: () => attribute('contentType', oid(OID.data)),
  messageDigest: (content: Uint8Array, algorithm: 'sha256' | 'sha1' = 'sha256') =>
    attribute('messageDigest', tlv(0x04, digestOf(algorithm, content))),
  signingCertificate: (der: Uint8Array) =>
    attribute('signingCertificateV2', sequence(sequence(sequence(tlv(0x04, digestOf('sha256', der)))))),
  signingTime: () => attribute('signingTime', tlv(0x17, '260304050607Z')),
};

// 2.25.23925403023777436945920231662452377410; node-forge has no arcs of 128 bits.
const PROOF_TYPE = Buffer.from('061369a3ffeedcaccd929fcbbdd7bf8199c9ba8e42', 'hex').toString('latin1');

/** The stapled proof as an attribute. */
export function proofAttribute(...proofs: readonly string[]): string {
  return sequence(PROOF_TYPE, tlv(0x31, ...proofs.map((proof) => tlv(0x04, proof))));
}

export function makeCms(recipe: CmsRecipe): string {
  const digest = recipe.digest ?? 'sha256';
  const order = (items: readonly string[]) => (recipe.unsorted ? [...items] : [...items].sort(compare));
  const signerInfo = makeSignerInfo(recipe, order);
  const content = recipe.embedContent ? tlv(0xa0, tlv(0x04, latin(recipe.content))) : '';
  const signedData = sequence(
    tlv(0x02, '\x01'),
    tlv(0x31, sequence(oid(OID[digest]))),
    sequence(oid(OID.data), content),
    tlv(0xa0, ...order(recipe.certificates.map(latin))),
    tlv(0x31, signerInfo.repeat(recipe.copies ?? 1)),
  );
  return sequence(oid(OID.signedData), tlv(0xa0, signedData));
}

function makeSignerInfo(recipe: CmsRecipe, order: (items: readonly string[]) => string[]): string {
  const digest = recipe.digest ?? 'sha256';
  const defaults = [
    attributes.contentType(),
    attributes.messageDigest(recipe.content, digest),
    attributes.signingCertificate(recipe.signer.der),
  ];
  const signed = recipe.attributes === false ? undefined : order(recipe.attributes ?? defaults);
  const toBeSigned = signed ? Buffer.from(tlv(0x31, ...signed), 'latin1') : recipe.content;
  const [issuer, serialNumber] = issuerAndSerial(recipe.signer.der);
  return sequence(
    tlv(0x02, '\x01'),
    sequence(issuer, serialNumber),
    sequence(oid(OID[digest])),
    signed ? tlv(0xa0, ...signed) : '',
    sequence(oid(digest === 'sha1' ? OID.rsaSha1 : OID.rsaSha256), tlv(0x05)),
    tlv(0x04, sign(digest, toBeSigned, recipe.signer.privateKey).toString('latin1')),
    recipe.unsigned ? tlv(0xa1, ...recipe.unsigned) : '',
  );
}

function issuerAndSerial(der: Uint8Array): [string, string] {
  const certificate = forge.asn1.fromDer(latin(der));
  const [tbs] = childrenOf(certificate);
  const [, serialNumber, , issuer] = tbs ? childrenOf(tbs) : [];
  if (!serialNumber || !issuer) throw new Error('not a certificate');
  return [asn1.toDer(issuer).getBytes(), asn1.toDer(serialNumber).getBytes()];
}

function childrenOf(node: forge.asn1.Asn1): forge.asn1.Asn1[] {
  if (typeof node.value === 'string') throw new Error('not a constructed element');
  return node.value;
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
