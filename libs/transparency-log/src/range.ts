import { hashNode } from './merkle.ts';
import { storedHashPosition, type NodeCoordinate } from './stored-hash.ts';

/** The leaves [start, end). `start` is a multiple of every complete subtree that begins there, as RFC 6962 splits. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The complete subtrees that make up a range, from left to right, each smaller than the one before. */
export function rangeNodes({ start, end }: LeafRange): NodeCoordinate[] {
  const nodes: NodeCoordinate[] = [];
  for (let from = start; from < end;) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - from) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

export function rangePositions(range: LeafRange): number[] {
  return rangeNodes(range).map(({ level, index }) => storedHashPosition(level, index));
}

/** Hash of a range from the hashes of its complete subtrees; `undefined` for none. */
export function foldRange(hashes: readonly Uint8Array[]): Uint8Array | undefined {
  return hashes.reduceRight<Uint8Array | undefined>(
    (right, left) => (right === undefined ? left : hashNode(left, right)),
    undefined,
  );
}
