/** A key that is missing, closed or not what it should be. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code:
    | 'key-missing'
    | 'key-present'
    | 'wrong-password'
    | 'invalid-key-file'
    | 'password-missing'
    | 'test-authority-refused'
    | 'organ-not-found';

  constructor(code: KeyError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
