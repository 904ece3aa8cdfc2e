import type { PublishedSource, RememberedStore } from './source.ts';
import type { Verdict } from './verdict.ts';

export interface VerifyOptions {
  readonly source: PublishedSource;
  /** `sha256:` + 64 hex of the raw root key: what the reader trusts from elsewhere */
  readonly rootFingerprint: string;
  readonly now: Date;
  readonly remembered?: RememberedStore;
}

/** Never throws for what a file or a server says: every file has a verdict. */
export declare function verifyDocument(file: Uint8Array, options: VerifyOptions): Promise<Verdict>;
