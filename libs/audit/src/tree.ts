import { sha256 } from '@mandate/encoding';
import { TILE_WIDTH } from '@mandate/transparency-log';

// RFC 6962 §2.1, worked out here once more: who compares tiles with the functions that wrote them sees no fault in those.

const TILE_LEVELS = 8;
const HASH_BYTES = 32;

function hashLeaf(leaf: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + leaf.length);
  input.set(leaf, 1);
  return sha256(input);
}

function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/** The Merkle tree over leaves that were read from their first to their last. */
export class Tree {
  /** at [h][i] the root over the leaves [i·2^h, (i + 1)·2^h); only of subtrees that are complete */
  readonly #complete: Uint8Array[][] = [];

  constructor(leaves: readonly Uint8Array[]) {
    let hashes = leaves.map(hashLeaf);
    while (hashes.length > 0) {
      this.#complete.push(hashes);
      const below = hashes;
      hashes = Array.from({ length: below.length >> 1 }, (_, i) =>
        hashNode(hashAt(below, 2 * i), hashAt(below, 2 * i + 1)),
      );
    }
  }

  get size(): number {
    return this.#complete[0]?.length ?? 0;
  }

  /** Root of the first leaves. @param size at most the tree's own */
  rootAt(size: number): Uint8Array {
    let root: Uint8Array | undefined;
    let end = size;
    // Complete subtrees from the right, the smallest first.
    for (let height = 0; 2 ** height <= size; height += 1) {
      if (Math.floor(size / 2 ** height) % 2 === 0) continue;
      end -= 2 ** height;
      const peak = hashAt(this.#complete[height] ?? [], end / 2 ** height);
      root = root === undefined ? peak : hashNode(peak, root);
    }
    return root ?? sha256(new Uint8Array());
  }

  /** What a tile must hold (c2sp.org/tlog-tiles); undefined where the tree has not so many hashes. */
  findTile(level: number, index: number, width: number): Uint8Array | undefined {
    const hashes = this.#complete[level * TILE_LEVELS] ?? [];
    const first = index * TILE_WIDTH;
    if (hashes.length < first + width) return undefined;
    const bytes = new Uint8Array(width * HASH_BYTES);
    for (let i = 0; i < width; i += 1) bytes.set(hashAt(hashes, first + i), i * HASH_BYTES);
    return bytes;
  }
}

function hashAt(hashes: readonly Uint8Array[], index: number): Uint8Array {
  const hash = hashes[index];
  if (hash === undefined) throw new RangeError(`no hash ${index}`);
  return hash;
}
