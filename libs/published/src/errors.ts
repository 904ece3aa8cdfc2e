/** Bytes that are not the published file, leaf or blob they are read as. */
export class PublishedFormatError extends Error {
  override readonly name = 'PublishedFormatError';
  readonly code:
    /** no reader of any version reads this */
    | 'invalid'
    /** well-formed as far as it is understood, and newer than this reader: see `readAs` */
    | 'newer-format'
    /** a blob whose bytes are not those its name promises */
    | 'wrong-blob'
    /** text that is no key, or no name of a blob */
    | 'invalid-key';
  /** the message without what it is said of, for a reader that knows a better name for that */
  readonly detail: string;

  constructor(
    code: PublishedFormatError['code'],
    message: string,
    options: ErrorOptions & { readonly detail?: string } = {},
  ) {
    super(message, options);
    this.code = code;
    this.detail = options.detail ?? message;
  }
}
