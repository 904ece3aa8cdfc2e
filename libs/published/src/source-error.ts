/** A published file that could not be had. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code:
    /** the server answers, and says there is none */
    | 'not-found'
    /** no answer, or one that is none */
    | 'unreachable'
    /** more bytes than a file of this kind may have */
    | 'too-large'
    | 'timed-out';

  constructor(code: SourceError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
