import { set_cptable } from '@e965/xlsx';

/** What Windows and old Macs number, by the names of the Encoding Standard. */
const ENCODINGS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  10000: 'macintosh',
  10002: 'big5',
  10008: 'gb18030',
  20936: 'gb18030',
  28591: 'windows-1252',
  54936: 'gb18030',
  65001: 'utf-8',
};
/** Where nobody said another one: what stands here is written also over Chinese text. */
const NOT_SAID = new Set([1252, 10000, 28591]);

const decoders = new Map<string, TextDecoder>();
let given = false;

/**
 * Workbooks before Excel 97 have their text in the code page of the computer that wrote them; the reader knows none until
 * it is given some. Its own tables are half a megabyte of what every `TextDecoder` has.
 */
export function giveCodePages(): void {
  if (given) return;
  given = true;
  set_cptable({ utils: { decode, encode: encodeAscii, hascp: (page: number) => page in ENCODINGS } });
}

function decode(page: number, data: Uint8Array | readonly number[]): string {
  const bytes = data instanceof Uint8Array ? data : Uint8Array.from(data);
  if (NOT_SAID.has(page) && bytes.some((byte) => byte >= 0x80)) {
    const chinese = decodeChinese(bytes);
    if (chinese !== undefined) return chinese;
  }
  return decoderOf(ENCODINGS[page] ?? 'gb18030', false).decode(bytes);
}

/** In GBK, if every sign beyond ASCII is one that lists are written with. */
function decodeChinese(bytes: Uint8Array): string | undefined {
  try {
    const text = decoderOf('gb18030', true).decode(bytes);
    return /^[\p{ASCII}\p{Script=Han}\u00b7\u2000-\u206f\u2160-\u2188\u2460-\u24ff\u3000-\u303f\uff00-\uffef]*$/u.test(
      text,
    )
      ? text
      : undefined;
  } catch {
    return undefined;
  }
}

function decoderOf(encoding: string, fatal: boolean): TextDecoder {
  const key = `${encoding} ${fatal.toString()}`;
  const known = decoders.get(key) ?? new TextDecoder(encoding, { fatal, ignoreBOM: true });
  decoders.set(key, known);
  return known;
}

/** Nothing is written in a code page here; the reader asks for it while it looks at names. */
function encodeAscii(_page: number, text: string | readonly string[]): number[] {
  return [...text].map((sign) => sign.charCodeAt(0) & 0xff);
}
