import { canonicalBytes, EncodingError, equalBytes, fromUtf8, parseJson } from '@mandate/encoding';
import {
  type Checkpoint,
  encodeEntryBundle,
  encodeTile,
  entryBundlePath,
  findTileByPath,
  hashLeaf,
  type HashReader,
  LogError,
  type LogIdentity,
  parseEntryBundle,
  PublishedLog,
  RightEdge,
  TILE_WIDTH,
  tilePath,
  tilesFor,
  tileWidth,
  verifyCheckpoint,
} from '@mandate/transparency-log';
import type { AuditSource } from './audit-source.ts';
import type { Findings } from './findings.ts';

/** A log that was read from its first leaf to its last. */
export interface AuditedLog {
  readonly identity: LogIdentity;
  readonly checkpoint: Checkpoint;
  /** the checkpoint as it was signed */
  readonly note: string;
  readonly leaves: readonly Uint8Array[];
  /** hashes recomputed from the leaves: published tiles had no say in them */
  readonly readHashes: HashReader;
}

/**
 * Checkpoint, every entry bundle, the tree recomputed from them, and every tile compared with it.
 * @returns undefined when checkpoint and entries do not make a tree, so that nothing can be said of what hangs on it
 */
export async function auditLog(
  source: AuditSource,
  prefix: string,
  identity: LogIdentity,
  findings: Findings,
): Promise<AuditedLog | undefined> {
  const read = await readCheckpoint(source, prefix, identity, findings);
  if (read === undefined) return undefined;
  const { checkpoint, note } = read;
  const { size } = checkpoint;
  const leaves = await readLeaves(source, prefix, size, findings);
  if (leaves.length < size) return undefined;
  const stored: Uint8Array[] = [];
  const edge = RightEdge.empty();
  for (const leaf of leaves) stored.push(...edge.append(hashLeaf(leaf)));
  if (!equalBytes(edge.root(), checkpoint.root)) {
    await explainOtherRoot(source, prefix, checkpoint, findings);
    return undefined;
  }
  const readHashes: HashReader = (positions) =>
    Promise.resolve(positions.flatMap((position) => stored[position] ?? []));
  await auditTiles(source, prefix, { leaves, readHashes }, findings);
  return { identity, checkpoint, note, leaves, readHashes };
}

async function readCheckpoint(
  source: AuditSource,
  prefix: string,
  identity: LogIdentity,
  findings: Findings,
): Promise<{ checkpoint: Checkpoint; note: string } | undefined> {
  const path = `${prefix}/checkpoint`;
  const bytes = await source.read(path);
  findings.checked.files += 1;
  if (bytes === undefined) {
    findings.problem(path, '没有检查点');
    return undefined;
  }
  try {
    return { checkpoint: verifyCheckpoint(bytes, identity), note: fromUtf8(bytes) };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    findings.problem(path, `检查点不可信（${error.code}）：${error.message}`);
    return undefined;
  }
}

/** All leaves up to the first bundle that cannot be read: the tree cannot be computed past it. */
async function readLeaves(
  source: AuditSource,
  prefix: string,
  size: number,
  findings: Findings,
): Promise<readonly Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let bundle = 0; bundle * TILE_WIDTH < size; bundle += 1) {
    const width = tileWidth(0, bundle, size);
    const path = `${prefix}/${entryBundlePath(bundle, width)}`;
    const bytes = await source.read(path);
    findings.checked.files += 1;
    try {
      if (bytes === undefined) throw new LogError('unavailable', '没有这个文件');
      leaves.push(...parseEntryBundle(bytes, width));
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      findings.problem(path, `条目文件不能读（${error.code}）：${error.message}`);
      return leaves;
    }
  }
  findings.checked.entries += leaves.length;
  return leaves;
}

/** The entries make another tree than was signed. Which file is false? Those the signed root still vouches for are not. */
async function explainOtherRoot(
  source: AuditSource,
  prefix: string,
  checkpoint: Checkpoint,
  findings: Findings,
): Promise<void> {
  const log = new PublishedLog(async (path) => {
    const bytes = await source.read(`${prefix}/${path}`);
    if (bytes === undefined) throw new LogError('unavailable', '没有这个文件');
    return bytes;
  }, checkpoint);
  const before = findings.problems.length;
  for (let bundle = 0; bundle * TILE_WIDTH < checkpoint.size; bundle += 1) {
    try {
      await log.readBundle(bundle);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      const path = `${prefix}/${error.path ?? 'checkpoint'}`;
      findings.problem(path, `与检查点的根不符（${error.code}）：${error.message}`);
      if (error.path === undefined) return;
    }
  }
  if (findings.problems.length === before)
    findings.problem(`${prefix}/checkpoint`, '由条目重新计算的根与检查点的根不同');
}

async function auditTiles(
  source: AuditSource,
  prefix: string,
  { leaves, readHashes }: Pick<AuditedLog, 'leaves' | 'readHashes'>,
  findings: Findings,
): Promise<void> {
  const listed = (await source.list())?.filter((path) => path.startsWith(`${prefix}/`));
  const expected = tilesFor(0, leaves.length).map(({ level, index, width }) => tilePath(level, index, width));
  // Where files can be listed, every one of them is looked at: also partial tiles of earlier sizes.
  const found = listed?.map((path) => path.slice(prefix.length + 1)) ?? [];
  for (const path of new Set([...expected, ...found])) {
    if (path === 'checkpoint') continue;
    findings.checked.files += 1;
    const promised = await tileAt(path, { leaves, readHashes });
    if (promised === undefined) {
      // A publication that was cut short leaves tiles that no checkpoint promises yet.
      if (findTileByPath(path) === undefined) findings.problem(`${prefix}/${path}`, '不是日志的文件');
      else findings.warn(`${prefix}/${path} 超出检查点所承诺的树：上一次发布没有完成`);
      continue;
    }
    const bytes = await source.read(`${prefix}/${path}`);
    if (bytes === undefined) findings.problem(`${prefix}/${path}`, '没有这个文件');
    else if (!equalBytes(bytes, promised)) {
      findings.problem(
        `${prefix}/${path}`,
        `第 ${firstDifference(bytes, promised)} 字节起与由条目重新计算的不同`,
      );
    }
  }
}

/** What the file must hold, from the leaves alone; undefined where the tree has no such file. */
async function tileAt(
  path: string,
  { leaves, readHashes }: Pick<AuditedLog, 'leaves' | 'readHashes'>,
): Promise<Uint8Array | undefined> {
  const tile = findTileByPath(path);
  if (tile === undefined) return undefined;
  const { level, index, width } = tile;
  if (tileWidth(level === 'entries' ? 0 : level, index, leaves.length) < width) return undefined;
  if (level !== 'entries') return encodeTile({ level, index, width }, readHashes);
  const first = index * TILE_WIDTH;
  return encodeEntryBundle(leaves.slice(first, first + width));
}

/** Whether the leaf is JSON in its one canonical spelling. */
export function isCanonical(leaf: Uint8Array): boolean {
  try {
    return equalBytes(canonicalBytes(parseJson(leaf)), leaf);
  } catch (error) {
    if (error instanceof EncodingError) return false;
    throw error;
  }
}

export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? Math.min(a.length, b.length) : at;
}
