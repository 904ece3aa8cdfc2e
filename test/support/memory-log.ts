import { sha256, utf8 } from '@mandate/encoding';
import {
  encodeCheckpoint,
  encodeEntryBundle,
  encodeTile,
  encodeVerifierKey,
  entryBundlePath,
  hashesToStore,
  hashLeaf,
  proveInclusion,
  rootHash,
  signerFromSeed,
  signNote,
  tilePath,
  tilesFor,
  TILE_WIDTH,
  verifierKey,
  type TlogProof,
} from '@mandate/transparency-log';
import { ed25519 } from '@noble/curves/ed25519.js';

/** A real log without a database: real tree, tiles, checkpoints and proofs. Its key comes from its origin and `secret`. */
export class MemoryLog {
  readonly leaves: Uint8Array[] = [];
  readonly #stored: Uint8Array[] = [];
  readonly #seed: Uint8Array;
  readonly origin: string;

  constructor(origin: string, secret: string) {
    this.origin = origin;
    this.#seed = sha256(utf8(`${secret} ${origin}`));
  }

  get vkey(): string {
    return encodeVerifierKey(this.#key);
  }

  get #key() {
    return verifierKey(this.origin, ed25519.getPublicKey(this.#seed));
  }

  readonly #read = (positions: readonly number[]): Promise<Uint8Array[]> =>
    Promise.resolve(positions.map((position) => this.#stored[position] ?? new Uint8Array()));

  /** @returns the index of the leaf */
  async append(leaf: Uint8Array): Promise<number> {
    const index = this.leaves.push(leaf) - 1;
    this.#stored.push(...(await hashesToStore(index, hashLeaf(leaf), this.#read)));
    return index;
  }

  async checkpoint(size = this.leaves.length): Promise<string> {
    const root = await rootHash(size, this.#read);
    return signNote(
      encodeCheckpoint({ origin: this.origin, size, root }),
      signerFromSeed(this.#key, this.#seed),
    );
  }

  async prove(index: number): Promise<TlogProof> {
    const size = this.leaves.length;
    return {
      index,
      hashes: await proveInclusion(index, size, this.#read),
      checkpoint: await this.checkpoint(),
    };
  }

  /** Every published file of the log, by its path below the log's own folder. */
  async files(): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>();
    for (const tile of tilesFor(0, this.leaves.length)) {
      files.set(tilePath(tile.level, tile.index, tile.width), await encodeTile(tile, this.#read));
      if (tile.level > 0) continue;
      const leaves = this.leaves.slice(tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + tile.width);
      files.set(entryBundlePath(tile.index, tile.width), encodeEntryBundle(leaves));
    }
    return files.set('checkpoint', utf8(await this.checkpoint()));
  }
}
