import { Injectable } from '@nestjs/common';
import { type Organ, OrganSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';

/** The organs of the register: who has a list. */
@Injectable()
export class OrgansService {
  constructor(private readonly lists: ListsService) {}

  /** Every organ ever listed, by key. */
  async list(tx: EntityManager, options: { asOf?: Date } = {}): Promise<readonly Organ[]> {
    const records = await this.lists.records(tx, 'organ', options);
    return records.map(({ value }) => OrganSchema.parse(value));
  }

  /** The organ of this key or full name. */
  async find(tx: EntityManager, keyOrName: string): Promise<Organ | undefined> {
    const organs = await this.list(tx);
    return organs.find(({ key, name, uscc }) => [key, name, uscc].includes(keyOrName));
  }

  /** Enters an organ that is not there yet. @returns how many entries that took: 0 or 1 */
  async enter(
    tx: EntityManager,
    organ: Organ,
    entry: { readonly effectiveDate: string; readonly reason: string },
  ): Promise<number> {
    const [known] = await this.lists.records(tx, 'organ', { organ: organ.key });
    if (known) return 0;
    const { entries } = await this.lists.put(tx, [
      { register: 'organ', key: organ.key, value: organ, ...entry },
    ]);
    return entries.length;
  }
}
