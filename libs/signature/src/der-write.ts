import { concatBytes } from '@mandate/encoding';
import { encodeLength } from './der.ts';

export const Tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** [0] and [1], constructed */
  context0: 0xa0,
  context1: 0xa1,
} as const;

export function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return concatBytes(Uint8Array.of(tag), encodeLength(length), ...contents);
}

export const sequence = (...contents: readonly Uint8Array[]) => element(Tag.sequence, ...contents);

export const octetString = (bytes: Uint8Array) => element(Tag.octetString, bytes);

/** A SET OF: elements in ascending order of their encodings (X.690 §11.6), under SET's own tag or an implicit one. */
export function setOf(contents: readonly Uint8Array[], tag: number = Tag.set): Uint8Array<ArrayBuffer> {
  return element(tag, ...[...contents].sort(compareBytes));
}

/** Dotted object identifier → DER. Arcs may be of any size: 2.25 has arcs of 128 bits. */
export function objectIdentifier(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  const arcs = [first * 40n + second, ...rest];
  return element(Tag.oid, ...arcs.map(encodeArc));
}

function encodeArc(arc: bigint): Uint8Array<ArrayBuffer> {
  const digits = [Number(arc & 127n)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) digits.unshift(Number(rest & 127n) | 0x80);
  return Uint8Array.from(digits);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
