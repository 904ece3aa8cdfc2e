/** Published files that the site cannot be built from. */
export class PublishedError extends Error {
  override readonly name = 'PublishedError';
  readonly code: 'settings' | 'missing-file' | 'malformed-file' | 'newer-format' | 'wrong-blob';

  constructor(code: PublishedError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
