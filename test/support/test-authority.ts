import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { SignatureAlgorithm, Signer } from '@mandate/signature';

/**
 * A PKI written as data, for tests. Certificates are laid out by node-forge and signed by node:crypto, so that neither is
 * the code that verifies them.
 */
export interface CertificateRecipe {
  readonly name: string;
  /** Issuer; itself when absent. */
  readonly issuer?: TestCertificate;
  readonly key?: 'rsa' | 'rsa-1024' | 'p256';
  /** Reused for a second certificate over the same key. */
  readonly keyOf?: TestCertificate;
  readonly serialNumber?: string;
  readonly validFrom?: Date;
  readonly validUntil?: Date;
  readonly authority?: boolean;
  readonly pathLength?: number;
  /** Names as node-forge spells them. */
  readonly keyUsage?: readonly string[];
  readonly extendedKeyUsage?: readonly string[];
  readonly digest?: 'sha256' | 'sha1';
  /** Further extensions in node-forge's form. */
  readonly extensions?: readonly object[];
}

export interface TestCertificate {
  readonly recipe: CertificateRecipe;
  readonly der: Uint8Array<ArrayBuffer>;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const SIGNATURE_OIDS: Record<string, string> = {
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha1': '1.2.840.113549.1.1.5',
  'ec sha256': '1.2.840.10045.4.3.2',
};

export function makeCertificate(recipe: CertificateRecipe): TestCertificate {
  const { privateKey, publicKey } = recipe.keyOf ?? generateKey(recipe.key ?? 'rsa');
  const issuerKey = recipe.issuer?.privateKey ?? privateKey;
  const algorithm = algorithmIdentifier(issuerKey, recipe.digest ?? 'sha256');
  const tbs = layOut(recipe, publicKey, algorithm);
  const signature = sign(recipe.digest ?? 'sha256', bytesOf(tbs), issuerKey);
  const der = forge.asn1.create(forge.asn1.Class.UNIVERSAL, forge.asn1.Type.SEQUENCE, true, [
    tbs,
    algorithm,
    forge.asn1.create(
      forge.asn1.Class.UNIVERSAL,
      forge.asn1.Type.BITSTRING,
      false,
      `\0${signature.toString('latin1')}`,
    ),
  ]);
  return { recipe, der: bytesOf(der), privateKey, publicKey };
}

/** Root and the signing certificate of an organ under it, as a registry gives them out. */
export function makeTestAuthority(key: 'rsa' | 'p256' = 'rsa') {
  const root = makeCertificate({ name: '示例根证书', authority: true, key });
  const organ = makeCertificate({ name: '示例市市场监督管理局', issuer: root, key });
  return { root, organ, signer: makeSigner(organ, [root]) };
}

export function makeSigner(leaf: TestCertificate, chain: readonly TestCertificate[]): Signer {
  return {
    certificates: [leaf, ...chain].map(({ der }) => der),
    algorithm: algorithmOf(leaf.privateKey),
    sign: (toBeSigned) => Promise.resolve(new Uint8Array(sign('sha256', toBeSigned, leaf.privateKey))),
  };
}

export function privateKeyPem({ privateKey }: TestCertificate): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function algorithmOf(key: KeyObject): SignatureAlgorithm {
  return key.asymmetricKeyType === 'ec' ? 'ecdsa-p256-sha256' : 'rsa-sha256';
}

function generateKey(kind: 'rsa' | 'rsa-1024' | 'p256') {
  return kind === 'p256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
}

// forge signs with RSA alone, so a throwaway certificate lends its layout and two of its fields are replaced.
const LAYOUT_KEY = forge.pki.privateKeyFromPem(
  generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString(),
);

function layOut(recipe: CertificateRecipe, publicKey: KeyObject, algorithm: forge.asn1.Asn1) {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.rsa.setPublicKey(LAYOUT_KEY.n, LAYOUT_KEY.e);
  certificate.serialNumber =
    recipe.serialNumber ?? `00${forge.util.bytesToHex(forge.random.getBytesSync(12))}`;
  certificate.validity.notBefore = recipe.validFrom ?? new Date('2020-01-01T00:00:00Z');
  certificate.validity.notAfter = recipe.validUntil ?? new Date('2040-01-01T00:00:00Z');
  certificate.setSubject(nameOf(recipe.name));
  certificate.setIssuer(nameOf(recipe.issuer?.recipe.name ?? recipe.name));
  certificate.setExtensions(extensionsOf(recipe));
  certificate.siginfo.algorithmOid = SIGNATURE_OIDS['rsa sha256'] ?? '';
  certificate.signatureOid = certificate.siginfo.algorithmOid;
  const [tbs] = childrenOf(forge.pki.certificateToAsn1(certificate));
  if (!tbs) throw new Error('node-forge laid out no certificate');
  const fields = childrenOf(tbs);
  const version = fields.findIndex(({ tagClass }) => tagClass === forge.asn1.Class.CONTEXT_SPECIFIC);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  fields[version + 2] = algorithm;
  fields[version + 6] = forge.asn1.fromDer(spki.toString('latin1'));
  return tbs;
}

function childrenOf(node: forge.asn1.Asn1): forge.asn1.Asn1[] {
  if (typeof node.value === 'string') throw new Error('not a constructed element');
  return node.value;
}

function extensionsOf(recipe: CertificateRecipe): object[] {
  const usage =
    recipe.keyUsage ??
    (recipe.authority ? ['keyCertSign', 'cRLSign'] : ['digitalSignature', 'nonRepudiation']);
  const { pathLength, extendedKeyUsage } = recipe;
  return [
    {
      name: 'basicConstraints',
      critical: true,
      cA: recipe.authority ?? false,
      ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
    },
    ...(usage.length > 0 ? [{ name: 'keyUsage', critical: true, ...flags(usage) }] : []),
    ...(extendedKeyUsage ? [{ name: 'extKeyUsage', ...flags(extendedKeyUsage) }] : []),
    ...(recipe.extensions ?? []),
  ];
}

function flags(names: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, true]));
}

function nameOf(commonName: string): forge.pki.CertificateField[] {
  // forge takes a value for PrintableString unless told; these are Chinese names.
  const utf8 = (shortName: string, value: string) => ({
    shortName,
    value,
    valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
  });
  return [{ shortName: 'C', value: 'CN' }, utf8('O', '示例市'), utf8('CN', commonName)];
}

function algorithmIdentifier(key: KeyObject, digest: string): forge.asn1.Asn1 {
  const { Class, Type, create, oidToDer } = forge.asn1;
  const rsa = key.asymmetricKeyType === 'rsa';
  const oid = SIGNATURE_OIDS[`${rsa ? 'rsa' : 'ec'} ${digest}`] ?? '';
  return create(Class.UNIVERSAL, Type.SEQUENCE, true, [
    create(Class.UNIVERSAL, Type.OID, false, oidToDer(oid).getBytes()),
    ...(rsa ? [create(Class.UNIVERSAL, Type.NULL, false, '')] : []),
  ]);
}

function bytesOf(node: forge.asn1.Asn1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1'));
}
