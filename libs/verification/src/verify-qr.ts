import type { QrClaim } from '@mandate/certificate';
import type { Verdict } from './verdict.ts';
import type { VerifyOptions } from './verify-document.ts';

export interface QrVerdict extends Verdict {
  /** what the code says, only when its signature holds */
  readonly claim?: QrClaim;
}

/** Never `valid`: a code proves what it says, not what stands on the paper around it. */
export declare function verifyQr(text: string, options: VerifyOptions): Promise<QrVerdict>;
