import { LogError } from './errors.ts';
import { emptyRoot, hashNode } from './merkle.ts';
import { checkIndex, checkSize, half, isOdd, MAX_SIZE } from './tree-size.ts';
import { foldRange, rangePositions } from './range.ts';
import { checkHash, readHashes, type HashReader } from './stored-hash.ts';

/** The complete subtrees along the right edge of a tree, largest first: all that appending needs to know. */
export class RightEdge {
  readonly #peaks: Uint8Array[];
  #size: number;

  private constructor(size: number, peaks: Uint8Array[]) {
    this.#size = size;
    this.#peaks = peaks;
  }

  static empty(): RightEdge {
    return new RightEdge(0, []);
  }

  /** One read of at most 50 hashes, however large the tree. */
  static async read(size: number, read: HashReader): Promise<RightEdge> {
    checkSize(size);
    return new RightEdge(size, await readHashes(read, rangePositions({ start: 0, end: size })));
  }

  get size(): number {
    return this.#size;
  }

  /** Takes in one leaf; returns the hashes to store from position `storedHashCount(size before)` on. */
  append(leafHash: Uint8Array): Uint8Array[] {
    checkIndex(this.#size, MAX_SIZE);
    let hash = checkHash(leafHash);
    const hashes = [hash];
    for (let n = this.#size; isOdd(n); n = half(n)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new LogError('invalid-hash', 'the right edge lost a subtree');
      hash = hashNode(left, hash);
      hashes.push(hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
    return hashes;
  }

  root(): Uint8Array {
    return foldRange(this.#peaks) ?? emptyRoot();
  }
}
