import type { WorkbookLimits } from '../limits.ts';
import { notAList, notAListByParts } from '../told-apart/not-lists.ts';
import { damaged, partId, readDirectory, tooLarge } from '../zip/directory.ts';
import { binaryText, unzip } from '../zip/unzip.ts';

const OOXML = '[content_types].xml';
const OPEN_DOCUMENT = 'meta-inf/manifest.xml';
/** Pictures, programs, notes, printers, other files: nothing of it is list. */
const NOT_READ =
  /(?:^|\/)(?:media|embeddings|printersettings|drawings|charts|ctrlprops|activex|customxml|externallinks|pivotcache|pivottables|thumbnails|pictures|threadedcomments|persons)\/|(?:^|\/)(?:vbaproject|comments)[^/]*$/;
const OTHER_DOCUMENT = /opendocument\.(?:text|presentation)/;
/** In the spelling that the reader asks for: it takes small letters for its own, but for these. */
const SPELLED: Readonly<Record<string, string>> = {
  [OOXML]: '[Content_Types].xml',
  [OPEN_DOCUMENT]: 'META-INF/manifest.xml',
};
const REPEATS =
  /<(?:[\w.-]+:)?(table-row|table-cell|行|数据)((?:[^"'>]|"[^"]*"|'[^']*')*)>|<\/(?:[\w.-]+:)?(?:table-row|行)>/g;

/** A part as the reader of workbooks takes it: XML as a text of its bytes, records as bytes. */
export type OfficePart = {
  /** in the spelling that it asks for */
  readonly name: string;
} & ({ readonly data: string } | { readonly type: 2; readonly content: Uint8Array });

/**
 * An .xlsx, .xlsb or .ods → the parts of it which a list can need, unpacked here under our limits. So the reader of workbooks
 * unpacks nothing itself, and what it sees is what was checked.
 * @throws WorkbookError `damaged-workbook` | `password-protected` | `too-large`
 */
export function officeParts(bytes: Uint8Array, limits: WorkbookLimits): OfficePart[] {
  const names = new Set(readDirectory(bytes, limits).map(({ name }) => partId(name)));
  const other = notAListByParts(names);
  if (other !== undefined) throw notAList(other);
  const office = names.has(OOXML);
  if (!office && !names.has(OPEN_DOCUMENT)) throw damaged();
  // Of a file that is both, the reader would take the one and Excel the other.
  const wanted = (name: string): boolean => !NOT_READ.test(name) && !(office && name === OPEN_DOCUMENT);
  let cells = 0;
  const parts: OfficePart[] = [];
  for (const { name, part } of unzip(bytes, wanted, limits)) {
    if (name === 'mimetype' && OTHER_DOCUMENT.test(new TextDecoder().decode(part))) throw notAList('word');
    if (name.endsWith('.bin') && part.length > limits.binaryBytes) throw tooLarge();
    if (isUtf16(part)) throw damaged();
    if (office) cells += countCells(part, limits);
    else if (name.endsWith('content.xml')) cells += countRepeated(new TextDecoder().decode(part));
    if (cells > limits.cells) throw tooLarge();
    // The bytes are let go of as soon as there is the text: together they are most of what reading takes.
    const spelled = { name: SPELLED[name] ?? name };
    parts.push(
      name.endsWith('.bin') ? { ...spelled, type: 2, content: part } : { ...spelled, data: binaryText(part) },
    );
  }
  return parts;
}

/** What no program writes into a workbook would be counted wrongly below. */
function isUtf16([a, b]: Uint8Array): boolean {
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}

const [OPENS, COLON] = [0x3c, 0x3a];
/** `<x:c`: of names longer than this none is a cell's. */
const LONGEST_PREFIX = 16;
/** Columns of a sheet of Excel; one `<col>` may be said of all of them. */
const ALL_COLUMNS = 16_384;
const LONGEST_COL = 1_000;

/**
 * Cells of a sheet by the tags that open them, `<c …>`, `<c>`, `<c/>`, with whatever prefix. Beside them the columns that
 * `<col min="1" max="4000000000"/>` is said of: the reader makes a thing of each.
 */
function countCells(part: Uint8Array, limits: WorkbookLimits): number {
  let cells = 0;
  let columns = 0;
  for (let at = part.indexOf(OPENS); at !== -1; at = part.indexOf(OPENS, at + 1)) {
    let name = at + 1;
    for (let n = name; n < name + LONGEST_PREFIX && isNameByte(part[n]); n += 1)
      if (part[n + 1] === COLON) name = n + 2;
    if (isNamed(part, name, 'c')) cells += 1;
    else if (isNamed(part, name, 'col')) columns += columnsOf(part.subarray(name, name + LONGEST_COL));
    if (columns > 2 * ALL_COLUMNS + limits.columns) throw tooLarge();
  }
  return cells;
}

function columnsOf(tag: Uint8Array): number {
  const text = new TextDecoder('latin1').decode(tag);
  const end = text.indexOf('>');
  if (end === -1) return Infinity;
  const said = (name: 'min' | 'max'): number[] =>
    [...text.slice(0, end).matchAll(new RegExp(`${name}\\s*=\\s*["']?[\\s+]*(\\d+)`, 'g'))].map(
      ([, number]) => Number(number),
    );
  const [first, last] = [Math.min(...said('min')), Math.max(...said('max'))];
  return Math.max(0, last - first + 1);
}

function isNamed(part: Uint8Array, at: number, name: string): boolean {
  for (let n = 0; n < name.length; n += 1) if (part[at + n] !== name.charCodeAt(n)) return false;
  return !isNameByte(part[at + name.length]);
}

/** Letters, digits, `-`, `.`, `_` and whatever is not ASCII. */
function isNameByte(byte = 0x20): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f ||
    byte >= 0x80
  );
}

/** In OpenDocument one tag may stand for a million cells; the reader makes each of them that is not empty. */
export function countRepeated(text: string): number {
  let cells = 0;
  let rows = 1;
  for (const [, tag, attributes = ''] of text.matchAll(REPEATS)) {
    if (tag === undefined) rows = 1;
    else if (tag === 'table-row' || tag === '行') rows = repeated(attributes, 'rows');
    else cells += attributes.endsWith('/') ? 1 : rows * repeated(attributes, 'columns');
  }
  return cells;
}

function repeated(attributes: string, what: 'rows' | 'columns'): number {
  const found = new RegExp(`number-${what}-repeated\\s*=\\s*["']?\\s*\\+?(\\d+)`).exec(attributes)?.[1];
  return Math.max(1, Number(found ?? '1'));
}
