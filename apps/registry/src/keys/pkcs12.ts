import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { Issued } from './test-authority.ts';
import { KeyError } from './keys.errors.ts';

export interface Pkcs12 {
  /** DER, the key's own certificate first */
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
  readonly privateKey: KeyObject;
}

/** Key and chain → PKCS#12 file, AES-256. */
export function encodePkcs12(
  issued: Issued,
  chain: readonly forge.pki.Certificate[],
  password: string,
): Uint8Array {
  const asn1 = forge.pkcs12.toPkcs12Asn1(issued.privateKey, [issued.certificate, ...chain], password, {
    algorithm: 'aes256',
    // The password is 192 random bits where we make it; in JavaScript every doubling of the count is felt.
    count: 2_048,
  });
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

/** @throws KeyError `wrong-password` | `invalid-key-file` */
export function parsePkcs12(bytes: Uint8Array, password: string, file: string): Pkcs12 {
  let p12: forge.pkcs12.Pkcs12Pfx;
  try {
    const asn1 = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('binary')));
    p12 = forge.pkcs12.pkcs12FromAsn1(asn1, password);
  } catch (cause) {
    const wrong = cause instanceof Error && /password|MAC/i.test(cause.message);
    throw new KeyError(
      wrong ? 'wrong-password' : 'invalid-key-file',
      wrong
        ? `密码打不开密钥文件 ${file}：请检查 MANDATE_KEY_PASSWORD。`
        : `不是可用的 PKCS#12 文件：${file}`,
      { cause },
    );
  }
  const bags = (type: string | undefined) =>
    type === undefined ? [] : (p12.getBags({ bagType: type })[type] ?? []);
  const [keyBag] = [...bags(forge.pki.oids['pkcs8ShroudedKeyBag']), ...bags(forge.pki.oids['keyBag'])];
  const certificates = bags(forge.pki.oids['certBag']).flatMap((bag) =>
    bag.cert === undefined ? [] : [bag.cert],
  );
  // forge hands back null for a key that is not RSA.
  if (!keyBag?.key || certificates.length === 0) {
    throw new KeyError('invalid-key-file', `PKCS#12 文件中没有 RSA 私钥或证书：${file}`);
  }
  const { key } = keyBag;
  // forge reads certificates with RSA keys only.
  const own = certificates.find((one) => (one.publicKey as forge.pki.rsa.PublicKey).n.equals(key.n));
  if (own === undefined) throw new KeyError('invalid-key-file', `PKCS#12 文件中的证书与私钥不配对：${file}`);
  const privateKey = createPrivateKey(forge.pki.privateKeyToPem(key));
  // A key with the certificate's modulus and other numbers would replace the one that signs, and sign nothing.
  if (!signsFor(privateKey, toDer(own)))
    throw new KeyError('invalid-key-file', `PKCS#12 文件中的私钥不能为其证书签名：${file}`);
  return {
    certificates: [own, ...certificates.filter((one) => one !== own)].map(toDer),
    privateKey,
  };
}

function signsFor(privateKey: KeyObject, certificate: Uint8Array): boolean {
  const probe = Buffer.from('mandate');
  try {
    return verify(
      'sha256',
      probe,
      new X509Certificate(certificate).publicKey,
      sign('sha256', probe, privateKey),
    );
  } catch {
    return false;
  }
}

export function toDer(certificate: forge.pki.Certificate): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes(), 'binary'),
  );
}
