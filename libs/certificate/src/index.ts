export { CertificateSchema, type Certificate } from './certificate.ts';
export { CertificateTypeSchema, type CertificateType, type FaceField } from './certificate-type.ts';
export { CertificateEventSchema, subjectCommitment, type CertificateEvent } from './certificate-event.ts';
