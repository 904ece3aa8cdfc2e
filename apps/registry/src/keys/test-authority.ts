import { createPrivateKey, generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate with its private key, as forge holds them between making and writing the PKCS#12 file. */
export interface Issued {
  readonly certificate: forge.pki.Certificate;
  readonly privateKey: forge.pki.rsa.PrivateKey;
}

const DAY_MS = 86_400_000;

/** The demo's own certification authority: self-signed, trusted by nobody but this registry's trust list. */
export async function makeTestAuthority(now: Date): Promise<Issued> {
  const keys = await rsaKeyPair(3072);
  const certificate = blankCertificate(keys.publicKey, now, 20 * 365);
  const name = subject('明权示例测试根 Mandate Test Authority', 'Mandate 示例');
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  signCertificate(certificate, keys.privateKey);
  return { certificate, privateKey: keys.privateKey };
}

/** A seal certificate (电子印章证书) for one organ, signed by the authority. */
export async function issueOrganCertificate(
  authority: Issued,
  organ: { readonly key: string; readonly name: string },
  now: Date,
): Promise<Issued> {
  const keys = await rsaKeyPair(2048);
  const certificate = blankCertificate(keys.publicKey, now, 3 * 365);
  certificate.setSubject(subject(`${organ.name}电子证照专用章（示例）`, organ.name, organ.key));
  certificate.setIssuer(decoded(authority.certificate.subject.attributes));
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: authority.certificate.generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  signCertificate(certificate, authority.privateKey);
  return { certificate, privateKey: keys.privateKey };
}

function blankCertificate(
  publicKey: forge.pki.rsa.PublicKey,
  now: Date,
  days: number,
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  // 0x40: positive and never with a leading zero, as DER wants it.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = serial.toString('hex');
  // A clock that is a little behind must not call a fresh certificate not yet valid.
  certificate.validity.notBefore = new Date(now.getTime() - DAY_MS);
  certificate.validity.notAfter = new Date(now.getTime() + days * DAY_MS);
  return certificate;
}

function subject(
  commonName: string,
  organization: string,
  serialNumber?: string,
): forge.pki.CertificateField[] {
  const field = (name: string, value: string): forge.pki.CertificateField => ({
    name,
    value,
    // @types/node-forge takes the tag for a class.
    valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
  });
  return [
    { name: 'countryName', value: 'CN' },
    field('organizationName', organization),
    field('commonName', commonName),
    ...(serialNumber === undefined ? [] : [field('serialNumber', serialNumber)]),
  ];
}

/** forge writes text as UTF-8, and hands back the bytes it read: written again, they would be encoded twice. */
function decoded(attributes: readonly forge.pki.CertificateField[]): forge.pki.CertificateField[] {
  // @types/node-forge takes the tag for a class.
  const utf8 = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class;
  return attributes.map((one) =>
    one.valueTagClass === utf8 && typeof one.value === 'string'
      ? { ...one, value: forge.util.decodeUtf8(one.value) }
      : one,
  );
}

// By node:crypto: forge's own powers in JavaScript take seconds a signature.
function signCertificate(certificate: forge.pki.Certificate, issuerKey: forge.pki.rsa.PrivateKey): void {
  const oid = forge.pki.oids['sha256WithRSAEncryption'] ?? '';
  certificate.signatureOid = oid;
  certificate.siginfo.algorithmOid = oid;
  const [tbs] = forge.pki.certificateToAsn1(certificate).value;
  if (typeof tbs !== 'object') throw new Error('node-forge laid out no certificate');
  const bytes = Buffer.from(forge.asn1.toDer(tbs).getBytes(), 'binary');
  const key = createPrivateKey(forge.pki.privateKeyToPem(issuerKey));
  certificate.signature = sign('sha256', bytes, key).toString('binary');
}

// By node:crypto: forge's own prime search in JavaScript takes seconds.
async function rsaKeyPair(modulusLength: number): Promise<forge.pki.rsa.KeyPair> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    privateKey: forge.pki.privateKeyFromPem(privateKey),
    publicKey: forge.pki.publicKeyFromPem(publicKey),
  };
}
