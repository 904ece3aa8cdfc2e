import { equalBytes } from '@mandate/encoding';
import { endOfDay, entriesListedBy, entryInForceOn } from '@mandate/lists';
import { leafOf, PublishedFormatError, type HistoryEntry, type PublishedSource } from '@mandate/published';
import { hashLeaf, storedHashPosition } from '@mandate/transparency-log';
import { fails, Finding, unknown } from './facts.ts';
import { LogFault, opened, readingLog, type OpenLog } from './open-log.ts';
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

const lost = (code: FactCode<'mandate'>, evidence?: Fact['evidence']) =>
  new Finding(unknown('mandate', code, evidence));

/**
 * The published history of one key, oldest first. The file is signed by nobody (formats §10.1): a server that names a later
 * version in it gains no more by that than by keeping it back.
 * @param find takes it out of the file
 * @throws Finding `history-unreachable` when the file is not to be had, `newer-format`, `history-invalid` when it is not
 *   what it should be or lacks the key
 */
export async function readHistory(
  source: PublishedSource,
  path: string,
  find: (file: Uint8Array) => readonly HistoryEntry[] | undefined,
): Promise<readonly HistoryEntry[]> {
  const evidence = { path: `/${path}` };
  let file: Uint8Array;
  try {
    file = await source.read(path);
  } catch (cause) {
    throw lost('history-unreachable', { ...evidence, reason: String(cause) });
  }
  let history: readonly HistoryEntry[] | undefined;
  try {
    history = find(file);
  } catch (cause) {
    if (!(cause instanceof PublishedFormatError)) throw cause;
    const code = cause.code === 'newer-format' ? 'newer-format' : 'history-invalid';
    throw lost(code, { ...evidence, reason: cause.message });
  }
  if (history === undefined) throw lost('history-invalid', evidence);
  return history;
}

/**
 * The entry in force on that day, of those the registry had taken in by then. What was entered later with an earlier date
 * does not make an issue wrong that was right when it was made; for that there is revocation. Nor does it make one right
 * that was wrong, whatever tree its proof is of.
 */
export function findEffective(
  history: readonly HistoryEntry[],
  { day, at, size }: AsOf,
): HistoryEntry | undefined {
  const known = history.filter(({ index, entry }) => index < size || new Date(entry.time) < at);
  return entryInForceOn(entriesListedBy(known, endOfDay(day)), day);
}

/** A data file is signed by nobody: every entry used must stand in the log, at the place it says. @throws Finding */
export async function verifyInLog({ index, entry }: HistoryEntry, lists: OpenLog | LogFault): Promise<void> {
  try {
    const log = opened(lists);
    if (index >= log.checkpoint.size) throw lost('history-not-in-log', { index, size: log.checkpoint.size });
    const [hash] = await readingLog('lists', () => log.published.readHashes([storedHashPosition(0, index)]));
    if (hash === undefined || !equalBytes(hash, hashLeaf(leafOf(entry))))
      throw lost('history-not-in-log', { index, key: entry.key });
  } catch (error) {
    if (error instanceof LogFault) throw lost('log-first', error.evidence);
    if (error instanceof PublishedFormatError) throw lost('history-invalid', { index, key: entry.key });
    throw error;
  }
}

export function refuse(code: FactCode<'mandate'>, evidence?: Fact['evidence']): Finding {
  return new Finding(fails('mandate', code, evidence));
}
