import { CryptoEngine } from 'pkijs';
import { SignatureError } from './errors.ts';

/** WebCrypto for pkijs, handed in with each call: pkijs's own global engine belongs to nobody. @throws SignatureError `no-webcrypto` */
export function getCryptoEngine(): CryptoEngine {
  // Declared as always there, but a page without TLS has no crypto.subtle.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new SignatureError('no-webcrypto', 'crypto.subtle is not available');
  return new CryptoEngine({ name: 'webcrypto', crypto: globalThis.crypto });
}
