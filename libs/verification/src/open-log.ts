import { encodeBase64, equalBytes, fromUtf8 } from '@mandate/encoding';
import { logPath } from '@mandate/published';
import {
  LogError,
  PublishedLog,
  rootHash,
  verifyCheckpoint,
  type Checkpoint,
  type LogIdentity,
} from '@mandate/transparency-log';
import type { VerifyOptions } from './source.ts';
import type { TrustList } from '@mandate/trust';
import type { Evidence, FactCode } from './verdict.ts';

export type LogKind = TrustList['logs'][number]['kind'];

/** A log as it is published now, consistent with all this verifier has seen of it. */
export interface OpenLog {
  readonly identity: LogIdentity;
  readonly checkpoint: Checkpoint;
  readonly published: PublishedLog;
}

type LogCode = Extract<FactCode<'log'>, `log-${string}`>;

/** Why a log cannot be gone by. Only `log-forked` says something against it. */
export class LogFault extends Error {
  override readonly name = 'LogFault';
  readonly code: LogCode;
  readonly evidence: Evidence;

  constructor(code: LogCode, evidence: Evidence, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.evidence = evidence;
  }
}

export interface OpenLogs {
  readonly lists: OpenLog | LogFault;
  readonly certificates: OpenLog | LogFault;
}

/** Both logs, each as it is published now or with what is wrong with it. */
export async function openLogs(trust: TrustList, options: VerifyOptions): Promise<OpenLogs> {
  const open = (kind: LogKind) => openLog(kind, trust, options).catch(asFault);
  const [lists, certificates] = await Promise.all([open('lists'), open('certificates')]);
  return { lists, certificates };
}

/** @throws LogFault */
export function opened(log: OpenLog | LogFault): OpenLog {
  if (log instanceof LogFault) throw log;
  return log;
}

function asFault(error: unknown): LogFault {
  if (error instanceof LogFault) return error;
  throw error;
}

export function findLogIdentity(trust: TrustList, kind: LogKind): LogIdentity | undefined {
  return trust.logs.find((log) => log.kind === kind);
}

/** The newest checkpoint, which must continue what was seen before (formats §3.7). @throws LogFault */
async function openLog(kind: LogKind, trust: TrustList, options: VerifyOptions): Promise<OpenLog> {
  const { source, remembered } = options;
  const identity = findLogIdentity(trust, kind);
  if (identity === undefined)
    throw new LogFault('log-invalid', { log: kind, reason: '信任清单中没有这个日志' });
  const fetch = (path: string) => source.read(logPath(kind, path));
  let note: Uint8Array;
  try {
    note = await fetch('checkpoint');
  } catch (cause) {
    throw new LogFault('log-unreachable', { log: kind, reason: String(cause) }, { cause });
  }
  const checkpoint = await readingLog(kind, () => verifyCheckpoint(note, identity));
  const log = { identity, checkpoint, published: new PublishedLog(fetch, checkpoint) };
  const key = `checkpoint ${identity.origin} ${identity.vkey}`;
  const before = findCheckpoint(await remembered?.get(key), identity);
  if (before !== undefined) {
    // A server that shows an older tree may be hiding what came after.
    if (before.size > checkpoint.size)
      throw new LogFault('log-older-than-seen', { log: kind, size: checkpoint.size, seen: before.size });
    await verifyPrefix(kind, log, before);
  }
  await remembered?.set(key, fromUtf8(note));
  return log;
}

/** A memory that was damaged is none: the log is then seen for the first time. */
function findCheckpoint(note: string | undefined, identity: LogIdentity): Checkpoint | undefined {
  try {
    return note === undefined ? undefined : verifyCheckpoint(note, identity);
  } catch (error) {
    if (error instanceof LogError) return undefined;
    throw error;
  }
}

/**
 * Verifies that the tree of another checkpoint of the same log (remembered, or inside of a proof) is the beginning of the
 * published one. Its root is recomputed from tiles that were verified against the newest checkpoint: two roots signed
 * for one size are two histories.
 * @throws LogFault
 */
export async function verifyPrefix(kind: LogKind, log: OpenLog, older: Checkpoint): Promise<void> {
  if (older.size > log.checkpoint.size)
    throw new LogFault('log-older-than-proof', { log: kind, size: log.checkpoint.size, proof: older.size });
  const root = await readingLog(kind, () => rootHash(older.size, log.published.readHashes));
  if (!equalBytes(root, older.root))
    throw new LogFault('log-forked', {
      log: kind,
      size: older.size,
      published: encodeBase64(root),
      signed: encodeBase64(older.root),
    });
}

/** @throws LogFault `log-unreachable` | `log-invalid` in place of a LogError */
export async function readingLog<T>(kind: LogKind, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    const code = cause.code === 'unavailable' ? 'log-unreachable' : 'log-invalid';
    throw new LogFault(code, { log: kind, reason: cause.message }, { cause });
  }
}
