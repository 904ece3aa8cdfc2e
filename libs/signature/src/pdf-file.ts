import { PdfParser } from './pdf-parser.ts';
import { StructureError, type PdfDict, type PdfValue } from './pdf-values.ts';

const XREF_LINE_BYTES = 20;

/** A file with one revision whose objects stand in the order of their numbers without a byte between them. */
export interface PdfFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly objects: ReadonlyMap<number, PdfValue>;
  readonly trailer: PdfDict;
}

/**
 * Reads a file as signPdf writes it (formats §5.2): header, objects, one classic cross-reference table, trailer, `%%EOF`, and
 * nothing else. That leaves no place for a shadow object, a second revision, a second table or text after the end.
 * @throws StructureError
 */
export function parsePdfFile(bytes: Uint8Array<ArrayBuffer>): PdfFile {
  const table = startOfTable(bytes);
  const parser = new PdfParser(bytes, table);
  const offsets = readTable(parser, bytes);
  parser.expect('\ntrailer\n');
  const trailer = parser.readValue();
  parser.expect(`\n\nstartxref\n${table}\n%%EOF`);
  if (parser.position !== bytes.length) throw new StructureError('bytes after %%EOF');
  if (trailer.kind !== 'dict') throw new StructureError('no trailer');
  for (const key of trailer.entries.keys())
    // Prev and XRefStm point to other tables, Encrypt hides the text.
    if (!['Size', 'Root', 'Info', 'ID'].includes(key)) throw new StructureError(`trailer with ${key}`);
  return { bytes, objects: readObjects(bytes, offsets, table), trailer };
}

/** Follows a reference, one step: an indirect object is never itself a reference in our files. */
export function resolve(file: PdfFile, value: PdfValue | undefined): PdfValue | undefined {
  return value?.kind === 'ref' ? file.objects.get(value.number) : value;
}

/** @throws StructureError when there is no dictionary. */
export function getDict(file: PdfFile, value: PdfValue | undefined, what: string): PdfDict {
  const found = resolve(file, value);
  if (found?.kind !== 'dict') throw new StructureError(`no ${what}`);
  return found;
}

function readObjects(bytes: Uint8Array<ArrayBuffer>, offsets: Map<number, number>, end: number) {
  const parser = new PdfParser(bytes, 0);
  parser.expect('%PDF-1.7\n%');
  if (bytes.subarray(10, 14).some((byte) => byte < 0x80)) throw new StructureError('no binary comment');
  const body = new PdfParser(bytes, 14);
  body.expect('\n\n');
  const objects = new Map<number, PdfValue>();
  for (const [number, offset] of offsets) {
    if (offset !== body.position) throw new StructureError(`object ${number} is not where the table says`);
    objects.set(number, body.readIndirectObject(number));
  }
  if (body.position !== end) throw new StructureError('bytes between the objects and the table');
  return objects;
}

function startOfTable(bytes: Uint8Array<ArrayBuffer>): number {
  const tail = String.fromCharCode(...bytes.subarray(-40));
  const offset = /\nstartxref\n(0|[1-9]\d{0,9})\n%%EOF$/.exec(tail)?.[1];
  if (offset === undefined) throw new StructureError('does not end in startxref and %%EOF');
  return Number(offset);
}

/** Object number → offset, numbers ascending. */
function readTable(parser: PdfParser, bytes: Uint8Array<ArrayBuffer>): Map<number, number> {
  parser.expect('xref\n');
  const offsets = new Map<number, number>();
  let next = 0;
  for (;;) {
    const header = /^(\d{1,7}) (\d{1,7})\n/.exec(ascii(bytes, parser.position, 20));
    if (!header) return offsets;
    const [text = '', first, count] = header;
    parser.expect(text);
    // Ascending, the first one from 0: no number is listed twice.
    if (Number(first) < next || (next === 0 && Number(first) !== 0) || Number(count) === 0)
      throw new StructureError('cross-reference table out of order');
    next = Number(first) + Number(count);
    for (let number = Number(first); number < next; number += 1) {
      const line = ascii(bytes, parser.position, XREF_LINE_BYTES);
      if (number === 0) parser.expect('0000000000 65535 f \n');
      else if (!/^\d{10} 00000 n \n$/.test(line)) throw new StructureError('bad line in the table');
      else {
        offsets.set(number, Number(line.slice(0, 10)));
        parser.expect(line);
      }
    }
  }
}

function ascii(bytes: Uint8Array<ArrayBuffer>, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
