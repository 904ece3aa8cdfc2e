import type { PublishedSource } from '@mandate/published';

/**
 * What a verifier keeps between visits: the newest checkpoint of each log, the version of the trust list, the age of the
 * status list. In a browser e.g. localStorage. Keys and values are short text.
 */
export interface RememberedStore {
  get(key: string): Promise<string | undefined> | string | undefined;
  set(key: string, value: string): Promise<void> | void;
}

export interface VerifyOptions {
  readonly source: PublishedSource;
  /** `sha256:` + 64 hex of the raw root key: what the reader trusts from elsewhere */
  readonly rootFingerprint: string;
  readonly now: Date;
  readonly remembered?: RememberedStore | undefined;
}
