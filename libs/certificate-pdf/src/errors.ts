/** Why a page could not be drawn. `code` is stable, the message is for the official and says what to do. */
export class CertificatePdfError extends Error {
  override readonly name = 'CertificatePdfError';
  readonly code: 'missing-glyph' | 'text-too-long' | 'wrong-type' | 'bad-font' | 'bad-qr';
  /** with `missing-glyph`: the characters no font has, each once; with `text-too-long`: the labels in question */
  readonly subjects: readonly string[];

  constructor(
    code: CertificatePdfError['code'],
    message: string,
    subjects: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.subjects = subjects;
  }
}
