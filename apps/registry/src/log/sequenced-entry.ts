/** A signed promise as it is stored. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  /** signed note */
  readonly note: string;
}

/** An entry with its place in the tree. */
export interface SequencedEntry {
  readonly index: number;
  readonly entryId: number;
  readonly leaf: Uint8Array;
  readonly register: string | null;
  readonly key: string | null;
  readonly blobHash: string | null;
}
