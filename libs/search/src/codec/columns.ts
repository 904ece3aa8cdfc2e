import { BitReader, BitWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { SearchIndexError } from './errors.ts';

// A column holds one small number for every document: which organ, which category … Lists come organ by organ and
// category by category, so most blocks are a few runs; a block that is not is packed in as few bits as its values need.

const BLOCK = 1_024;
const RUNS = 0;
const PACKED = 1;

export function writeColumn(out: ByteWriter, values: ArrayLike<number>): void {
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(values.length, from + BLOCK);
    const [runs, packed] = [encodeRuns(values, from, to), encodePacked(values, from, to)];
    const [mode, bytes] = runs.length <= packed.length ? [RUNS, runs] : [PACKED, packed];
    out.varint(bytes.length * 2 + mode);
    out.append(bytes);
  }
}

/** @param limit values from it on are malformed @throws SearchIndexError `malformed` */
export function readColumn(from: ByteReader, length: number, limit: number): Uint16Array {
  const values = new Uint16Array(length);
  for (let at = 0; at < length; at += BLOCK) {
    const head = from.varint();
    const bits = new BitReader(from.take(Math.floor(head / 2)));
    const to = Math.min(length, at + BLOCK);
    if (head % 2 === RUNS) decodeRuns(bits, values, at, to);
    else decodePacked(bits, values, at, to);
  }
  if (values.some((value) => value >= limit)) throw new SearchIndexError('malformed', 'no such value');
  return values;
}

function encodeRuns(values: ArrayLike<number>, from: number, to: number): Uint8Array {
  const bits = new BitWriter();
  for (let at = from; at < to;) {
    const value = values[at] ?? 0;
    let end = at + 1;
    while (end < to && values[end] === value) end += 1;
    bits.gamma(value + 1);
    bits.gamma(end - at);
    at = end;
  }
  return bits.finish();
}

function decodeRuns(bits: BitReader, values: Uint16Array, from: number, to: number): void {
  for (let at = from; at < to;) {
    const value = bits.gamma() - 1;
    const end = at + bits.gamma();
    if (end > to || value > 0xffff) throw new SearchIndexError('malformed', 'a run is too long');
    values.fill(value, at, end);
    at = end;
  }
}

function encodePacked(values: ArrayLike<number>, from: number, to: number): Uint8Array {
  let [least, most] = [Infinity, 0];
  for (let at = from; at < to; at += 1) {
    least = Math.min(least, values[at] ?? 0);
    most = Math.max(most, values[at] ?? 0);
  }
  const width = 32 - Math.clz32(most - least);
  const bits = new BitWriter();
  bits.bits(least, 16);
  bits.bits(width, 5);
  for (let at = from; at < to; at += 1) bits.bits((values[at] ?? 0) - least, width);
  return bits.finish();
}

function decodePacked(bits: BitReader, values: Uint16Array, from: number, to: number): void {
  const least = bits.bits(16);
  const width = bits.bits(5);
  if (width > 16) throw new SearchIndexError('malformed', 'a value is too large');
  for (let at = from; at < to; at += 1) {
    const value = least + bits.bits(width);
    if (value > 0xffff) throw new SearchIndexError('malformed', 'a value is too large');
    values[at] = value;
  }
}
