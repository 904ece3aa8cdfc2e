export { CATEGORIES, CATEGORY_CODES, isAppliedFor, type CategoryCode } from './categories.ts';
export { CodeError } from './errors.ts';
export { isUscc, parseUscc } from './uscc.ts';
export {
  certificateIdentifierCheck,
  formatCertificateIdentifier,
  parseCertificateIdentifier,
  type CertificateIdentifier,
} from './certificate-identifier.ts';
export { isCitizenId, maskCitizenId } from './citizen-id.ts';
export { findImplementationCode, isBaseCode, isBusinessCode, type ImplementationCode } from './item-codes.ts';
export { INDUSTRY_SECTIONS, type IndustrySection } from './industry-sections.ts';
