export {
  ATTACHMENT_NAME,
  renderCertificate,
  type CertificateFonts,
  type RenderOptions,
} from './render-certificate.ts';
export { SUBSET_OPTIONS, type Subset } from './embedded-font.ts';
export type { Shape, ShapedGlyph } from './typeface.ts';
export { PAGE, SEAL_RECT } from './page-geometry.ts';
export { CertificatePdfError } from './errors.ts';
