import type { Json } from '@mandate/encoding';
import { REGISTERS, type Register } from '@mandate/lists';
import {
  isKeyOf,
  type LogName,
  logPath,
  parseCertificateEvent,
  parseLedgerHead,
  parseListEntry,
  PublishedFormatError,
} from '@mandate/published';
import type { Findings } from './findings.ts';
import { isObject, readCanonical, textOf } from './json.ts';
import type { AuditedLog } from './log.ts';

/** A leaf of the lists log, with what the records depend on. */
export interface AuditedEntry {
  readonly index: number;
  readonly register: Register;
  readonly key: string;
  readonly blob: string;
  /** the leaf's value, whole: records repeat it as it stands */
  readonly value: Json;
}

export interface AuditedEntries {
  /** those that can be read, in the order of the log */
  readonly entries: readonly AuditedEntry[];
  /** blobs that the others name */
  readonly otherBlobs: readonly string[];
  /** an entry of a version that is not known may be of any record; the index of the first */
  readonly newer: number | undefined;
  /** whether there are registers that are not known, with files of their own */
  readonly newerRegisters: boolean;
}

const BLOB_NAME = /^sha256:[0-9a-f]{64}$/;

/** Every leaf of the lists log as an entry; those that are none are named, those that are newer passed over. */
export function auditListEntries(log: AuditedLog, findings: Findings): AuditedEntries {
  const entries: AuditedEntry[] = [];
  const otherBlobs: string[] = [];
  let newer: number | undefined;
  let newerRegisters = false;
  for (const [index, leaf] of log.leaves.entries()) {
    const file = entryFile(log.name, index);
    const value = readLeaf(leaf, parseListEntry, file, findings);
    if (value === undefined) continue;
    const register = REGISTERS.find((one) => one === textOf(value, 'register'));
    const key = textOf(value, 'key');
    const blob = textOf(value, 'blob');
    const known = isObject(value) && value['v'] === 1;
    if (known && register !== undefined && key !== undefined && blob !== undefined) {
      if (isKeyOf(register, key)) entries.push({ index, register, key, blob, value });
      else findings.problem(file, `${key.slice(0, 100)} 不是登记册 ${register} 的键`);
      continue;
    }
    if (blob !== undefined && BLOB_NAME.test(blob)) otherBlobs.push(blob);
    if (known) newerRegisters = true;
    else newer ??= index;
  }
  return { entries, otherBlobs, newer, newerRegisters };
}

/** What ended in the certificates log. */
export interface AuditedEvents {
  /** of each subject that was revoked the index of the event; undefined where there are events that are not known */
  readonly revoked: ReadonlyMap<string, number> | undefined;
}

export function auditCertificateEvents(log: AuditedLog, findings: Findings): AuditedEvents {
  const revoked = new Map<string, number>();
  let newer = false;
  let head: Json | undefined;
  for (const [index, leaf] of log.leaves.entries()) {
    const value = readLeaf(leaf, parseCertificatesLeaf, entryFile(log.name, index), findings);
    const event = textOf(value, 'event');
    if (isObject(value) && value['v'] === 1 && event === 'ledger-head') {
      if (head !== undefined && !isLaterHead(head, value))
        findings.problem(entryFile(log.name, index), '台账的链头没有接在前一个之后');
      head = value;
      continue;
    }
    const known = isObject(value) && value['v'] === 1 && (event === 'issue' || event === 'revoke');
    if (value !== undefined && !known) newer = true;
    const subject = textOf(value, 'subject');
    if (known && event === 'revoke' && subject !== undefined && !revoked.has(subject))
      revoked.set(subject, index);
  }
  return { revoked: newer ? undefined : revoked };
}

function parseCertificatesLeaf(leaf: Uint8Array): unknown {
  // What is no JSON was told of already, by whoever asked for canonical bytes.
  const read = readCanonical(leaf);
  const isHead = 'value' in read && textOf(read.value, 'event') === 'ledger-head';
  return isHead ? parseLedgerHead(leaf) : parseCertificateEvent(leaf);
}

/** Acts are only ever added: a later head stands for more of them, on a later day. */
function isLaterHead(before: Json, head: Json): boolean {
  const [day, dayBefore] = [textOf(head, 'day'), textOf(before, 'day')];
  const [number, numberBefore] = [head, before].map((one) => (isObject(one) ? one['number'] : undefined));
  return (
    typeof number === 'number' &&
    typeof numberBefore === 'number' &&
    number > numberBefore &&
    day !== undefined &&
    dayBefore !== undefined &&
    day > dayBefore
  );
}

/** @returns undefined for what is no leaf of this log in any version */
function readLeaf(
  leaf: Uint8Array,
  parse: (leaf: Uint8Array) => unknown,
  file: string,
  findings: Findings,
): Json | undefined {
  const read = readCanonical(leaf);
  if ('fault' in read) {
    findings.problem(file, `条目${read.fault}`);
    return undefined;
  }
  try {
    parse(leaf);
  } catch (error) {
    if (!(error instanceof PublishedFormatError)) throw error;
    if (error.code !== 'newer-format') {
      findings.problem(file, `条目不符合格式：${error.detail.replaceAll(/\s+/g, ' ').slice(0, 200)}`);
      return undefined;
    }
    findings.pass(
      file,
      `条目的格式比本程序新（newer-format）：${error.detail.replaceAll(/\s+/g, ' ').slice(0, 200)}`,
    );
  }
  return read.value;
}

/** Entries have no file of their own: the bundles, and the index. */
function entryFile(log: LogName, index: number): string {
  return logPath(log, `tile/entries (${index})`);
}

/** A key's entries, oldest first. */
export type History = readonly [key: string, entries: readonly AuditedEntry[]];

/** Keys in order of their text, by code units. */
export function byKey(entries: readonly AuditedEntry[]): readonly History[] {
  const keys = Map.groupBy(entries, ({ key }) => key);
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1));
}
