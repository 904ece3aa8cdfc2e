/** Bytes or text that are not what their format says. `code` is stable, the message is for people. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
  readonly code:
    'invalid-text' | 'invalid-base32' | 'invalid-base58' | 'invalid-base64' | 'invalid-hex' | 'invalid-json';

  constructor(code: EncodingError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
