import { Injectable } from '@nestjs/common';
import { encodeHex, equalBytes } from '@mandate/encoding';
import type { LogName } from '@mandate/published';
import {
  hashLeaf,
  type LogIdentity,
  RightEdge,
  storedHashCount,
  verifyCheckpoint,
} from '@mandate/transparency-log';
import type { EntityManager } from 'typeorm';
import { LogIdentityService } from './log-identity.service.ts';
import { RegistryLogError } from './log.errors.ts';
import { type EntryToStore, LogRepository } from './log.repository.ts';

/** A log as it was published, read from its first leaf to its last. */
export interface PublishedTree {
  /** the signed checkpoint */
  readonly note: string;
  readonly leaves: readonly Uint8Array[];
  /** what the lists log's row says beside its leaf */
  readonly describe: (leaf: Uint8Array) => Omit<EntryToStore, 'leaf' | 'leafHash'>;
}

export interface AdoptedEntry {
  readonly entryId: number;
  readonly leaf: Uint8Array;
}

/** Takes back into the database what was published and is no longer in it. Where the tree ends, nothing is signed anew. */
@Injectable()
export class LogAdoptionService {
  constructor(
    private readonly repository: LogRepository,
    private readonly identities: LogIdentityService,
  ) {}

  /** Under which name and key the log was published; begins the row of an empty database. */
  identityOf(tx: EntityManager, log: LogName): Promise<LogIdentity> {
    return this.identities.identityOf(tx, log);
  }

  /** Nobody sequences until the transaction ends. @returns how many leaves the tree of the database has */
  async lock(tx: EntityManager, log: LogName): Promise<number> {
    await this.repository.lockSequencer(tx, log);
    return this.repository.treeSize(tx, log);
  }

  /**
   * Continues the tree to what was published, once every leaf of it is proved by the checkpoint and the database's own tree
   * is its beginning. An entry that waited for its place and has got it since is not stored a second time.
   * @returns the entries that were lost, in order
   * @throws RegistryLogError `corrupt` where one tree is not the beginning of the other; LogError for a false checkpoint
   */
  async adopt(tx: EntityManager, log: LogName, published: PublishedTree): Promise<readonly AdoptedEntry[]> {
    const size = await this.lock(tx, log);
    const checkpoint = verifyCheckpoint(published.note, await this.identityOf(tx, log));
    const last = await this.repository.findCheckpoint(tx, log);
    const edge = RightEdge.empty();
    const hashes: Uint8Array[] = [];
    let continues = size === 0;
    for (const leaf of published.leaves) {
      const added = edge.append(hashLeaf(leaf));
      if (edge.size > size) hashes.push(...added);
      if (edge.size === size) continues = last?.size === size && equalBytes(last.root, edge.root());
    }
    if (checkpoint.size !== edge.size || !equalBytes(checkpoint.root, edge.root()))
      throw new RegistryLogError(
        'corrupt',
        `已发布的日志 ${log} 的条目与它的检查点不符，不能从它续接。请另取一份完好的已发布文件。`,
      );
    if (checkpoint.size <= size) {
      const root = await this.repository.findRoot(tx, log, checkpoint.size);
      continues = checkpoint.size === 0 || (root !== undefined && equalBytes(root, checkpoint.root));
    }
    if (!continues)
      throw new RegistryLogError(
        'corrupt',
        `数据库里日志 ${log} 的 ${size} 条不是已发布的 ${checkpoint.size} 条的开头：两棵树已经分叉，不能续接。`,
      );
    if (checkpoint.size <= size) return [];

    const { ids, added } = await this.place(tx, log, published, size);
    await this.repository.insertLeaves(tx, log, size, ids.map(String));
    await this.repository.insertHashes(tx, log, storedHashCount(size), hashes);
    await this.repository.insertCheckpoint(tx, log, {
      size: checkpoint.size,
      root: checkpoint.root,
      note: published.note,
    });
    return added;
  }

  /** An entry for every leaf behind the tree: the one that waits for its place, or a new one. */
  private async place(
    tx: EntityManager,
    log: LogName,
    { leaves, describe }: PublishedTree,
    from: number,
  ): Promise<{ ids: readonly number[]; added: readonly AdoptedEntry[] }> {
    const waiting = new Map<string, number[]>();
    for (const { id, leafHash } of await this.repository.pendingEntries(tx, log, Number.MAX_SAFE_INTEGER)) {
      const hash = encodeHex(leafHash);
      waiting.set(hash, [...(waiting.get(hash) ?? []), Number(id)]);
    }
    const lost: EntryToStore[] = [];
    const found = leaves.slice(from).map((leaf) => {
      const leafHash = hashLeaf(leaf);
      const id = waiting.get(encodeHex(leafHash))?.shift();
      if (id === undefined) lost.push({ leaf, leafHash, ...describe(leaf) });
      return id;
    });
    const inserted = await this.repository.insertEntries(tx, log, lost);
    const added = lost.map(({ leaf }, at) => ({ entryId: inserted[at] ?? 0, leaf }));
    const rest = added.values();
    return { ids: found.map((id) => id ?? rest.next().value?.entryId ?? 0), added };
  }
}
