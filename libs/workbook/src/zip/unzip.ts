import { Inflate } from 'fflate';
import type { WorkbookLimits } from '../limits.ts';
import { crc32 } from './crc32.ts';
import { WorkbookError } from '../workbook.errors.ts';
import { damaged, partId, readDirectory, tooLarge, type ZipEntry } from './directory.ts';

/** Packed bytes that are unpacked at once: DEFLATE makes at most 1,032 of one, so a bomb is met after 16 MiB. */
const STEP = 16 * 2 ** 10;
/** Arguments that a function takes at once. */
const PIECE = 8_192;
/** Of DEFLATE: 258 bytes for each two bits. */
const HIGHEST_RATIO = 1_032;

/** What a computer does some times faster than JavaScript can, where whoever starts has it: of Node, `zlib` and `Buffer`. */
export interface NativeBytes {
  /** DEFLATE without a header; throws where more comes out than `maxOutputLength` */
  inflateRawSync(
    packed: Uint8Array,
    options: { readonly maxOutputLength: number; readonly chunkSize: number },
  ): Uint8Array;
  /** a character for each byte */
  binaryText(bytes: Uint8Array): string;
  /** the checksum of ZIP, unsigned */
  crc32(bytes: Uint8Array): number;
}

let native: NativeBytes | undefined;

/** From here on archives are unpacked by this; undefined: by ours again. */
export function useNativeBytes(given: NativeBytes | undefined): void {
  native = given;
}

/** A character for each byte. */
export function binaryText(bytes: Uint8Array): string {
  if (native !== undefined) return native.binaryText(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

/** A part that was unpacked and is what its entry says. */
export interface UnpackedPart {
  /** in small letters, with `/` */
  readonly name: string;
  readonly part: Uint8Array;
}

/**
 * Unpacks the wanted parts of an archive, each once. Sizes that the directory states are a claim, so what comes out is
 * counted while it comes; what is not wanted is not unpacked at all.
 * @param wanted told names in small letters, with `/`
 * @returns one after the other, so that what is refused is refused before the rest is unpacked
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
    if (part.length !== entry.size || (native?.crc32 ?? crc32)(part) !== entry.crc) throw damaged();
    left -= part.length;
    yield { name, part };
  }
}

function unpack(entry: ZipEntry, most: number, limits: WorkbookLimits): Uint8Array {
  const { deflated, packed, size } = entry;
  if (size > most || packed.length > most) throw tooLarge();
  if (!deflated) return packed;
  // Room is made for no more than can come out.
  if (size > packed.length * HIGHEST_RATIO) throw damaged();
  if (size > limits.ratioFromBytes && size > packed.length * limits.unpackedRatio) throw tooLarge();
  try {
    return native === undefined ? inflate(packed, size) : inflateNatively(native, packed, size);
  } catch (cause) {
    if (cause instanceof WorkbookError) throw cause;
    throw damaged(cause);
  }
}

function inflateNatively(zlib: NativeBytes, packed: Uint8Array, size: number): Uint8Array {
  // Room for all of it at once; a byte more is one too many.
  const part = zlib.inflateRawSync(packed, {
    maxOutputLength: Math.max(1, size),
    chunkSize: Math.max(64, size),
  });
  if (part.length !== size) throw damaged();
  return part;
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  const part = new Uint8Array(size);
  let length = 0;
  const inflating = new Inflate((piece) => {
    if (length + piece.length > size) throw damaged();
    part.set(piece, length);
    length += piece.length;
  });
  for (let at = 0; at < packed.length || at === 0; at += STEP)
    inflating.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  if (length !== size) throw damaged();
  return part;
}
