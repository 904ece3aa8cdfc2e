export {
  FACT_CODES,
  FACTS,
  VERDICTS,
  type Evidence,
  type Fact,
  type FactCode,
  type FactName,
  type Mandate,
  type Verdict,
  type VerdictName,
} from './verdict.ts';
export { fetchSource, SourceError, type PublishedSource, type RememberedStore } from './source.ts';
export {
  encodeTrustList,
  parseTrustList,
  TrustListError,
  TrustListSchema,
  type TrustList,
  type TrustListContent,
} from './trust-list.ts';
export {
  encodeStatusBits,
  encodeStatusList,
  parseStatusList,
  STATUS_LIST_BITS,
  StatusListError,
  type StatusList,
  type StatusListOptions,
} from './status-list.ts';
export { encodeStaple, parseStaple, StapleError, type Staple } from './staple.ts';
export type { verifyDocument, VerifyOptions } from './verify-document.ts';
export type { verifyQr, QrVerdict } from './verify-qr.ts';
