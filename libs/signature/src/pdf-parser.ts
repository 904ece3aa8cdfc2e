import { StructureError, type PdfDict, type PdfString, type PdfValue } from './pdf-values.ts';

const MAX_DEPTH = 32;
const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Reads the objects of a file we wrote ourselves, so it knows one spelling of each: blanks are space and line feed,
 * there are no comments, no generations but 0, no stream whose length stands elsewhere. What two readers could
 * understand in two ways (the root of most attacks on PDF signatures) is a StructureError.
 */
export class PdfParser {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #position: number;
  #depth = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>, position: number) {
    this.#bytes = bytes;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  /** Consumes exactly this ASCII text. */
  expect(text: string): void {
    if (!this.#at(text)) throw this.#error(`expected ${JSON.stringify(text)}`);
    this.#position += text.length;
  }

  /** `N 0 obj … endobj` with exactly the blanks we write. */
  readIndirectObject(number: number): PdfValue {
    this.expect(`${number} 0 obj\n`);
    const value = this.readValue();
    if (value.kind === 'dict' && this.#at('\nstream\n')) {
      this.expect('\nstream\n');
      const data = this.#readStreamData(value);
      this.expect('\nendstream\nendobj\n\n');
      return { kind: 'stream', dict: value, data };
    }
    this.expect('\nendobj\n\n');
    return value;
  }

  readValue(): PdfValue {
    const byte = this.#bytes[this.#position];
    switch (byte) {
      case 0x2f:
        return { kind: 'name', value: this.#readName() };
      case 0x28:
        return this.#readLiteralString();
      case 0x5b:
        return this.#nested(() => this.#readArray());
      case 0x3c:
        return this.#bytes[this.#position + 1] === 0x3c
          ? this.#nested(() => this.#readDict())
          : this.#readHexString();
      default:
        return this.#readKeywordOrNumber();
    }
  }

  #nested<T>(read: () => T): T {
    // Nesting 10,000 deep must end here and not in the call stack.
    if ((this.#depth += 1) > MAX_DEPTH) throw this.#error('nested too deep');
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #readDict(): PdfDict {
    const entries = new Map<string, PdfValue>();
    this.expect('<<');
    this.#skipBlanks();
    while (!this.#at('>>')) {
      const key = this.#readName();
      this.#skipBlanks();
      // Readers disagree whether the first or the last of two equal keys counts.
      if (entries.has(key)) throw this.#error(`key ${key} twice`);
      entries.set(key, this.readValue());
      this.#skipBlanks();
    }
    this.expect('>>');
    return { kind: 'dict', entries };
  }

  #readArray(): PdfValue {
    const start = this.#position;
    const items: PdfValue[] = [];
    this.expect('[');
    this.#skipBlanks();
    while (!this.#at(']')) {
      items.push(this.readValue());
      this.#skipBlanks();
    }
    this.expect(']');
    return { kind: 'array', items, start, end: this.#position };
  }

  #readName(): string {
    this.expect('/');
    const raw = this.#readRegular();
    const name = raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (raw === '' || raw.replace(/#[0-9A-Fa-f]{2}/g, '').includes('#')) throw this.#error('bad name');
    return name;
  }

  #readKeywordOrNumber(): PdfValue {
    const token = this.#readRegular();
    if (token === 'null') return { kind: 'null' };
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' };
    if (!/^-?(\d{1,15}(\.\d{0,20})?|\.\d{1,20})$/.test(token)) throw this.#error('expected a value');
    const reference = /^[1-9]\d{0,6}$/.test(token) && this.#at(' 0 R');
    const next = this.#bytes[this.#position + 4];
    if (reference && (next === undefined || !isRegular(next))) {
      this.#position += 4;
      return { kind: 'ref', number: Number(token) };
    }
    return { kind: 'number', value: Number(token) };
  }

  #readHexString(): PdfString {
    const start = this.#position;
    const end = this.#bytes.indexOf(0x3e, start);
    const digits = end - start - 1;
    if (end < 0 || digits % 2 !== 0) throw this.#error('bad hex string');
    const bytes = new Uint8Array(digits / 2);
    for (let i = 0; i < digits; i += 1) {
      const digit = hexDigit(this.#bytes[start + 1 + i]);
      if (digit < 0) throw this.#error('bad hex digit');
      bytes[i >> 1] = ((bytes[i >> 1] ?? 0) << 4) | digit;
    }
    this.#position = end + 1;
    return { kind: 'string', bytes, hex: true, start, end: this.#position };
  }

  #readLiteralString(): PdfString {
    const start = this.#position;
    const out: number[] = [];
    let open = 0;
    for (;;) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw this.#error('string without end');
      if (byte === 0x5c) out.push(...this.#readEscape());
      else if (byte === 0x28 && (open += 1) === 1) continue;
      else if (byte === 0x29 && (open -= 1) === 0) break;
      else out.push(byte);
    }
    return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start, end: this.#position };
  }

  #readEscape(): number[] {
    const byte = this.#bytes[this.#position++] ?? 0;
    const plain = 'nrtbf()\\'.indexOf(String.fromCharCode(byte));
    if (plain >= 0) return ['\n\r\t\b\f()\\'.charCodeAt(plain)];
    // ISO 32000-1 table 3: one to three octal digits; any other escape has no single meaning.
    let digits = '';
    this.#position -= 1;
    while (digits.length < 3 && /[0-7]/.test(String.fromCharCode(this.#bytes[this.#position] ?? 0)))
      digits += String.fromCharCode(this.#bytes[this.#position++] ?? 0);
    if (digits === '') throw this.#error('bad escape in a string');
    return [Number.parseInt(digits, 8) & 255];
  }

  #readStreamData(dict: PdfDict): Uint8Array<ArrayBuffer> {
    const length = dict.entries.get('Length');
    if (length?.kind !== 'number' || !Number.isInteger(length.value) || length.value < 0)
      throw this.#error('stream without a direct length');
    const end = this.#position + length.value;
    if (end > this.#bytes.length) throw this.#error('stream past the end');
    const data = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return data;
  }

  #readRegular(): string {
    let token = '';
    for (let byte = this.#bytes[this.#position]; byte !== undefined && isRegular(byte);) {
      token += String.fromCharCode(byte);
      if (token.length > 256) throw this.#error('token too long');
      byte = this.#bytes[(this.#position += 1)];
    }
    return token;
  }

  #skipBlanks(): void {
    while (this.#bytes[this.#position] === SPACE || this.#bytes[this.#position] === NEWLINE)
      this.#position += 1;
  }

  #at(text: string): boolean {
    for (let i = 0; i < text.length; i += 1)
      if (this.#bytes[this.#position + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #error(message: string): StructureError {
    return new StructureError(`${message} at byte ${this.#position}`);
  }
}

/** ISO 32000-1 §7.2.2: neither white space nor a delimiter. */
function isRegular(byte: number): boolean {
  return byte > SPACE && byte < 0x7f && !'()<>[]{}/%'.includes(String.fromCharCode(byte));
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
