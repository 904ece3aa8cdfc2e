/** An item, an organ or an entry that is not what its schema says. */
export class ListError extends Error {
  override readonly name = 'ListError';
  readonly code: 'invalid-organ';

  constructor(code: ListError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
