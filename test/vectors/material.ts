import type { Certificate } from '@mandate/certificate';
import type { StatusListOptions, TrustListContent } from '@mandate/trust';
import type { Act, TinyLog } from './tiny-registry.ts';

/** What the vectors are made of. */
export interface Material {
  readonly acts: readonly Act[];
  readonly lists: TinyLog;
  readonly certificates: TinyLog;
  /** leaves of the certificates log */
  readonly events: readonly Uint8Array[];
  readonly certificate: Certificate;
  readonly pdf: Uint8Array;
  readonly unstapled: Uint8Array;
  readonly documentDigest: Uint8Array;
  readonly staple: Uint8Array;
  readonly qr: string;
  readonly statusList: StatusListOptions & { readonly set: readonly number[] };
  readonly trustList: TrustListContent;
  readonly now: string;
  readonly rootFingerprint: string;
}
