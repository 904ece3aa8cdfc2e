import { getDict, type PdfFile } from './pdf-file.ts';
import { StructureError, type PdfDict, type PdfString, type PdfValue } from './pdf-values.ts';

/** Where the one signature of a file stands and what its dictionary says. */
export interface PdfSignature {
  readonly byteRange: readonly [number, number, number, number];
  readonly contents: PdfString;
  readonly dict: PdfDict;
}

/** Places in a file that signPdf has yet to fill. */
export interface SignaturePlaces {
  readonly contents: PdfString;
  readonly byteRange: { readonly start: number; readonly end: number };
  readonly dict: PdfDict;
}

const SIGNATURE_KEYS = new Set(
  'Type Filter SubFilter ByteRange Contents M Reason Location Name Reference'.split(' '),
);
/** What runs, loads, hides or asks: a certificate is paper, and nothing on it may change with the reader or the day. */
const ACTIVE_KEYS = 'JS JavaScript AA OpenAction XFA OCProperties OC RichMediaContent Launch'.split(' ');
const ACTIVE_ACTIONS = 'JavaScript Launch SubmitForm ImportData ResetForm Hide GoToR GoToE Rendition'.split(
  ' ',
);

/** @throws StructureError unless the file has exactly our one certification signature, whole-file byte range included. */
export function getSignature(file: PdfFile): PdfSignature {
  const { contents, byteRange, dict } = getSignaturePlaces(file);
  const ranges = [0, contents.start, contents.end, file.bytes.length - contents.end] as const;
  const { start, end } = byteRange;
  const text = String.fromCharCode(...file.bytes.subarray(start, Math.min(end, start + 80)));
  // The text and not its numbers: `+5`, `5.0` or a reference would be other ways to say the same to some readers.
  if (text !== encodeByteRange(ranges, end - start))
    throw new StructureError('byte range is not the whole file around /Contents');
  return { byteRange: ranges, contents, dict };
}

/** The array as we write it, blanks before the bracket up to `width` characters. */
export function encodeByteRange(ranges: readonly number[], width: number): string {
  return `${`[ ${ranges.join(' ')}`.padEnd(width - 1)}]`;
}

/** Checks everything of the signature (formats §5.3) but its byte range and its contents. @throws StructureError */
export function getSignaturePlaces(file: PdfFile): SignaturePlaces {
  for (const value of file.objects.values()) refuseActive(value);
  const catalog = getDict(file, file.trailer.entries.get('Root'), 'catalog');
  requireName(catalog, 'Type', 'Catalog');
  const form = getDict(file, catalog.entries.get('AcroForm'), 'form');
  const field = onlyItem(form.entries.get('Fields'), 'field');
  const widget = getDict(file, field, 'signature field');
  const signature = widget.entries.get('V');
  const dict = getDict(file, signature, 'signature dictionary');
  const permissions = getDict(file, catalog.entries.get('Perms'), 'permissions');
  const certified = permissions.entries.get('DocMDP');
  if (
    signature?.kind !== 'ref' ||
    certified?.kind !== 'ref' ||
    certified.number !== signature.number ||
    permissions.entries.size !== 1
  )
    throw new StructureError('the signature is not the certification of the document');
  if (form.entries.size !== 2 || numberOf(form.entries.get('SigFlags')) !== 3)
    throw new StructureError('form holds more than the signature');
  requireName(widget, 'FT', 'Sig');
  requireName(widget, 'Subtype', 'Widget');
  if (widget.entries.has('Kids') || widget.entries.has('Parent'))
    throw new StructureError('signature field is part of a tree');
  requireOnlySignature(file, widget, dict);
  return checkDictionary(file, dict);
}

function checkDictionary(file: PdfFile, dict: PdfDict): SignaturePlaces {
  requireName(dict, 'Type', 'Sig');
  requireName(dict, 'Filter', 'Adobe.PPKLite');
  requireName(dict, 'SubFilter', 'ETSI.CAdES.detached');
  for (const key of dict.entries.keys())
    if (!SIGNATURE_KEYS.has(key)) throw new StructureError(`signature dictionary with ${key}`);
  // DocMDP with P 1 (ISO 32000-1 table 254): no change of any kind is allowed after this signature.
  const reference = getDict(file, onlyItem(dict.entries.get('Reference'), 'reference'), 'reference');
  requireName(reference, 'TransformMethod', 'DocMDP');
  const parameters = getDict(file, reference.entries.get('TransformParams'), 'transform parameters');
  requireName(parameters, 'V', '1.2');
  if (numberOf(parameters.entries.get('P')) !== 1) throw new StructureError('signature allows changes');
  const contents = dict.entries.get('Contents');
  const byteRange = dict.entries.get('ByteRange');
  if (contents?.kind !== 'string' || !contents.hex || byteRange?.kind !== 'array')
    throw new StructureError('signature without contents or byte range');
  return { contents, byteRange, dict };
}

function requireOnlySignature(file: PdfFile, widget: PdfDict, signature: PdfDict): void {
  for (const value of file.objects.values())
    visitDicts(value, (dict) => {
      const isSignature = dict.entries.has('ByteRange') || nameOf(dict.entries.get('Type')) === 'Sig';
      if (isSignature && dict !== signature) throw new StructureError('second signature dictionary');
      if (dict.entries.has('FT') && dict !== widget) throw new StructureError('second form field');
    });
}

function refuseActive(value: PdfValue): void {
  visitDicts(value, (dict) => {
    const active = ACTIVE_KEYS.find((key) => dict.entries.has(key));
    const action = nameOf(dict.entries.get('S'));
    if (active !== undefined || (action !== undefined && ACTIVE_ACTIONS.includes(action)))
      throw new StructureError(`active content: ${active ?? action ?? ''}`);
  });
}

/** Dictionaries written inside this object; the parser has bounded the depth. */
function visitDicts(value: PdfValue, visit: (dict: PdfDict) => void): void {
  if (value.kind === 'array') for (const item of value.items) visitDicts(item, visit);
  if (value.kind !== 'dict' && value.kind !== 'stream') return;
  const dict = value.kind === 'stream' ? value.dict : value;
  visit(dict);
  for (const entry of dict.entries.values()) visitDicts(entry, visit);
}

function onlyItem(value: PdfValue | undefined, what: string): PdfValue {
  const [item, ...more] = value?.kind === 'array' ? value.items : [];
  if (!item || more.length > 0) throw new StructureError(`not exactly one ${what}`);
  return item;
}

function requireName(dict: PdfDict, key: string, name: string): void {
  if (nameOf(dict.entries.get(key)) !== name) throw new StructureError(`/${key} is not /${name}`);
}

function nameOf(value: PdfValue | undefined): string | undefined {
  return value?.kind === 'name' ? value.value : undefined;
}

function numberOf(value: PdfValue | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined;
}
