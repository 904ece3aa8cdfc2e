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
export { verifyDocument } from './verify-document.ts';
export { verifyQr, type QrVerdict } from './verify-qr.ts';
