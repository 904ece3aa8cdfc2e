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
export { explain, type Explanation, type FactExplanation } from './explain.ts';
export type { Sentence } from './sentences.ts';
export type { RememberedStore, VerifyOptions } from './source.ts';
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
export { verifyDocument } from './verify-document.ts';
export { verifyQr, type QrVerdict } from './verify-qr.ts';
