import { CertificateTypeSchema, type Certificate, type CertificateType } from '@mandate/certificate';
import { equalBytes, utf8 } from '@mandate/encoding';
import {
  AuthorityItemSchema,
  findMandate,
  type AuthorityItem,
  type ListedItem,
  type ListEntry,
  type MandateRefusal,
} from '@mandate/lists';
import {
  blobPath,
  findItemHistory,
  findItemKey,
  findTypeHistory,
  itemsPath,
  leafOf,
  parseBlob,
  parseHistoryEntry,
  PublishedFormatError,
  TYPES_PATH,
  type HistoryEntry,
  type PublishedSource,
} from '@mandate/published';
import { LogError, verifyTlogProof, type Checkpoint } from '@mandate/transparency-log';
import type * as z from 'zod';
import { Finding, holds, unknown } from './facts.ts';
import { findEffective, readHistory, refuse, verifyInLog, type AsOf } from './history.ts';
import { findLogIdentity, type LogFault, type OpenLog } from './open-log.ts';
import type { TrustList } from '@mandate/trust';
import type { Fact, FactCode, Mandate } from './verdict.ts';

/** 清单之外无权力: the entry a certificate names, as the lists log has it. */
export interface ProvenEntry {
  readonly entry: HistoryEntry['entry'];
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

const REFUSALS = {
  'item-absent': 'entry-not-yet-effective',
  'item-suspended': 'item-suspended',
  'item-cancelled': 'item-cancelled',
  'item-of-another-organ': 'entry-other-organ',
  'item-not-of-type': 'type-does-not-permit',
} as const satisfies Record<MandateRefusal, FactCode<'mandate'>>;

interface Published {
  readonly source: PublishedSource;
  readonly lists: OpenLog | LogFault;
}

/** From the certificate alone, offline. @throws Finding */
export function proveEntry({ mandate, issuer, issueDate }: Certificate, trust: TrustList): ProvenEntry {
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
    return proven;
  } catch (error) {
    if (error instanceof LogError) throw refuse('entry-not-in-log', { reason: error.message });
    throw error;
  }
}

/** @throws Finding */
export async function checkMandate(
  certificate: Certificate,
  proven: ProvenEntry,
  asOf: AsOf,
  published: Published,
): Promise<{ readonly fact: Fact<'mandate'>; readonly mandate: Mandate }> {
  const { mandate, issuer } = certificate;
  const steps = [
    getItem(proven.entry.blob, published.source),
    getType(certificate, published.source),
    getEffectiveEntry(certificate, proven, asOf, published),
    verifyType(certificate, asOf, published),
  ] as const;
  await failFirst(steps);
  const [item, type, effective] = await Promise.all(steps);
  if (item.name !== mandate.name || item.category !== mandate.category)
    throw refuse('item-differs', { listed: item.name, certificate: mandate.name });
  const wanted = { organ: issuer.organ, day: asOf.day, permits: type.mandate };
  verifyPower({ ...proven, item }, wanted);
  // On the day another entry may have been in force already, e.g. with new wording: the power itself must be there still.
  if (effective.index !== proven.index)
    verifyPower({ ...effective, item: await getItem(effective.entry.blob, published.source) }, wanted);
  const found: Mandate = {
    key: mandate.key,
    organ: issuer.organ,
    name: item.name,
    category: item.category,
    entryIndex: proven.index,
    effectiveDate: proven.entry.effectiveDate,
  };
  return {
    fact: holds('mandate', {
      ...found,
      blob: proven.entry.blob,
      checkpoint: proven.checkpoint.size,
      onTheDay: effective.index,
      type: type.code,
    }),
    mandate: found,
  };
}

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

async function getEffectiveEntry(
  { mandate, issuer }: Certificate,
  proven: ProvenEntry,
  asOf: AsOf,
  { source, lists }: Published,
) {
  const path = itemsPath(issuer.organ);
  const history = await readHistory(source, path, (file) => findItemHistory(file, mandate.key));
  // A history without the entry that is known to exist is not the whole history.
  if (!history.some(({ index }) => index === proven.index))
    throw new Finding(unknown('mandate', 'history-incomplete', { path: `/${path}`, index: proven.index }));
  const effective = findEffective(history, asOf);
  // The entry was taken in only after the certificate was issued under it.
  if (effective === undefined) throw refuse('entry-not-yet-effective', { ...asOfEvidence(asOf) });
  await verifyInLog(effective, lists);
  return effective;
}

/** The type must have been what the register said it was when the certificate was issued. */
async function verifyType({ type }: Certificate, asOf: AsOf, { source, lists }: Published): Promise<void> {
  const history = await readHistory(source, TYPES_PATH, (file) => findTypeHistory(file, type.code));
  const effective = findEffective(history, asOf);
  if (effective?.entry.blob !== type.blob)
    throw refuse('type-not-listed', { type: type.code, blob: type.blob, ...asOfEvidence(asOf) });
  await verifyInLog(effective, lists);
}

/** The rule that issuing asks too. */
function verifyPower(
  listed: ListedItem<Pick<ListEntry, 'effectiveDate'>>,
  wanted: Parameters<typeof findMandate>[1],
): void {
  const finding = findMandate([listed], wanted);
  if (finding.holds) return;
  const { name, category } = listed.item;
  throw refuse(REFUSALS[finding.refusal], { index: listed.index, item: name, category, day: wanted.day });
}

async function getItem(blob: string, source: PublishedSource): Promise<AuthorityItem> {
  const item = await readBlob(blob, AuthorityItemSchema, source);
  if (item === undefined) throw refuse('item-differs', { blob });
  return item;
}

async function getType({ type }: Certificate, source: PublishedSource): Promise<CertificateType> {
  const listed = await readBlob(type.blob, CertificateTypeSchema, source);
  if (listed?.code !== type.code || listed.name !== type.name)
    throw refuse('type-differs', { blob: type.blob, type: type.code });
  return listed;
}

/** @returns undefined for what was listed, but says nothing of the kind. @throws Finding */
async function readBlob<T>(
  name: string,
  schema: z.ZodType<T, T>,
  source: PublishedSource,
): Promise<T | undefined> {
  const file = blobPath(name);
  const path = `/${file}`;
  let bytes: Uint8Array;
  try {
    bytes = await source.read(file);
  } catch (cause) {
    throw new Finding(unknown('mandate', 'blob-unreachable', { path, reason: String(cause) }));
  }
  try {
    return parseBlob(name, bytes, schema);
  } catch (error) {
    if (!(error instanceof PublishedFormatError)) throw error;
    switch (error.code) {
      case 'wrong-blob':
        throw new Finding(unknown('mandate', 'blob-invalid', { path }));
      case 'newer-format':
        throw new Finding(unknown('mandate', 'newer-format', { path, reason: error.message }));
      case 'invalid':
      case 'invalid-key':
        return undefined;
    }
  }
}

/** Waits for all; of several findings one that fails comes before one that is unknown: the answer is no matter of speed. */
async function failFirst(steps: readonly Promise<unknown>[]): Promise<void> {
  const reasons = (await Promise.allSettled(steps)).flatMap((step): unknown[] =>
    step.status === 'rejected' ? [step.reason] : [],
  );
  const unforeseen = reasons.find((reason) => !(reason instanceof Finding));
  const failed = reasons.find((reason) => reason instanceof Finding && reason.fact.state === 'fails');
  if (reasons.length > 0) throw unforeseen ?? failed ?? reasons[0];
}

function asOfEvidence({ day, at }: AsOf) {
  return { day, at: at.toISOString() };
}
