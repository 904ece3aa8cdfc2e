import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { KeyError } from './keys.errors.ts';
import { readOrCreate } from './key-files.ts';

/** An Ed25519 key of the registry itself. The private half stays inside. */
export interface Ed25519Key {
  /** 32 bytes */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** @returns 64 bytes over exactly these bytes */
  sign(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** Opens the PKCS#8 PEM file; makes it first where there is none. @throws KeyError `invalid-key-file` */
export async function openEd25519Key(path: string): Promise<Ed25519Key> {
  const pem = await readOrCreate(path, async () =>
    Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  let key: KeyObject;
  try {
    key = createPrivateKey(Buffer.from(pem));
  } catch (cause) {
    throw new KeyError(
      'invalid-key-file',
      `密钥文件损坏：${path}。请从备份恢复；不要删除，否则已有的日志无法继续。`,
      { cause },
    );
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw new KeyError('invalid-key-file', `不是 Ed25519 密钥：${path}`);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (bytes) => new Uint8Array(sign(null, bytes, key)),
  };
}
