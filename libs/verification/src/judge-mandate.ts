import { chinaDay, type Certificate } from '@mandate/certificate';
import { findMandate, type ListedItem, type ListEntry, type MandateRefusal } from '@mandate/lists';
import {
  findItemHistory,
  findTypeHistory,
  itemsPath,
  TYPES_PATH,
  type PublishedSource,
} from '@mandate/published';
import { factOf, Finding, holds, unknown } from './facts.ts';
import { findEffective, readHistory, refuse, verifyInLog, type AsOf } from './history.ts';
import type { LogFault, OpenLog } from './open-log.ts';
import type { Entry, ProvenEntry } from './prove-entry.ts';
import type { Issue } from './prove-issue.ts';
import { getItem, getType } from './read-listed.ts';
import type { Fact, FactCode, Mandate } from './verdict.ts';

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

export interface MandateFinding {
  readonly fact: Fact;
  /** only when the fact holds */
  readonly listed?: Mandate;
}

/** Whether the organ had the power on the day it issued (formats §11.2). */
export async function judgeMandate(
  certificate: Certificate,
  { entry, issue, ...published }: Published & { readonly entry: Entry; readonly issue: Issue },
): Promise<MandateFinding> {
  if (entry.fact !== undefined) return { fact: entry.fact };
  const asOf = { day: certificate.issueDate, at: issue.at, size: entry.checkpoint.size };
  try {
    return await findPower(certificate, entry, asOf, published);
  } catch (error) {
    return { fact: factOf(error) };
  }
}

/** @throws Finding */
async function findPower(
  certificate: Certificate,
  proven: ProvenEntry,
  asOf: AsOf,
  published: Published,
): Promise<MandateFinding> {
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
  const listed: Mandate = {
    key: mandate.key,
    organ: issuer.organ,
    name: item.name,
    category: item.category,
    entryIndex: proven.index,
    effectiveDate: proven.entry.effectiveDate,
    ...(proven.entry.kind === 'recorded' && { recorded: chinaDay(new Date(proven.entry.time)) }),
  };
  return {
    fact: holds('mandate', {
      ...listed,
      blob: proven.entry.blob,
      checkpoint: proven.checkpoint.size,
      onTheDay: effective.index,
      type: type.code,
    }),
    listed,
  };
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
  listed: ListedItem<Pick<ListEntry, 'effectiveDate' | 'time'>>,
  wanted: Parameters<typeof findMandate>[1],
): void {
  const finding = findMandate([listed], wanted);
  if (finding.holds) return;
  const { name, category } = listed.item;
  throw refuse(REFUSALS[finding.refusal], { index: listed.index, item: name, category, day: wanted.day });
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
