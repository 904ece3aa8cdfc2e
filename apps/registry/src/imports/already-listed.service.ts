import { Injectable } from '@nestjs/common';
import { foldText } from '@mandate/encoding';
import type { ChangeKind } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { PublishedDraft } from '@mandate/drafting';
import { ItemsService } from '../lists/items.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { ImportError } from './imports.errors.ts';

/**
 * A new item has no key that two drafts could meet in: the same power, listed by another draft after this one was made
 * and before it is published, would stand in the list twice.
 */
@Injectable()
export class AlreadyListedService {
  constructor(
    private readonly items: ItemsService,
    private readonly lists: ListsService,
  ) {}

  /** @throws ImportError `already-listed`, which undoes the publication */
  async refuse(tx: EntityManager, { draft, changes }: PublishedDraft): Promise<void> {
    const isNew = (kind: ChangeKind): boolean => kind === 'added' || kind === 'recorded';
    const added = new Set(changes.filter(({ kind }) => isNew(kind)).map(({ key }) => key));
    if (added.size === 0) return;
    const own = new Set(changes.map(({ key }) => key));
    const heads = await this.items.heads({ organ: draft.list }, tx);
    const same = (head: { category: string; name: string }): string =>
      `${head.category} ${foldText(head.name)}`;
    const wanted = new Set(heads.filter(({ key }) => added.has(key)).map(same));
    const since = `${draft.createdAt.toISOString().slice(0, 19)}Z`;
    for (const head of heads) {
      if (own.has(head.key) || head.state === 'cancelled' || !wanted.has(same(head))) continue;
      const [first] = await this.lists.history(tx, 'authority-item', head.key);
      // Of those that were there before, the import has seen each and found another place for it.
      if (first && first.entry.time >= since)
        throw new ImportError(
          'already-listed',
          `“${head.name}”（${head.key}）在这份草稿起草之后已由别的草稿列入。请撤回这份草稿，重新导入同一文件：已列入的会自动对上。`,
          { extension: { key: head.key } },
        );
    }
  }
}
