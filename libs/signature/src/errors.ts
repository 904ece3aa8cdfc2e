/**
 * Why a file, a signature or a signer was refused. `code` is stable, the message names the broken rule, for logs and tests.
 *
 * Reading:
 * - `unreadable`: not a PDF, or too large to be one of ours.
 * - `unsigned`: a PDF without any signature.
 * - `altered`: bytes differ from what was signed, or something was added after.
 * - `foreign-structure`: a signature that holds, in a form no registry of this kind writes. Says nothing against the file.
 * - `unsupported-signature`: a signature that cannot be checked here (unknown algorithm or format).
 * - `no-webcrypto`: the page or runtime offers no WebCrypto (a page served without TLS). Says nothing about the file.
 *
 * Chain: `untrusted-root` | `broken-chain` | `certificate-expired` | `certificate-not-yet-valid` | `wrong-key-usage` |
 * `weak-algorithm` | `invalid-certificate`.
 *
 * Signing: `invalid-signer` | `unsuitable-pdf` | `no-room`.
 */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly code: SignatureErrorCode;

  constructor(code: SignatureErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type SignatureErrorCode =
  | 'unreadable'
  | 'unsigned'
  | 'altered'
  | 'foreign-structure'
  | 'unsupported-signature'
  | 'no-webcrypto'
  | 'untrusted-root'
  | 'broken-chain'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'wrong-key-usage'
  | 'weak-algorithm'
  | 'invalid-certificate'
  | 'invalid-signer'
  | 'unsuitable-pdf'
  | 'no-room';
