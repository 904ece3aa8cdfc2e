import { inflateRawSync } from 'node:zlib';
import { ImportError } from './imports.errors.ts';

const MAX_PARTS = 5_000;
/** 20,000 rows of 15 columns are 300,000; each takes some hundred bytes once it is read. */
const MAX_CELLS = 3_000_000;
const MAX_PART_BYTES = 400 * 2 ** 20;
const MAX_TOTAL_BYTES = 600 * 2 ** 20;

const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;

/**
 * Refuses an .xlsx that unpacks to more than a list can need (a zip bomb), before anything unpacks it. Sizes that the
 * directory states may be a lie, so every part is unpacked once under its own stated limit.
 * @throws ImportError `too-large` | `damaged-workbook`
 */
export function verifyZipLimits(file: Uint8Array): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = findEndRecord(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_PARTS) throw tooLarge();
  let total = 0;
  let cells = 0;
  let at = bytes.readUInt32LE(end + 16);
  for (let part = 0; part < count; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL_RECORD) throw damaged();
    const size = bytes.readUInt32LE(at + 24);
    total += size;
    if (size > MAX_PART_BYTES || total > MAX_TOTAL_BYTES) throw tooLarge();
    cells += countCells(unpackPart(bytes, at, size));
    if (cells > MAX_CELLS) throw tooLarge();
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function unpackPart(bytes: Buffer, central: number, size: number): Buffer {
  const method = bytes.readUInt16LE(central + 10);
  const packed = bytes.readUInt32LE(central + 20);
  const local = bytes.readUInt32LE(central + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_RECORD) throw damaged();
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (from + packed > bytes.length) throw damaged();
  const part = bytes.subarray(from, from + packed);
  if (method === 0) return part;
  if (method !== 8) throw damaged();
  let unpacked: Buffer;
  try {
    unpacked = inflateRawSync(part, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw damaged(cause);
  }
  if (unpacked.length !== size) throw damaged();
  return unpacked;
}

/** Cells of a sheet, by the tags that open them. */
function countCells(part: Buffer): number {
  let cells = 0;
  for (let at = part.indexOf('<c '); at !== -1 && cells <= MAX_CELLS; at = part.indexOf('<c ', at + 3))
    cells += 1;
  return cells;
}

/** The end record stands in the last 65,557 bytes: 22 and a comment of at most 65,535. */
function findEndRecord(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at -= 1)
    if (bytes.readUInt32LE(at) === END_RECORD) return at;
  throw damaged();
}

function tooLarge(): ImportError {
  return new ImportError('too-large', '工作簿解压后过大，可能不是正常的清单文件，未读取。');
}

function damaged(cause?: unknown): ImportError {
  return new ImportError(
    'damaged-workbook',
    '工作簿已损坏（压缩包不完整），请用 Excel 或 WPS 重新另存后再导入。',
    {
      cause,
    },
  );
}
