import pako from 'pako';

/** Bytes that are no gzip, or that grow beyond what was allowed. */
export class GzipError extends Error {
  override readonly name = 'GzipError';
  readonly code: 'invalid' | 'too-large';

  constructor(code: GzipError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** zlib's number for a 32 KiB window in a gzip wrapper; without it raw zlib would pass too. */
const GZIP_ONLY = 31;

/**
 * The same bytes give the same file on every machine: no time, no name in its header. Another deflate would give other
 * bytes; and fflate, which is in the house too, does not check the CRC when it reads.
 */
export function gzip(bytes: Uint8Array): Uint8Array {
  return pako.gzip(bytes, { level: 9 });
}

/** @param maximumBytes a bomb is left as soon as it has grown beyond @throws GzipError */
export function gunzip(bytes: Uint8Array, maximumBytes: number): Uint8Array {
  const inflate = new pako.Inflate({ chunkSize: Math.min(maximumBytes + 1, 65_536), windowBits: GZIP_ONLY });
  const parts: Uint8Array[] = [];
  let size = 0;
  inflate.onData = (chunk) => {
    // pako gives bytes unless asked for text.
    const part = chunk as Uint8Array;
    size += part.length;
    if (size > maximumBytes) throw new GzipError('too-large', 'more bytes than allowed');
    parts.push(part);
  };
  let status: number | undefined;
  inflate.onEnd = (told) => {
    status = told;
  };
  try {
    // Not as the last piece: so only the end of the stream itself, checksum and all, ends it.
    inflate.push(bytes, false);
  } catch (cause) {
    if (cause instanceof GzipError) throw cause;
    throw new GzipError('invalid', 'not gzip', { cause });
  }
  if (status === undefined) throw new GzipError('invalid', 'the gzip is cut off');
  if (status !== 0) throw new GzipError('invalid', `not gzip: ${status.toString()}`);
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
