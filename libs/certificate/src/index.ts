export { CertificateSchema, type Certificate } from './certificate.ts';
export { CertificateTypeSchema, type CertificateType, type FaceField } from './certificate-type.ts';
export { CertificateEventSchema, subjectCommitment, type CertificateEvent } from './certificate-event.ts';
export { CertificateFormatError, findEventOf, parseCertificateJson } from './read-certificate.ts';
export { encodeQrPayload, parseQrPayload, qrKeyId, QrError, type QrClaim, type QrPayload } from './qr.ts';
export {
  printedPage,
  printedPageTexts,
  printedText,
  type PrintedContext,
  type PrintedField,
  type PrintedPage,
} from './printed-page.ts';
export { chinaDay, chinaMinute, isDay, isInstant, lastDayOfValidity } from './days.ts';
export { issuerCode } from './issuer-code.ts';
export { SigningKeySchema, type SigningKey } from './signing-key.ts';
