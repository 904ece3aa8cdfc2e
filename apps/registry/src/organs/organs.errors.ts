/** Organs or regions that would not fit together. The message says what to do. */
export class OrganError extends Error {
  override readonly name = 'OrganError';
  readonly code:
    'organ-not-found' | 'parent-not-found' | 'successor-not-found' | 'circle' | 'wrong-level' | 'abolished';

  constructor(code: OrganError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
