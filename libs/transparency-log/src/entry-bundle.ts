import { LogError } from './errors.ts';
import { TILE_WIDTH } from './tile.ts';

/** A bundle gives each length 16 bits (tlog-tiles, "Log entries"). */
export const MAX_LEAF_BYTES = 0xffff;

/** @throws LogError `leaf-too-long` */
export function checkLeaf(leaf: Uint8Array): void {
  if (leaf.length > MAX_LEAF_BYTES) {
    throw new LogError(
      'leaf-too-long',
      `a leaf has at most ${MAX_LEAF_BYTES} bytes, this one ${leaf.length}`,
    );
  }
}

/** Leaves → bundle: each with its length before it, 16 bits, big end first. */
export function encodeEntryBundle(leaves: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (leaves.length === 0 || leaves.length > TILE_WIDTH) {
    throw new LogError('invalid-tile', `a bundle has 1 to ${TILE_WIDTH} leaves`);
  }
  const bytes = new Uint8Array(leaves.reduce((size, leaf) => size + 2 + leaf.length, 0));
  let offset = 0;
  for (const leaf of leaves) {
    checkLeaf(leaf);
    bytes.set([leaf.length >> 8, leaf.length & 0xff], offset);
    bytes.set(leaf, offset + 2);
    offset += 2 + leaf.length;
  }
  return bytes;
}

/** Bundle → its leaves. @throws LogError `invalid-tile` unless there are just `width` of them. */
export function parseEntryBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const [high, low] = bytes.subarray(offset, offset + 2);
    if (high === undefined || low === undefined)
      throw new LogError('invalid-tile', 'the bundle ends in a length');
    const end = offset + 2 + ((high << 8) | low);
    if (end > bytes.length) throw new LogError('invalid-tile', 'the bundle ends in a leaf');
    if (leaves.length === width)
      throw new LogError('invalid-tile', `the bundle has more than ${width} leaves`);
    leaves.push(bytes.slice(offset + 2, end));
    offset = end;
  }
  if (leaves.length !== width) {
    throw new LogError('invalid-tile', `the bundle has ${leaves.length} leaves, not ${width}`);
  }
  return leaves;
}
