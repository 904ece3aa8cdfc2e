/** A certificate that cannot be issued, found or ended. The message says what to do. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly code:
    | 'type-not-found'
    | 'organ-not-found'
    | 'organ-abolished'
    | 'item-absent'
    | 'item-suspended'
    | 'item-cancelled'
    | 'item-of-another-organ'
    | 'item-not-of-type'
    | 'invalid-data'
    | 'unprintable'
    | 'certificate-not-found'
    | 'already-revoked'
    | 'lists-changing';

  constructor(code: CertificateError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
