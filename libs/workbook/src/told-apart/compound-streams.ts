const HEADER = 512;
const ENTRY = { length: 128, nameLength: 64, type: 66 };
const TYPES = new Set([1, 2, 5]);
const LONGEST_NAME = 64;

/**
 * Names of the streams of a compound file, in small letters, of whatever looks like an entry of its directory (MS-CFB 2.6.1):
 * no chain is followed, so that a damaged one leads nowhere.
 */
export function streamNames(bytes: Uint8Array): Set<string> {
  const names = new Set<string>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = new TextDecoder('utf-16le');
  for (let at = HEADER; at + ENTRY.length <= bytes.length; at += ENTRY.length) {
    const length = view.getUint16(at + ENTRY.nameLength, true);
    if (length < 4 || length > LONGEST_NAME || length % 2 !== 0) continue;
    if (!TYPES.has(bytes[at + ENTRY.type] ?? 0) || view.getUint16(at + length - 2, true) !== 0) continue;
    names.add(utf16.decode(bytes.subarray(at, at + length - 2)).toLowerCase());
  }
  return names;
}
