export { auditPublished, type AuditOptions, type AuditReport } from './audit.ts';
export type { Problem } from './findings.ts';
export type { AuditMemory, Seen } from './past.ts';
export { fetchAuditSource, type AuditSource } from './source.ts';
