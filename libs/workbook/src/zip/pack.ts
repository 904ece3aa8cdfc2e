import { deflateSync } from 'fflate';
import type { ZipEntry } from './directory.ts';

/** An entry under the name by which it is looked up. */
export interface PackedPart extends Pick<ZipEntry, 'deflated' | 'crc' | 'size' | 'packed'> {
  readonly name: string;
}

const LOCAL = { signature: 0x04034b50, length: 30 };
const CENTRAL = { signature: 0x02014b50, length: 46 };
const END = { signature: 0x06054b50, length: 22 };
const DEFLATED = 8;

/**
 * Entries of an archive that were checked → an archive of them alone. What is packed is not packed again: its bytes are those
 * that were unpacked for the check. All of it is deflated: of a stored part the reader makes a list of numbers, eight bytes for
 * each byte.
 * @param parts names of ASCII, each once
 */
export function packParts(parts: readonly PackedPart[]): Uint8Array {
  const entries = parts.map((part) => ({
    ...part,
    name: Uint8Array.from(part.name, (sign) => sign.charCodeAt(0)),
    packed: part.deflated ? part.packed : deflateSync(part.packed, { level: 1 }),
  }));
  const of = (header: number): number => entries.reduce((sum, { name }) => sum + header + name.length, 0);
  const directory = entries.reduce((sum, { packed }) => sum + packed.length, of(LOCAL.length));
  const bytes = new Uint8Array(directory + of(CENTRAL.length) + END.length);
  const view = new DataView(bytes.buffer);
  let [at, central] = [0, directory];
  for (const { name, crc, size, packed } of entries) {
    view.setUint32(at, LOCAL.signature, true);
    view.setUint32(central, CENTRAL.signature, true);
    view.setUint32(central + 42, at, true);
    // Both headers say the same of the entry, the central one two bytes later.
    for (const fields of [at + 8, central + 10]) {
      view.setUint16(fields, DEFLATED, true);
      view.setUint32(fields + 6, crc, true);
      view.setUint32(fields + 10, packed.length, true);
      view.setUint32(fields + 14, size, true);
      view.setUint16(fields + 18, name.length, true);
    }
    bytes.set(name, at + LOCAL.length);
    bytes.set(packed, at + LOCAL.length + name.length);
    bytes.set(name, central + CENTRAL.length);
    at += LOCAL.length + name.length + packed.length;
    central += CENTRAL.length + name.length;
  }
  view.setUint32(central, END.signature, true);
  view.setUint16(central + 8, entries.length, true);
  view.setUint16(central + 10, entries.length, true);
  view.setUint32(central + 12, central - directory, true);
  view.setUint32(central + 16, directory, true);
  return bytes;
}
