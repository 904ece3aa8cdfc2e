import { equalBytes } from '@mandate/encoding';

const MAX_DEPTH = 24;
const MAX_NODES = 20_000;

/** One DER element. `bytes` is the whole of it, `content` what stands after tag and length. */
export interface DerNode {
  readonly tag: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly content: Uint8Array<ArrayBuffer>;
  /** Of a constructed element; empty for a primitive one. */
  readonly children: readonly DerNode[];
}

/** Bytes that are not the DER they should be. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/**
 * Reads exactly one element with definite lengths in their shortest form (X.690 §10.1), to the last byte. It stands in
 * front of asn1js, which takes indefinite lengths, trailing bytes and nesting of any depth.
 * @throws DerError
 */
export function parseDer(bytes: Uint8Array): DerNode {
  const budget = { nodes: MAX_NODES };
  const node = readNode(new Uint8Array(bytes), 0, budget);
  if (node.bytes.length !== bytes.length) throw new DerError('bytes after the element');
  return node;
}

/**
 * The same for an element in a room of fixed size: after it only zeros.
 * @throws DerError
 */
export function parsePaddedDer(bytes: Uint8Array): DerNode {
  const node = readNode(new Uint8Array(bytes), 0, { nodes: MAX_NODES });
  if (bytes.subarray(node.bytes.length).some((byte) => byte !== 0))
    throw new DerError('padding is not zeros');
  return node;
}

function readNode(bytes: Uint8Array<ArrayBuffer>, depth: number, budget: { nodes: number }): DerNode {
  if (depth > MAX_DEPTH) throw new DerError('nested too deep');
  if ((budget.nodes -= 1) < 0) throw new DerError('too many elements');
  const tag = bytes[0];
  const lengthByte = bytes[1];
  if (tag === undefined || lengthByte === undefined) throw new DerError('cut off');
  // 0x1f: a tag number in several bytes, which nothing we read has.
  if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerError('unknown tag');
  const lengthBytes = lengthByte < 0x80 ? 0 : lengthByte & 0x7f;
  if (lengthByte === 0x80) throw new DerError('indefinite length');
  if (lengthBytes > 3) throw new DerError('too long');
  let length = lengthBytes === 0 ? lengthByte : 0;
  for (let i = 0; i < lengthBytes; i += 1) length = (length << 8) | (bytes[2 + i] ?? 0);
  if (!equalBytes(encodeLength(length), bytes.subarray(1, 2 + lengthBytes)))
    throw new DerError('length not in its shortest form');
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) throw new DerError('cut off');
  const content = bytes.subarray(start, start + length);
  const children: DerNode[] = [];
  if ((tag & 0x20) !== 0)
    for (let offset = 0; offset < content.length;) {
      const child = readNode(content.subarray(offset), depth + 1, budget);
      children.push(child);
      offset += child.bytes.length;
    }
  return { tag, bytes: bytes.subarray(0, start + length), content, children };
}

/** The length octets of an element (X.690 §10.1). */
export function encodeLength(length: number): Uint8Array<ArrayBuffer> {
  if (length < 0x80) return Uint8Array.of(length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) digits.unshift(rest & 255);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}
