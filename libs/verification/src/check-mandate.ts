import { CertificateTypeSchema, type Certificate, type CertificateType } from '@mandate/certificate';
import {
  blobName,
  canonicalBytes,
  EncodingError,
  equalBytes,
  parseJson,
  utf8,
  type Json,
} from '@mandate/encoding';
import {
  AuthorityItemSchema,
  findMandate,
  ListEntrySchema,
  type AuthorityItem,
  type ListedItem,
  type ListEntry,
  type MandateRefusal,
} from '@mandate/lists';
import { LogError, verifyTlogProof, type Checkpoint } from '@mandate/transparency-log';
import { Finding, holds, unknown } from './facts.ts';
import { findEffective, parseHistory, readJson, refuse, verifyInLog, type AsOf } from './history.ts';
import { findLogIdentity, type LogFault, type OpenLog } from './open-log.ts';
import { ItemsFileSchema, TypesFileSchema } from './published-files.ts';
import type { PublishedSource } from './source.ts';
import type { TrustList } from './trust-list.ts';
import type { Fact, FactCode, Mandate } from './verdict.ts';

/** 清单之外无权力: the entry a certificate names, as the lists log has it. */
export interface ProvenEntry {
  readonly entry: ListEntry;
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
  // The key of an item is its organ's key, a dot and five digits: an entry of another organ gives no power to this one.
  const organ = /^(.+)\.\d{5}$/.exec(entry.key)?.[1];
  if (organ !== issuer.organ) throw refuse('entry-other-organ', { entry: entry.key, issuer: issuer.organ });
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

function parseEntry(text: string): ListEntry {
  try {
    const { data: entry } = ListEntrySchema.safeParse(parseJson(utf8(text)));
    if (entry?.register === 'authority-item' && equalBytes(canonicalBytes(entry), utf8(text))) return entry;
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
  }
  throw refuse('entry-invalid');
}

async function getEffectiveEntry(
  { mandate, issuer }: Certificate,
  proven: ProvenEntry,
  asOf: AsOf,
  { source, lists }: Published,
) {
  const path = `/data/items/${issuer.organ}.json`;
  const entries = await readJson(source, path, (json) => {
    const item = ItemsFileSchema.safeParse(json).data?.items.find(({ key }) => key === mandate.key);
    return item?.entries;
  });
  const history = parseHistory(entries, 'authority-item', mandate.key);
  // A history without the entry that is known to exist is not the whole history.
  if (!history.some(({ index }) => index === proven.index))
    throw new Finding(unknown('mandate', 'history-incomplete', { path, index: proven.index }));
  const effective = findEffective(history, asOf);
  // The entry was taken in only after the certificate was issued under it.
  if (effective === undefined) throw refuse('entry-not-yet-effective', { ...asOfEvidence(asOf) });
  await verifyInLog(effective, lists);
  return effective;
}

/** The type must have been what the register said it was when the certificate was issued. */
async function verifyType({ type }: Certificate, asOf: AsOf, { source, lists }: Published): Promise<void> {
  const path = '/data/types.json';
  const entries = await readJson(source, path, (json) => {
    const listed = TypesFileSchema.safeParse(json).data?.types.find(({ code }) => code === type.code);
    return listed?.entries;
  });
  const effective = findEffective(parseHistory(entries, 'certificate-type', type.code), asOf);
  if (effective?.entry.blob !== type.blob)
    throw refuse('type-not-listed', { type: type.code, blob: type.blob, ...asOfEvidence(asOf) });
  await verifyInLog(effective, lists);
}

/** The rule that issuing asks too. */
function verifyPower(listed: ListedItem, wanted: Parameters<typeof findMandate>[1]): void {
  const finding = findMandate([listed], wanted);
  if (finding.holds) return;
  const { name, category } = listed.item;
  throw refuse(REFUSALS[finding.refusal], { index: listed.index, item: name, category, day: wanted.day });
}

async function getItem(blob: string, source: PublishedSource): Promise<AuthorityItem> {
  const { data: item } = AuthorityItemSchema.safeParse(await readBlob(blob, source));
  if (item === undefined) throw refuse('item-differs', { blob });
  return item;
}

async function getType({ type }: Certificate, source: PublishedSource): Promise<CertificateType> {
  const { data: listed } = CertificateTypeSchema.safeParse(await readBlob(type.blob, source));
  if (listed?.code !== type.code || listed.name !== type.name)
    throw refuse('type-differs', { blob: type.blob, type: type.code });
  return listed;
}

async function readBlob(name: string, source: PublishedSource): Promise<Json> {
  const hex = name.slice('sha256:'.length);
  const path = `/data/blobs/${hex.slice(0, 2)}/${hex}.json`;
  let bytes: Uint8Array;
  try {
    bytes = await source.read(path);
  } catch (cause) {
    throw new Finding(unknown('mandate', 'blob-unreachable', { path, reason: String(cause) }));
  }
  // Whatever a server sends in its place, it is not what was listed.
  if (blobName(bytes) !== name) throw new Finding(unknown('mandate', 'blob-invalid', { path }));
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof EncodingError) return null;
    throw error;
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
