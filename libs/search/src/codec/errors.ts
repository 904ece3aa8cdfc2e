/** A file of the index that cannot be had or is not what it should be. */
export class SearchIndexError extends Error {
  override readonly name = 'SearchIndexError';
  /** `stale`: the index was rebuilt under another layout while the page was open */
  readonly code: 'unreachable' | 'stale' | 'malformed';

  constructor(code: SearchIndexError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
