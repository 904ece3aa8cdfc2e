import { encodeCheckpoint } from './checkpoint.ts';
import { checkLeaf, encodeEntryBundle } from './entry-bundle.ts';
import { LogError } from './errors.ts';
import { hashLeaf } from './merkle.ts';
import { signNote, type NoteSigner } from './note.ts';
import { proveInclusion, rootHash } from './prove.ts';
import { RightEdge } from './right-edge.ts';
import type { HashReader } from './stored-hash.ts';
import { encodeTile, TILE_WIDTH, tilesFor } from './tile.ts';
import { entryBundlePath, tilePath } from './tile-path.ts';
import { encodeTlogProof } from './tlog-proof.ts';

/** A whole log in memory: small logs, and whoever wants to compute what a log's files must look like. */
export class MemoryLog {
  readonly #leaves: Uint8Array[] = [];
  readonly #hashes: Uint8Array[] = [];
  readonly #edge = RightEdge.empty();
  readonly #origin: string;
  readonly #signer: NoteSigner;

  constructor(origin: string, signer: NoteSigner) {
    this.#origin = origin;
    this.#signer = signer;
  }

  get size(): number {
    return this.#leaves.length;
  }

  /** @returns the index of the leaf. @throws LogError `leaf-too-long` */
  append(leaf: Uint8Array): number {
    checkLeaf(leaf);
    this.#hashes.push(...this.#edge.append(hashLeaf(leaf)));
    return this.#leaves.push(leaf.slice()) - 1;
  }

  readonly readHashes: HashReader = (positions) =>
    Promise.resolve(
      positions.map((position) => {
        const hash = this.#hashes[position];
        if (hash === undefined) throw new LogError('out-of-range', `no hash is stored at ${position}`);
        return hash;
      }),
    );

  /** Signed note over the first `size` leaves. */
  async checkpoint(size: number = this.size): Promise<string> {
    const root = await rootHash(size, this.readHashes);
    return signNote(encodeCheckpoint({ origin: this.#origin, size, root }), this.#signer);
  }

  /** tlog-proof of a leaf under the newest checkpoint. */
  async proofOf(index: number): Promise<string> {
    const hashes = await proveInclusion(index, this.size, this.readHashes);
    return encodeTlogProof({ index, hashes, checkpoint: await this.checkpoint() });
  }

  /** Every published file by its path below the log's prefix. */
  async files(): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>();
    for (const tile of tilesFor(0, this.size)) {
      const { level, index, width } = tile;
      files.set(tilePath(level, index, width), await encodeTile(tile, this.readHashes));
      if (level > 0) continue;
      const first = index * TILE_WIDTH;
      files.set(entryBundlePath(index, width), encodeEntryBundle(this.#leaves.slice(first, first + width)));
    }
    files.set('checkpoint', new TextEncoder().encode(await this.checkpoint()));
    return files;
  }
}
