import { equalBytes, fromUtf8 } from '@mandate/encoding';
import { type LogName, logPath } from '@mandate/published';
import {
  type Checkpoint,
  entryBundlePath,
  LogError,
  type LogIdentity,
  parseEntryBundle,
  PublishedLog,
  TILE_WIDTH,
  tileWidth,
  verifyCheckpoint,
} from '@mandate/transparency-log';
import { Findings } from './findings.ts';
import type { AuditSource } from './source.ts';
import { auditTiles } from './tiles.ts';
import { Tree } from './tree.ts';

/** A log that was read from its first leaf to its last. */
export interface AuditedLog {
  readonly name: LogName;
  readonly identity: LogIdentity;
  readonly checkpoint: Checkpoint;
  /** the checkpoint as it was signed */
  readonly note: string;
  readonly leaves: readonly Uint8Array[];
  /** recomputed from the leaves: published tiles had no say in it */
  readonly tree: Tree;
}

/**
 * Checkpoint, every entry bundle, the tree recomputed from them, and every tile compared with it.
 * @returns undefined when checkpoint and entries do not make a tree, so that nothing can be said of what hangs on it
 */
export async function auditLog(
  source: AuditSource,
  name: LogName,
  identity: LogIdentity,
  findings: Findings,
): Promise<AuditedLog | undefined> {
  const read = await readCheckpoint(source, name, identity, findings);
  if (read === undefined) return undefined;
  const { checkpoint, note } = read;
  const leaves = await readLeaves(source, name, checkpoint.size, findings);
  if (leaves.length < checkpoint.size) return undefined;
  const tree = new Tree(leaves);
  if (!equalBytes(tree.rootAt(checkpoint.size), checkpoint.root)) {
    await explainOtherRoot(source, name, { checkpoint, leaves, tree }, findings);
    return undefined;
  }
  await auditTiles(source, name, leaves, tree, findings);
  return { name, identity, checkpoint, note, leaves, tree };
}

async function readCheckpoint(
  source: AuditSource,
  name: LogName,
  identity: LogIdentity,
  findings: Findings,
): Promise<{ checkpoint: Checkpoint; note: string } | undefined> {
  const path = logPath(name, 'checkpoint');
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
  name: LogName,
  size: number,
  findings: Findings,
): Promise<readonly Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let bundle = 0; bundle * TILE_WIDTH < size; bundle += 1) {
    const width = tileWidth(0, bundle, size);
    const path = logPath(name, entryBundlePath(bundle, width));
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

/**
 * The entries make another tree than was signed. Which file is false? Where entries and tiles agree it is the checkpoint;
 * else not those that the signed root still vouches for.
 */
async function explainOtherRoot(
  source: AuditSource,
  name: LogName,
  { checkpoint, leaves, tree }: Pick<AuditedLog, 'checkpoint' | 'leaves' | 'tree'>,
  findings: Findings,
): Promise<void> {
  const compared = new Findings();
  await auditTiles(source, name, leaves, tree, compared);
  const named = compared.problems.length > 0 && (await nameForeignFiles(source, name, checkpoint, findings));
  if (!named) findings.problem(logPath(name, 'checkpoint'), '由条目重新计算的根与检查点的根不同');
}

/** Bundles and tiles that do not belong below the signed root. @returns whether there are any */
async function nameForeignFiles(
  source: AuditSource,
  name: LogName,
  checkpoint: Checkpoint,
  findings: Findings,
): Promise<boolean> {
  const log = new PublishedLog(async (path) => {
    const bytes = await source.read(logPath(name, path));
    if (bytes === undefined) throw new LogError('unavailable', '没有这个文件');
    return bytes;
  }, checkpoint);
  let named = false;
  for (let bundle = 0; bundle * TILE_WIDTH < checkpoint.size; bundle += 1) {
    try {
      await log.readBundle(bundle);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      named = true;
      const path = logPath(name, error.path ?? 'checkpoint');
      findings.problem(path, `与检查点的根不符（${error.code}）：${error.message}`);
      if (error.path === undefined) break;
    }
  }
  return named;
}
