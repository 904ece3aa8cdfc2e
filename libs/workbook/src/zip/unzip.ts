import { Inflate } from 'fflate';
import type { WorkbookLimits } from '../limits.ts';
import { crc32 } from './crc32.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { damaged, partId, readDirectory, tooLarge, type ZipEntry } from './directory.ts';

/** Packed bytes that are unpacked at once: DEFLATE makes at most 1,032 of one, so a bomb is met after 16 MiB. */
const STEP = 16 * 2 ** 10;
/** Of DEFLATE: 258 bytes for each two bits. */
const HIGHEST_RATIO = 1_032;

/** A part that was unpacked and is what its entry says. */
export interface UnpackedPart {
  /** in small letters, with `/` */
  readonly name: string;
  readonly entry: ZipEntry;
  readonly part: Uint8Array;
}

/**
 * Unpacks the wanted parts of an archive, each once. Sizes that the directory states are a claim, so what comes out is
 * counted while it comes; what is not wanted is not unpacked at all.
 * @param wanted told names in small letters, with `/`
 * @returns one after the other, so that nobody need hold all of them at once
 * @throws WorkbookError `damaged-workbook` | `password-protected` | `too-large`
 */
export function* unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: WorkbookLimits,
): Generator<UnpackedPart> {
  let left = limits.unpackedBytes;
  for (const entry of readDirectory(bytes, limits)) {
    const name = partId(entry.name);
    if (name.endsWith('/') || !wanted(name)) continue;
    const part = unpack(entry, Math.min(left, limits.partBytes), limits);
    if (part.length !== entry.size || crc32(part) !== entry.crc) throw damaged();
    left -= part.length;
    yield { name, entry, part };
  }
}

function unpack({ deflated, packed, size }: ZipEntry, most: number, limits: WorkbookLimits): Uint8Array {
  if (size > most || packed.length > most) throw tooLarge();
  if (!deflated) return packed;
  // Room is made for no more than can come out.
  if (size > packed.length * HIGHEST_RATIO) throw damaged();
  const part = new Uint8Array(size);
  let length = 0;
  const inflate = new Inflate((piece) => {
    if (length + piece.length > size) throw damaged();
    part.set(piece, length);
    length += piece.length;
    if (length > limits.ratioFromBytes && length > packed.length * limits.unpackedRatio) throw tooLarge();
  });
  for (let at = 0; at < packed.length || at === 0; at += STEP) {
    const last = at + STEP >= packed.length;
    try {
      inflate.push(packed.subarray(at, at + STEP), last);
    } catch (cause) {
      if (cause instanceof WorkbookError) throw cause;
      throw damaged(cause);
    }
  }
  if (length !== size) throw damaged();
  return part;
}
