import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LIST_HEAD_VERSION } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ListProjectionRepository } from './list-projection.repository.ts';
import { ListsService } from './lists.service.ts';

/** Before anybody reads: versions that an older program worked out are worked out by this one's description. */
@Injectable()
export class ListProjectionService implements OnApplicationBootstrap {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly versions: ListProjectionRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const version = await this.versions.version(this.source.manager);
    // A database that waits for its migration says so elsewhere; one of a newer program is that program's affair.
    if (version !== undefined && version < LIST_HEAD_VERSION) await this.rebuild();
  }

  /** Works all versions out anew. Of several processes at once one does it, and the others find it done. */
  async rebuild({ even }: { even?: 'current' } = {}): Promise<void> {
    await inTransaction(this.source, async (tx) => {
      await this.lists.lockForChange(tx);
      const version = (await this.versions.version(tx)) ?? 0;
      if (version < LIST_HEAD_VERSION || even === 'current') {
        await this.versions.rebuild(tx, Math.max(version, LIST_HEAD_VERSION));
      }
    });
  }
}
