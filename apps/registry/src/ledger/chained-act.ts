import { canonicalBytes, encodeHex, type Json, sha256 } from '@mandate/encoding';

/** An act as the chain and the auditor read it. */
export interface ChainedAct {
  /** in the chain, from 1 */
  readonly number: number;
  /** instant in UTC, to the microsecond as the database has it */
  readonly at: string;
  readonly account: string | null;
  readonly login: string | null;
  readonly way: string | null;
  readonly hostUser: string | null;
  readonly action: string;
  readonly subject: string;
  readonly detail: Json;
}

/** What stands before the first link. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/**
 * SHA-256 over the canonical JSON of the act with its number and the hash before it. What an act does not say is absent, and
 * the members are named here one by one: a column that comes later changes no hash of before.
 */
export function linkHash(previous: Uint8Array, act: ChainedAct): Uint8Array {
  const { number, at, account, login, way, hostUser, action, subject, detail } = act;
  const said = Object.entries({ account, login, way, hostUser, detail }).filter(
    ([, value]) => value !== null,
  );
  return sha256(
    canonicalBytes({
      v: 1,
      previous: encodeHex(previous),
      number,
      at,
      action,
      subject,
      ...Object.fromEntries(said),
    }),
  );
}
