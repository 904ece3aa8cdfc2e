import { equalBytes } from '@mandate/encoding';
import { findLogOfPath, type LogName, logPath } from '@mandate/published';
import { entryBundlePath, findTileByPath, TILE_WIDTH, tilePath, tileWidth } from '@mandate/transparency-log';
import type { Findings } from './findings.ts';
import type { AuditSource } from './source.ts';
import type { Tree } from './tree.ts';

/** Every tile and bundle that the checkpoint promises, and every other file of the log where files can be listed. */
export async function auditTiles(
  source: AuditSource,
  name: LogName,
  leaves: readonly Uint8Array[],
  tree: Tree,
  findings: Findings,
): Promise<void> {
  // Where files can be listed, every one of them is looked at: also partial tiles of earlier sizes.
  const listed = ((await source.list()) ?? []).flatMap((path) => {
    const found = findLogOfPath(path);
    return found?.log === name ? found.path : [];
  });
  for (const path of new Set([...promisedPaths(leaves.length), ...listed])) {
    if (path === 'checkpoint') continue;
    const file = logPath(name, path);
    findings.checked.files += 1;
    const tile = findTileByPath(path);
    if (tile === undefined) {
      findings.problem(file, '不是日志的文件');
      continue;
    }
    const { level, index, width } = tile;
    const promised =
      level === 'entries' ? findBundle(leaves, index, width) : tree.findTile(level, index, width);
    if (promised === undefined) {
      // A publication that was cut short leaves tiles that no checkpoint promises yet.
      findings.warn(`${file} 超出检查点所承诺的树：上一次发布没有完成`);
      continue;
    }
    const bytes = await source.read(file);
    if (bytes === undefined) findings.problem(file, '没有这个文件');
    else if (!equalBytes(bytes, promised))
      findings.problem(file, `第 ${firstDifference(bytes, promised)} 字节起与由条目重新计算的不同`);
  }
}

function promisedPaths(size: number): readonly string[] {
  const paths: string[] = [];
  for (let level = 0; tileWidth(level, 0, size) > 0; level += 1) {
    for (let index = 0; tileWidth(level, index, size) > 0; index += 1) {
      const width = tileWidth(level, index, size);
      paths.push(tilePath(level, index, width));
      if (level === 0) paths.push(entryBundlePath(index, width));
    }
  }
  return paths;
}

/** Each leaf with its length before it, in 16 bits; undefined where the tree has not so many leaves. */
function findBundle(leaves: readonly Uint8Array[], index: number, width: number): Uint8Array | undefined {
  const first = index * TILE_WIDTH;
  const own = leaves.slice(first, first + width);
  if (own.length < width) return undefined;
  const bytes = new Uint8Array(own.reduce((sum, leaf) => sum + 2 + leaf.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const leaf of own) {
    view.setUint16(at, leaf.length);
    bytes.set(leaf, at + 2);
    at += 2 + leaf.length;
  }
  return bytes;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? Math.min(a.length, b.length) : at;
}
