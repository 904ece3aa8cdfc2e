import { canonicalBytes, equalBytes, parseJson, type Json } from '@mandate/encoding';
import { entryInForceOn, type Register } from '@mandate/lists';
import { hashLeaf, storedHashPosition } from '@mandate/transparency-log';
import { fails, Finding, unknown } from './facts.ts';
import { opened } from './check-log.ts';
import { LogFault, readingLog, type OpenLog } from './open-log.ts';
import { HistorySchema, type History } from './published-files.ts';
import type { PublishedSource } from './source.ts';
import type { Fact, FactCode } from './verdict.ts';

/** The list as the issuing organ had it before itself. */
export interface AsOf {
  /** day of issue */
  readonly day: string;
  /** when the issue was logged */
  readonly at: Date;
  /** size of the lists log when the page was drawn: all before is known, whatever its time says */
  readonly size: number;
}

export type HistoryEntry = History[number];

const lost = (code: FactCode<'mandate'>, evidence?: Fact['evidence']) =>
  new Finding(unknown('mandate', code, evidence));

/** @throws Finding `unreachable` when it is not to be had, `invalid` when it is no JSON or is not what `find` looks for */
export async function readJson<T>(
  source: PublishedSource,
  path: string,
  find: (json: Json) => T | undefined,
): Promise<T> {
  let bytes: Uint8Array;
  try {
    bytes = await source.read(path);
  } catch (cause) {
    throw lost('history-unreachable', { path, reason: String(cause) });
  }
  let found: T | undefined;
  try {
    found = find(parseJson(bytes));
  } catch (cause) {
    throw lost('history-invalid', { path, reason: String(cause) });
  }
  if (found === undefined) throw lost('history-invalid', { path });
  return found;
}

/** The published history of one key, oldest first. @throws Finding */
export function parseHistory(entries: unknown, register: Register, key: string): History {
  const { data: history } = HistorySchema.safeParse(entries);
  const ordered = history?.every(
    ({ index, entry }, i) =>
      entry.register === register && entry.key === key && index > (history[i - 1]?.index ?? -1),
  );
  if (history === undefined || !ordered) throw lost('history-invalid', { key });
  return history;
}

/**
 * The entry in force on that day, of those the registry had taken in by then. What was entered later with an earlier date
 * does not make an issue wrong that was right when it was made; for that there is revocation.
 */
export function findEffective(history: History, { day, at, size }: AsOf): HistoryEntry | undefined {
  const known = history.filter(({ index, entry }) => index < size || new Date(entry.time) < at);
  return entryInForceOn(known, day);
}

/** A data file is signed by nobody: every entry used must stand in the log, at the place it says. @throws Finding */
export async function verifyInLog({ index, entry }: HistoryEntry, lists: OpenLog | LogFault): Promise<void> {
  try {
    const log = opened(lists);
    if (index >= log.checkpoint.size) throw lost('history-not-in-log', { index, size: log.checkpoint.size });
    const [hash] = await readingLog('lists', () => log.published.readHashes([storedHashPosition(0, index)]));
    if (hash === undefined || !equalBytes(hash, hashLeaf(canonicalBytes(entry))))
      throw lost('history-not-in-log', { index, key: entry.key });
  } catch (error) {
    if (error instanceof LogFault) throw lost('log-first', error.evidence);
    throw error;
  }
}

export function refuse(code: FactCode<'mandate'>, evidence?: Fact['evidence']): Finding {
  return new Finding(fails('mandate', code, evidence));
}
