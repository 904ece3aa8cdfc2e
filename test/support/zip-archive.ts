import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive, and what the archive says of it where that is a lie. */
export interface ArchivePart {
  readonly name: string;
  readonly data: Uint8Array;
  /** size unpacked; the true one when absent */
  readonly stated?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** name at its own place; that of the directory when absent */
  readonly localName?: string;
  /** place of another part, by number, that the directory gives for its own */
  readonly at?: number;
}

interface ArchiveLies {
  /** bytes behind the end of the archive */
  readonly tail?: Uint8Array;
  /** entries of the directory that the end record does not count */
  readonly uncounted?: number;
}

/** A zip archive, byte for byte, so that it can lie. */
export function makeArchive(parts: readonly ArchivePart[], lies: ArchiveLies = {}): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const starts: number[] = [];
  let at = 0;
  for (const part of parts) {
    const { name, data, stated = data.length, flags = 0, method = 8, localName = name } = part;
    const packed = method === 0 ? Buffer.from(data) : deflateRawSync(data);
    starts.push(at);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(method, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(stated, 22);
    head.writeUInt16LE(localName.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(part.crc ?? crc32(data), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(stated, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(starts[part.at ?? starts.length - 1] ?? 0, 42);
    locals.push(head, Buffer.from(localName), packed);
    central.push(entry, Buffer.from(name));
    at += 30 + localName.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length - (lies.uncounted ?? 0), 8);
  end.writeUInt16LE(parts.length - (lies.uncounted ?? 0), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end, lies.tail ?? new Uint8Array()]));
}
