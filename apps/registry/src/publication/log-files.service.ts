import { Injectable } from '@nestjs/common';
import { equalBytes, utf8 } from '@mandate/encoding';
import {
  type Checkpoint,
  edgeTiles,
  encodeEntryBundle,
  encodeTile,
  entryBundlePath,
  LogError,
  rootHash,
  type Tile,
  tilePath,
  TILE_WIDTH,
  tilesFor,
  tileWidth,
  verifyCheckpoint,
} from '@mandate/transparency-log';
import { checkpointPath, type LogName, logPath } from '@mandate/published';
import type { EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { PublicationError } from './publication.errors.ts';
import type { PublishedFolder } from './published-folder.ts';

/** A log as it stands in the folder once it is published. */
export interface PublishedLogState {
  readonly origin: string;
  readonly vkey: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
}

/** Writes a log's files (https://c2sp.org/tlog-tiles): entries, then tiles, then the checkpoint that promises them. */
@Injectable()
export class LogFilesService {
  constructor(private readonly logs: LogService) {}

  /**
   * @param tx one snapshot of the database
   * @param repair compare every file, also those that were published before
   * @throws PublicationError `rollback` | `fork` | `foreign-checkpoint`; nothing is written then
   */
  async publish(
    tx: EntityManager,
    log: LogName,
    folder: PublishedFolder,
    { repair }: { repair: boolean },
  ): Promise<PublishedLogState> {
    const identity = await this.logs.identityOf(tx, log);
    const { size, root, note } = await this.logs.latestCheckpoint(log, tx);
    const published = await this.findPublished(tx, log, folder, { repair });
    const from = repair ? 0 : (published ?? 0);

    const tiles = await this.tilesToWrite(tx, log, from, size);
    for (const group of byPlace(tiles)) await this.writeTiles(tx, log, folder, group);
    // Before the checkpoint: whoever sees it must find all it promises, also after a power cut.
    await folder.sync();
    await folder.write(checkpointPath(log), utf8(note));
    await folder.sync();
    await removePartials(log, folder, tiles);
    return { ...identity, size, root, checkpoint: note };
  }

  /** Size of the checkpoint the world has seen last, if the database still continues its tree. */
  private async findPublished(
    tx: EntityManager,
    log: LogName,
    folder: PublishedFolder,
    { repair }: { repair: boolean },
  ): Promise<number | undefined> {
    const bytes = await folder.find(checkpointPath(log));
    if (bytes === undefined) return undefined;
    const { size, note } = await this.logs.latestCheckpoint(log, tx);
    // Mostly nothing is new. What would be written is what is there: no need to verify it once a second.
    if (equalBytes(bytes, utf8(note))) return size;
    const identity = await this.logs.identityOf(tx, log);
    let published: Checkpoint;
    try {
      published = verifyCheckpoint(bytes, identity);
    } catch (cause) {
      if (!(cause instanceof LogError)) throw cause;
      if (repair) return undefined;
      throw new PublicationError(
        'foreign-checkpoint',
        `已发布的检查点 ${checkpointPath(log)} 不是日志 ${identity.origin} 签发的，已停止发布。` +
          `请查明原因；确认要按数据库重写时，运行 npx mandate publish --repair。`,
        { cause },
      );
    }
    if (published.size > size) {
      throw new PublicationError(
        'rollback',
        `已发布的日志 ${identity.origin} 有 ${published.size} 条，数据库只有 ${size} 条：数据库可能恢复自旧备份。` +
          `已停止发布，以免日志分叉。请恢复完整的数据库；没有的话，见 docs/operations/lost-database.md。`,
      );
    }
    const root = await rootHash(published.size, this.logs.hashReader(tx, log));
    if (!equalBytes(root, published.root)) {
      throw new PublicationError(
        'fork',
        `数据库中的日志 ${identity.origin} 与已发布的检查点（${published.size} 条）不是同一棵树，已停止发布。请恢复原来的数据库。`,
      );
    }
    return published.size;
  }

  /**
   * tlog-tiles, "Partial Tiles": partial tiles for every size that a checkpoint was signed for, since that checkpoint may
   * travel in a proof; but not where the full tile is there already.
   */
  private async tilesToWrite(
    tx: EntityManager,
    log: LogName,
    from: number,
    to: number,
  ): Promise<readonly Tile[]> {
    const between = (await this.logs.checkpointSizesAfter(tx, log, from))
      .filter((size) => size < to)
      .flatMap(edgeTiles)
      .filter(({ level, index }) => tileWidth(level, index, to) < TILE_WIDTH);
    const tiles = new Map<string, Tile>();
    for (const tile of [...tilesFor(from, to), ...between]) {
      tiles.set(tilePath(tile.level, tile.index, tile.width), tile);
    }
    return [...tiles.values()];
  }

  /** Tiles at one place, the widest first: what the others hold is the beginning of it. */
  private async writeTiles(
    tx: EntityManager,
    log: LogName,
    folder: PublishedFolder,
    [widest, ...others]: readonly Tile[],
  ): Promise<void> {
    if (widest === undefined) return;
    const { level, index } = widest;
    const widths = [widest, ...others].map(({ width }) => width);
    if (level === 0) {
      const first = index * TILE_WIDTH;
      const entries = await this.logs.entriesBetween(tx, log, first, first + widest.width);
      const leaves = entries.map(({ leaf }) => leaf);
      for (const width of widths) {
        const bundle = encodeEntryBundle(leaves.slice(0, width));
        await folder.write(logPath(log, entryBundlePath(index, width)), bundle);
      }
    }
    const bytes = await encodeTile(widest, this.logs.hashReader(tx, log));
    const hashBytes = bytes.length / widest.width;
    for (const width of widths) {
      await folder.write(logPath(log, tilePath(level, index, width)), bytes.subarray(0, width * hashBytes));
    }
  }
}

function byPlace(tiles: readonly Tile[]): readonly Tile[][] {
  const places = new Map<string, Tile[]>();
  for (const tile of [...tiles].sort((a, b) => a.level - b.level || a.index - b.index || b.width - a.width)) {
    const place = `${tile.level}/${tile.index}`;
    places.set(place, [...(places.get(place) ?? []), tile]);
  }
  return [...places.values()];
}

/** tlog-tiles allows it once the full tile is there, and a reader falls back on that. */
async function removePartials(log: LogName, folder: PublishedFolder, tiles: readonly Tile[]): Promise<void> {
  for (const { level, index, width } of tiles) {
    if (width < TILE_WIDTH) continue;
    await folder.remove(logPath(log, `${tilePath(level, index)}.p`));
    if (level === 0) await folder.remove(logPath(log, `${entryBundlePath(index)}.p`));
  }
}
