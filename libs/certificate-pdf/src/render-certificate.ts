import { printedPage, printedPageTexts, type Certificate, type CertificateType } from '@mandate/certificate';
import { blobName, canonicalBytes } from '@mandate/encoding';
import {
  AFRelationship,
  PDFDocument,
  PDFName,
  type PDFContext,
  type PDFRawStream,
  type PDFRef,
} from 'pdf-lib';
import { charactersOf, isShaped } from './characters.ts';
import { embedFace, fileIdentifier, type Subset } from './embedded-font.ts';
import { CertificatePdfError } from './errors.ts';
import { guilloche } from './guilloche.ts';
import { drawPage, type Typefaces } from './page.ts';
import { PAGE } from './page-geometry.ts';
import { qrModules } from './qr.ts';
import { parseSfnt, type Sfnt } from './sfnt.ts';
import { Face, missingGlyph, type Shape, Typeface } from './typeface.ts';

/** Whole TrueType fonts. Parsed once for each array: pass the same ones every time. */
export interface CertificateFonts {
  sans: Uint8Array;
  serif: Uint8Array;
  serifBold: Uint8Array;
  /** stand in, in this order, for characters that the three do not have (生僻字) */
  rare?: readonly Uint8Array[];
}

export interface RenderOptions {
  /** the blob the certificate names in `type.blob` */
  type: CertificateType;
  fonts: CertificateFonts;
  subset: Subset;
  /** absent: words whose letters join or change place (Uyghur, Tibetan, Mongolian) are refused */
  shape?: Shape | undefined;
  /** text of the QR code, formats §7.1 */
  qr: string;
  /** printed for those who type, e.g. `https://…/v/` */
  checkAddress: string;
  /** becomes creation and modification date */
  now: Date;
}

export const ATTACHMENT_NAME = 'certificate.json';

/**
 * Certificate → PDF/A-3b of one page, A4 landscape, with the certificate's canonical JSON attached. Unsigned, with a
 * plain cross-reference table and no form, ready for a signature field. Equal input gives equal bytes.
 * @throws CertificatePdfError `missing-glyph` | `text-too-long` | `wrong-type` | `bad-font` | `bad-qr`
 */
export async function renderCertificate(
  certificate: Certificate,
  options: RenderOptions,
): Promise<Uint8Array> {
  const { type, now } = options;
  if (blobName(canonicalBytes(type)) !== certificate.type.blob)
    throw new CertificatePdfError('wrong-type', '证照类型与证照所载的类型版本不一致，请用签发时的类型版本。');
  const page = printedPage(certificate, { statement: type.statement, checkAddress: options.checkAddress });
  const seal = {
    name: certificate.issuer.name,
    purpose: certificate.sample ? '示例印章' : '电子证照专用章',
    serial: certificate.issuer.organ,
  };
  const { faces, typefaces } = prepareFaces(options.fonts, options.shape);
  requireGlyphs(printedPageTexts(page), Object.values(seal), typefaces);
  const content = drawPage(page, typefaces, qrModules(options.qr), seal);

  const document = await PDFDocument.create({ updateMetadata: false });
  const { context } = document;
  const json = canonicalBytes(certificate);
  context.trailerInfo.ID = context.obj([fileIdentifier(json), fileIdentifier(json)]);
  document.setTitle(`${page.title} ${certificate.number}`, { showInWindowTitleBar: true });
  document.setAuthor(certificate.issuer.name);
  document.setCreator('Mandate');
  document.setProducer('Mandate');
  document.setLanguage('zh-CN');
  document.setCreationDate(now);
  document.setModificationDate(now);

  const leaf = document.addPage([PAGE.width, PAGE.height]).node;
  const fonts: Record<string, PDFRef> = {};
  for (const face of faces)
    if (face.cids.size > 0) fonts[face.resource] = await embedFace(context, face, options.subset);
  leaf.set(PDFName.of('Resources'), context.obj({ Font: fonts }));
  leaf.set(
    PDFName.of('Contents'),
    context.obj([context.register(border(context)), context.register(context.flateStream(content))]),
  );
  await document.attach(json, ATTACHMENT_NAME, {
    mimeType: 'application/json',
    description: '证照数据',
    afRelationship: AFRelationship.Data,
    creationDate: now,
    modificationDate: now,
  });
  document.convertToPDFA({ conformance: '3B' });
  return document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
}

let compressedBorder: Uint8Array | undefined;

/** The same on every page, so drawn and compressed once. */
function border(context: PDFContext): PDFRawStream {
  compressedBorder ??= context.flateStream(guilloche()).getContents();
  return context.stream(compressedBorder, { Filter: 'FlateDecode' });
}

const parsedFonts = new WeakMap<Uint8Array, Sfnt>();

function prepareFaces(
  fonts: CertificateFonts,
  shape: Shape | undefined,
): { faces: Face[]; typefaces: Typefaces } {
  const face = (resource: string, bytes: Uint8Array) => {
    const font = parsedFonts.get(bytes) ?? parseSfnt(bytes);
    parsedFonts.set(bytes, font);
    return new Face(resource, font);
  };
  const sans = face('Sans', fonts.sans);
  const serif = face('Serif', fonts.serif);
  const bold = face('SerifBold', fonts.serifBold);
  const rare = (fonts.rare ?? []).map((bytes, i) => face(`Rare${i + 1}`, bytes));
  return {
    faces: [sans, serif, bold, ...rare],
    typefaces: {
      sans: new Typeface([sans, serif, ...rare], shape),
      serif: new Typeface([serif, sans, ...rare], shape),
      serifBold: new Typeface([bold, serif, sans, ...rare], shape),
    },
  };
}

/** Before anything is drawn, and all at once: an official should not meet his rare characters one by one. */
function requireGlyphs(texts: string[], seal: string[], { sans, serif, serifBold }: Typefaces): void {
  const missing = new Set(
    [sans, serif, serifBold].flatMap((typeface) => typeface.missing([...texts, ...seal].join('\n'))),
  );
  // Around a seal every character stands by itself.
  for (const character of charactersOf(seal.join(''))) if (isShaped(character)) missing.add(character);
  if (missing.size > 0) throw missingGlyph([...missing]);
}
