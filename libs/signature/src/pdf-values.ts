/** PDF objects (ISO 32000-1 §7.3) with the places where they stand in the file. Names are decoded, without the slash. */
export type PdfValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  | PdfString
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfRef;

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hex: boolean;
  /** Offsets of the first byte (the delimiter) and of the byte after the last. */
  readonly start: number;
  readonly end: number;
}

export interface PdfArray {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
  readonly start: number;
  readonly end: number;
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** As stored, filters not yet undone. */
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly number: number;
}

/** A file that is not exactly what signPdf writes. Says nothing yet about who is to blame: readSignedPdf decides that. */
export class StructureError extends Error {
  override readonly name = 'StructureError';
}
