import type { Certificate } from '@mandate/certificate';
import { equalBytes, utf8 } from '@mandate/encoding';
import { endOfDay } from '@mandate/lists';
import {
  findItemKey,
  leafOf,
  parseHistoryEntry,
  PublishedFormatError,
  type HistoryEntry,
} from '@mandate/published';
import { LogError, verifyTlogProof, type Checkpoint } from '@mandate/transparency-log';
import type { TrustList } from '@mandate/trust';
import { factOf, Finding, unknown } from './facts.ts';
import { refuse } from './history.ts';
import { findLogIdentity } from './open-log.ts';
import type { Fact } from './verdict.ts';

/** 清单之外无权力: the entry a certificate names, as the lists log has it. */
export interface ProvenEntry {
  readonly entry: HistoryEntry['entry'];
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/** The entry, or why it is not known. */
export type Entry = (ProvenEntry & { readonly fact?: undefined }) | { readonly fact: Fact };

/** From the certificate alone, offline: a server that keeps the lists back cannot hide what it says itself. */
export function proveEntry(certificate: Certificate, trust: TrustList): Entry {
  try {
    return readEntry(certificate, trust);
  } catch (error) {
    return { fact: factOf(error) };
  }
}

/** @throws Finding */
function readEntry({ mandate, issuer, issueDate }: Certificate, trust: TrustList): ProvenEntry {
  const entry = parseEntry(mandate.entry);
  // An entry of another organ gives no power to this one.
  if (findItemKey(entry.key)?.list !== issuer.organ)
    throw refuse('entry-other-organ', { entry: entry.key, issuer: issuer.organ });
  if (entry.key !== mandate.key)
    throw refuse('entry-other-item', { entry: entry.key, certificate: mandate.key });
  const identity = findLogIdentity(trust, 'lists');
  if (identity === undefined) throw new Finding(unknown('mandate', 'log-first', { log: 'lists' }));
  try {
    const proven = { entry, ...verifyTlogProof(utf8(mandate.entry), mandate.proof, identity) };
    if (entry.effectiveDate > issueDate)
      throw refuse('entry-not-yet-effective', { effectiveDate: entry.effectiveDate, issueDate });
    // A list that is recorded years after its own date lends no power to a certificate of the years between.
    if (entry.time > endOfDay(issueDate))
      throw refuse('entry-not-yet-effective', { listed: entry.time, issueDate });
    return proven;
  } catch (error) {
    if (error instanceof LogError) throw ofProof(error);
    throw error;
  }
}

/** Entry and proof are attached data, so under the signature of the file: the organ itself must have named a later version. */
function parseEntry(text: string): HistoryEntry['entry'] {
  try {
    const entry = parseHistoryEntry(utf8(text));
    if (entry.register === 'authority-item' && equalBytes(leafOf(entry), utf8(text))) return entry;
  } catch (error) {
    if (!(error instanceof PublishedFormatError)) throw error;
    if (error.code === 'newer-format')
      throw new Finding(unknown('mandate', 'newer-format', { reason: error.message }));
  }
  throw refuse('entry-invalid');
}

function ofProof(error: LogError): Finding {
  const evidence = { reason: error.message };
  return error.code === 'newer-format'
    ? new Finding(unknown('mandate', 'newer-format', evidence))
    : refuse('entry-not-in-log', evidence);
}
