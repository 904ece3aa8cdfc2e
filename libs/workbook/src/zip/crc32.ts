/** Bytes that are taken in one step: each has its table, of what its place adds to the checksum. */
const STEP = 8;
/**
 * A byte's effect on the checksum of ISO 3309, as ZIP uses it (APPNOTE 4.4.7), with 0 to 7 bytes behind it: one table of 256
 * after the other. Signed, so that the numbers of the loop stay small ones.
 */
const TABLES = makeTables();

/** @returns the checksum, unsigned */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const steps = bytes.length - (bytes.length % STEP);
  let value = -1;
  for (let at = 0; at < steps; at += STEP) {
    const low = value ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    value =
      effect(0x700 | (low & 0xff)) ^
      effect(0x600 | ((low >>> 8) & 0xff)) ^
      effect(0x500 | ((low >>> 16) & 0xff)) ^
      effect(0x400 | (low >>> 24)) ^
      effect(0x300 | (high & 0xff)) ^
      effect(0x200 | ((high >>> 8) & 0xff)) ^
      effect(0x100 | ((high >>> 16) & 0xff)) ^
      effect(high >>> 24);
  }
  for (let at = steps; at < bytes.length; at += 1)
    value = effect((value ^ view.getUint8(at)) & 0xff) ^ (value >>> 8);
  return ~value >>> 0;
}

function effect(place: number): number {
  return TABLES[place] ?? 0;
}

function makeTables(): Int32Array {
  const tables = new Int32Array(STEP * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[byte] = value;
  }
  for (let place = 256; place < tables.length; place += 1) {
    const before = tables[place - 256] ?? 0;
    tables[place] = (tables[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return tables;
}
