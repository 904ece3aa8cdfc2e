/** What a reader of the lists asks for and cannot have. */
export class ListsError extends Error {
  override readonly name = 'ListsError';
  readonly code:
    | 'organ-not-found'
    | 'item-not-found'
    | 'region-not-found'
    | 'negative-list-not-found'
    | 'edition-not-found'
    | 'invalid-cursor'
    /** a comparison whose second day comes before its first */
    | 'invalid-period'
    | 'too-many-items';

  constructor(code: ListsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
