export type LogErrorCode =
  /** an index or a size that no tree has, or an index outside this tree */
  | 'out-of-range'
  /** a hash that is not 32 bytes, or storage that did not return what was asked */
  | 'invalid-hash'
  /** an inclusion proof that does not lead from the leaf to the root */
  | 'not-included'
  /** a consistency proof that does not show the old tree inside the new one */
  | 'inconsistent'
  /** a tile or an entry bundle that is not what its format says */
  | 'invalid-tile'
  | 'leaf-too-long'
  /** a published file that is well formed but not of the tree the checkpoint names */
  | 'hash-mismatch'
  /** a published file that could not be fetched: says nothing about the log */
  | 'unavailable'
  | 'invalid-note'
  | 'invalid-key'
  /** no signature by a key we know */
  | 'unknown-signer'
  | 'bad-signature'
  | 'invalid-checkpoint'
  | 'wrong-origin'
  | 'invalid-proof-file'
  /** a proof file of a later version than this reader knows: says nothing about the log */
  | 'newer-format';

/** What is not a log, or not this log. `code` is stable, the message is for people. */
export class LogError extends Error {
  override readonly name = 'LogError';
  readonly code: LogErrorCode;
  /** the published file that is at fault, below the log's prefix, where one is */
  readonly path: string | undefined;

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions & { readonly path?: string }) {
    super(message, options);
    this.code = code;
    this.path = options?.path;
  }
}
