import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ItemsService } from '../lists/items.service.ts';
import { StandingService } from '../lists/standing.service.ts';
import type { CheckedChange } from './draft-checks.service.ts';

export type KeyedChange = CheckedChange & { readonly key: string };

/** Keys for what a draft lists anew. */
@Injectable()
export class DraftKeysService {
  constructor(
    private readonly items: ItemsService,
    private readonly standing: StandingService,
  ) {}

  /**
   * All changes by number with their keys, new ones for items that have none yet. Under `lockForChange` nobody else gets
   * those.
   * @throws ListsError `too-many-items`
   */
  async of(tx: EntityManager, changes: readonly CheckedChange[]): Promise<ReadonlyMap<number, KeyedChange>> {
    const nextOf = new Map<string, () => string>();
    const keyed = new Map<number, KeyedChange>();
    for (const change of changes) {
      const { number, key, list } = change;
      if (key !== undefined) {
        keyed.set(number, { ...change, key });
        continue;
      }
      let next = nextOf.get(list);
      if (next === undefined) {
        next = this.items.newKeys(list, await this.standing.ofList(tx, 'authority-item', list));
        nextOf.set(list, next);
      }
      keyed.set(number, { ...change, key: next() });
    }
    return keyed;
  }
}
