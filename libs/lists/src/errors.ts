/** An item, an organ or an entry that is not what its schema says. */
export class ListError extends Error {
  override readonly name = 'ListError';
  /** `newer-format`: written by a later version than this reader knows (formats §9.2) */
  readonly code: 'invalid-organ' | 'invalid-entry' | 'invalid-item' | 'newer-format';

  constructor(code: ListError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
