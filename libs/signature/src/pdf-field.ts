import { PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString, type PDFRef } from 'pdf-lib';
import { SignatureError } from './errors.ts';

/** What a signature says of itself, beside who signed. */
export interface SignatureClaims {
  /** The claimed time: goes into /M only, to the second. */
  readonly signedAt: Date;
  readonly reason?: string;
  readonly location?: string;
  /** Name of the organ as readers show it (/Name). */
  readonly name?: string;
  readonly fieldName?: string;
  /** Where a reader may click the seal: page from 0, PDF points from the lower left. Without it the field is invisible. */
  readonly widget?: {
    readonly page: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** As wide as a byte range of ten digits each, in four numbers. */
const BYTE_RANGE_PLACEHOLDER = 9_999_999_999;
/** Print and Locked (ISO 32000-1 table 165); PDF/A wants Print. */
const ANNOTATION_FLAGS = 4 + 128;

/**
 * Adds the one signature field, with room for byte range and CMS, and writes the file with a classic cross-reference table.
 * @throws SignatureError `unsuitable-pdf`
 */
export async function addSignatureField(
  pdf: Uint8Array,
  claims: SignatureClaims,
  reservedBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const document = await load(pdf);
  const { context, catalog } = document;
  if (catalog.has(PDFName.of('AcroForm')) || catalog.has(PDFName.of('Perms')))
    throw new SignatureError('unsuitable-pdf', 'has a form or a signature already');
  const pageIndex = claims.widget?.page ?? 0;
  const page = document.getPages()[pageIndex];
  if (!page) throw new SignatureError('unsuitable-pdf', `no page ${pageIndex}`);
  const signature = context.register(context.obj(signatureEntries(document, claims, reservedBytes)));
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFHexString.fromText(claims.fieldName ?? 'Signature'),
      F: ANNOTATION_FLAGS,
      P: page.ref,
      V: signature,
      ...widgetEntries(document, claims.widget),
    }),
  );
  page.node.addAnnot(field);
  catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [field], SigFlags: 3 }));
  catalog.set(PDFName.of('Perms'), context.obj({ DocMDP: signature }));
  const bytes = await document.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
  return new Uint8Array(bytes);
}

function signatureEntries(document: PDFDocument, claims: SignatureClaims, reservedBytes: number) {
  const placeholder = PDFNumber.of(BYTE_RANGE_PLACEHOLDER);
  const { reason, location, name } = claims;
  if (Number.isNaN(claims.signedAt.getTime()))
    throw new SignatureError('unsuitable-pdf', 'signedAt is no date');
  return {
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, placeholder, placeholder, placeholder],
    Contents: PDFHexString.of('00'.repeat(reservedBytes)),
    M: PDFString.fromDate(claims.signedAt),
    ...(reason !== undefined ? { Reason: PDFHexString.fromText(reason) } : {}),
    ...(location !== undefined ? { Location: PDFHexString.fromText(location) } : {}),
    ...(name !== undefined ? { Name: PDFHexString.fromText(name) } : {}),
    // Certification (ISO 32000-1 §12.8.2.2): readers, too, shall refuse every later change.
    Reference: [
      {
        Type: 'SigRef',
        TransformMethod: 'DocMDP',
        TransformParams: { Type: 'TransformParams', P: 1, V: PDFName.of('1.2') },
      },
    ],
  };
}

/** PDF/A wants an appearance for every widget that has an area; ours is empty, the page has drawn the seal. */
function widgetEntries(
  document: PDFDocument,
  widget: SignatureClaims['widget'],
): Record<string, PDFRef | object> {
  if (!widget) return { Rect: [0, 0, 0, 0] };
  const { x, y, width, height } = widget;
  const appearance = document.context.stream(new Uint8Array(), {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: {},
  });
  return {
    Rect: [x, y, x + width, y + height],
    AP: { N: document.context.register(appearance) },
  };
}

async function load(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true });
  } catch (cause) {
    throw new SignatureError('unsuitable-pdf', 'not a PDF that can be signed', { cause });
  }
}
