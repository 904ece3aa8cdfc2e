import type { Certificate } from '@mandate/certificate';
import type { Json } from '@mandate/encoding';

/** In this order: the first that applies is the verdict (decision 004, formats §11.1). */
export const VERDICTS = [
  'unreadable',
  'unsigned',
  'altered',
  'untrusted-issuer',
  'no-mandate',
  'revoked',
  'suspended',
  'superseded',
  'expired',
  'not-yet-valid',
  'indeterminate',
  'valid',
] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** In the order they are shown. */
export const FACTS = ['integrity', 'issuer', 'mandate', 'log', 'status', 'validity'] as const;
export type FactName = (typeof FACTS)[number];

/** Why a fact fails or is unknown. Each has its sentence in sentences.ts. */
export const FACT_CODES = {
  integrity: [
    'unreadable',
    'unsigned',
    'altered',
    'foreign-signature',
    'attachment-missing',
    'attachment-invalid',
    'attachment-not-canonical',
    'identifier-invalid',
    'code-signature-wrong',
    'code-unverified',
    'no-webcrypto',
    'newer-format',
  ],
  issuer: [
    'foreign-signature',
    'organ-not-listed',
    'organ-name-differs',
    'certificate-not-listed',
    'certificate-not-valid-then',
    'certificate-revoked',
    'chain-broken',
    'key-not-listed',
    'key-revoked',
    'trust-list-unreachable',
    'trust-list-invalid',
    'trust-list-foreign',
    'trust-list-stale',
    'trust-list-replayed',
    'newer-format',
    'integrity-first',
  ],
  mandate: [
    'entry-invalid',
    'entry-not-in-log',
    'entry-other-item',
    'entry-other-organ',
    'entry-not-yet-effective',
    'item-suspended',
    'item-cancelled',
    'item-differs',
    'type-not-listed',
    'type-differs',
    'type-does-not-permit',
    'history-unreachable',
    'history-invalid',
    'history-incomplete',
    'history-not-in-log',
    'blob-unreachable',
    'blob-invalid',
    'newer-format',
    'log-first',
    'issuer-first',
    'integrity-first',
    'not-in-code',
  ],
  log: [
    'proof-missing',
    'proof-invalid',
    'proof-of-another-document',
    'issue-date-differs',
    'log-unreachable',
    'log-invalid',
    'log-older-than-seen',
    'log-older-than-proof',
    'log-forked',
    'newer-format',
    'issuer-first',
    'integrity-first',
    'not-in-code',
  ],
  status: [
    'revoked',
    'status-unreachable',
    'status-invalid',
    'status-stale',
    'status-replayed',
    'status-other-list',
    'newer-format',
    'issuer-first',
    'integrity-first',
  ],
  validity: ['expired', 'not-yet-valid', 'integrity-first'],
} as const satisfies Record<FactName, readonly string[]>;
export type FactCode<N extends FactName = FactName> = (typeof FACT_CODES)[N][number];

export type Evidence = Readonly<Record<string, Json | undefined>>;

/** One thing that was looked into, with what it rests on. */
export interface Fact<N extends FactName = FactName> {
  readonly name: N;
  readonly state: 'holds' | 'fails' | 'unknown';
  /** absent exactly when the fact holds */
  readonly code?: FactCode<N>;
  /** which key, which entry, which checkpoint, when */
  readonly evidence?: Evidence;
  /** one Chinese sentence; its English is in `explain` */
  readonly doesNotProve: string;
}

/** The listed power a certificate was issued under. */
export interface Mandate {
  /** key of the item; its page is `/items/<organ key>/<5 digits>/` */
  readonly key: string;
  readonly organ: string;
  readonly name: string;
  readonly category: string;
  /** index of the entry in the lists log */
  readonly entryIndex: number;
  readonly effectiveDate: string;
  /** day on which the registry took it in, where that was a first recording: it does not say from when the power is */
  readonly recorded?: string;
}

export interface Verdict {
  readonly verdict: VerdictName;
  /** one of each name, in the order of FACTS */
  readonly facts: readonly Fact[];
  /** what the signed bytes say; only when integrity holds, and to be shown as a certificate only when the issuer holds too */
  readonly certificate?: Certificate;
  /** only when the mandate holds */
  readonly mandate?: Mandate;
  /** the instant the verdict is for, ISO 8601 UTC */
  readonly checkedAt: string;
  /** what the reader should do now, Chinese */
  readonly advice?: string;
}
