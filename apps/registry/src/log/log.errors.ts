/** What the registry's own logs refuse or find broken. The message says what to do. */
export class RegistryLogError extends Error {
  override readonly name = 'RegistryLogError';
  readonly code:
    | 'leaf-too-long'
    /** the entry is not in the tree yet, or the log has no such entry */
    | 'not-sequenced'
    | 'index-out-of-range'
    /** the signing key at hand is not the one the log began with */
    | 'wrong-key'
    /** more, or something else, was published than the database knows: it gives nothing away */
    | 'behind-published'
    /** the stored tree contradicts its own checkpoint */
    | 'corrupt';

  constructor(code: RegistryLogError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
