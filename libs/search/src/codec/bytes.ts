import { SearchIndexError } from './errors.ts';

/** Grows as it is written to. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Seven bits a byte, lowest first. @param value integer, 0 … 2^53 - 1 */
  varint(value: number): void {
    let rest = value;
    // Beyond 32 bits the shift operators would cut.
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(more: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}

/** @throws SearchIndexError `malformed` for whatever a writer did not write */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new SearchIndexError('malformed', 'ends too early');
    this.#at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw new SearchIndexError('malformed', 'a number is too large');
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new SearchIndexError('malformed', 'ends too early');
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }
}

/** Bits, highest first, into whole bytes. */
export class BitWriter {
  readonly #out = new ByteWriter();
  #byte = 0;
  #free = 8;

  /** @param width 0 … 30 */
  bits(value: number, width: number): void {
    for (let left = width; left > 0;) {
      const take = Math.min(left, this.#free);
      this.#byte |= ((value >>> (left - take)) & ((1 << take) - 1)) << (this.#free - take);
      this.#free -= take;
      left -= take;
      if (this.#free === 0) this.#flush();
    }
  }

  /** As many zeros, then a one. */
  unary(zeros: number): void {
    let left = zeros;
    while (left >= this.#free) {
      left -= this.#free;
      this.#flush();
    }
    this.#free -= left;
    this.bits(1, 1);
  }

  /** Elias gamma. @param value from 1 */
  gamma(value: number): void {
    const width = 31 - Math.clz32(value);
    this.unary(width);
    this.bits(value - 2 ** width, width);
  }

  finish(): Uint8Array<ArrayBuffer> {
    if (this.#free < 8) this.#flush();
    return this.#out.finish();
  }

  #flush(): void {
    this.#out.byte(this.#byte);
    this.#byte = 0;
    this.#free = 8;
  }
}

/** @throws SearchIndexError `malformed` past the end */
export class BitReader {
  readonly #bytes: Uint8Array;
  /** in bits */
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bits(width: number): number {
    if (this.#at + width > this.#bytes.length * 8) throw new SearchIndexError('malformed', 'ends too early');
    let value = 0;
    for (let left = width; left > 0;) {
      const free = 8 - (this.#at & 7);
      const take = Math.min(left, free);
      // In range: checked above.
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      value = value * 2 ** take + ((byte >>> (free - take)) & ((1 << take) - 1));
      this.#at += take;
      left -= take;
    }
    return value;
  }

  unary(): number {
    const start = this.#at;
    for (;;) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new SearchIndexError('malformed', 'ends too early');
      const rest = (byte << (this.#at & 7)) & 255;
      if (rest !== 0) {
        this.#at += Math.clz32(rest) - 24 + 1;
        return this.#at - start - 1;
      }
      this.#at = (this.#at | 7) + 1;
    }
  }

  gamma(): number {
    const width = this.unary();
    if (width > 30) throw new SearchIndexError('malformed', 'a number is too large');
    return 2 ** width + this.bits(width);
  }
}
