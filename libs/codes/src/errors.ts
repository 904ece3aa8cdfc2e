/** A code that does not follow its standard. */
export class CodeError extends Error {
  override readonly name = 'CodeError';
  readonly code: 'invalid-uscc' | 'invalid-certificate-identifier';

  constructor(code: CodeError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
