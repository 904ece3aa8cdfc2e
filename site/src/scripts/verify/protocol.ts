import type { QrVerdict, Verdict } from '@mandate/verification';

/** From the page to its worker. */
export interface Task {
  readonly subject:
    | { readonly kind: 'document'; readonly bytes: Uint8Array<ArrayBuffer> }
    | { readonly kind: 'code'; readonly text: string };
  /** root of the published files: this site */
  readonly base: string;
  readonly rootFingerprint: string;
  /** what the browser keeps between visits; a worker has no such storage */
  readonly remembered: Readonly<Record<string, string>>;
}

/** From the worker to its page. */
export type Report =
  | { readonly kind: 'remember'; readonly key: string; readonly value: string }
  | { readonly kind: 'verdict'; readonly verdict: Verdict | QrVerdict }
  /** a fault of ours, never a verdict */
  | { readonly kind: 'fault' };
