import type { WorkbookLimits } from '../limits.ts';
import { WorkbookError } from '../workbook.errors.ts';

/** An entry of the archive as its directory and its own header, which must agree, tell of it. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly crc: number;
  /** stated, hence to be checked against what comes out */
  readonly size: number;
  readonly packed: Uint8Array;
}

const END_RECORD = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const CENTRAL_RECORD = { signature: 0x02014b50, length: 46 };
const LOCAL_RECORD = { signature: 0x04034b50, length: 30 };
const ENCRYPTED = 0x0001;
const METHODS: Readonly<Record<number, { readonly deflated: boolean }>> = {
  0: { deflated: false },
  8: { deflated: true },
};

/**
 * The entries of a ZIP archive (APPNOTE 6.3.10, without ZIP64 and without parts on several disks, which no workbook has).
 * Archives that two readers may take for different ones are refused: names twice, entries that overlap or are named
 * otherwise at their own place, a directory that is not where the archive ends.
 * @throws WorkbookError `damaged-workbook` | `password-protected` | `too-large`
 */
export function readDirectory(bytes: Uint8Array, { zipParts }: Pick<WorkbookLimits, 'zipParts'>): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEndRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > zipParts) throw tooLarge();
  const from = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const areas: { readonly start: number; readonly stop: number }[] = [];
  let at = from;
  for (let n = 0; n < count; n += 1) {
    const { entry, area, length } = readEntry(bytes, view, at, end);
    const id = partId(entry.name);
    if (names.has(id) || area.stop > from) throw damaged();
    names.add(id);
    areas.push(area);
    entries.push(entry);
    at += length;
  }
  if (at !== from + view.getUint32(end + 12, true) || at > end) throw damaged();
  areas.sort((a, b) => a.start - b.start);
  if (areas.some(({ start }, n) => start < (areas[n - 1]?.stop ?? 0))) throw damaged();
  return entries;
}

/** As readers look a part up: `\XL\Workbook.xml` is xl/workbook.xml. */
export function partId(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

function readEntry(bytes: Uint8Array, view: DataView, central: number, end: number) {
  if (central + CENTRAL_RECORD.length > end || view.getUint32(central, true) !== CENTRAL_RECORD.signature)
    throw damaged();
  const flags = view.getUint16(central + 8, true);
  const method = METHODS[view.getUint16(central + 10, true)];
  const packedSize = view.getUint32(central + 20, true);
  const nameLength = view.getUint16(central + 28, true);
  const length =
    CENTRAL_RECORD.length +
    nameLength +
    view.getUint16(central + 30, true) +
    view.getUint16(central + 32, true);
  const start = view.getUint32(central + 42, true);
  if (central + length > end || start + LOCAL_RECORD.length > end) throw damaged();
  if (view.getUint32(start, true) !== LOCAL_RECORD.signature) throw damaged();
  if (((flags | view.getUint16(start + 6, true)) & ENCRYPTED) !== 0)
    throw new WorkbookError('password-protected', '工作簿有密码保护，请取消密码后再导入。');
  if (method === undefined) throw damaged();
  const localName = start + LOCAL_RECORD.length;
  const name = decodeName(bytes.subarray(central + CENTRAL_RECORD.length), nameLength);
  if (decodeName(bytes.subarray(localName), view.getUint16(start + 26, true)) !== name) throw damaged();
  const data = localName + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const stop = data + packedSize;
  if (stop > end) throw damaged();
  const entry: ZipEntry = {
    name,
    ...method,
    crc: view.getUint32(central + 16, true),
    size: view.getUint32(central + 24, true),
    packed: bytes.subarray(data, stop),
  };
  return { entry, area: { start, stop }, length };
}

/** It ends the file, after a comment of the length that it states. */
function findEndRecord(view: DataView): number {
  const last = view.byteLength - END_RECORD.length;
  for (let at = last; at >= Math.max(0, last - END_RECORD.longestComment); at -= 1)
    if (
      view.getUint32(at, true) === END_RECORD.signature &&
      at + END_RECORD.length + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  throw damaged();
}

const latin1 = new TextDecoder('latin1');

/** Names of the parts of a workbook are ASCII; of others only the difference counts. */
function decodeName(bytes: Uint8Array, length: number): string {
  return latin1.decode(bytes.subarray(0, length));
}

export function tooLarge(): WorkbookError {
  return new WorkbookError('too-large', '工作簿解压后过大，可能不是正常的清单文件，未读取。');
}

export function damaged(cause?: unknown): WorkbookError {
  return new WorkbookError(
    'damaged-workbook',
    '工作簿已损坏（压缩包不完整），请用 Excel 或 WPS 重新另存后再导入。',
    { cause },
  );
}
