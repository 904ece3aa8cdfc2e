import { Injectable } from '@nestjs/common';
import { OrganSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { ItemsService } from './items.service.ts';
import { ListsError } from './lists.errors.ts';
import { ListsService } from './lists.service.ts';

/** The lists as the public reads them. */
@Injectable()
export class ListReaderService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly items: ItemsService,
  ) {}

  async organs(asOf: Date | undefined) {
    const records = await this.lists.records(this.source.manager, 'organ', asOf ? { asOf } : {});
    return { organs: records.map(({ value }) => OrganSchema.parse(value)) };
  }

  /** @throws ListsError `organ-not-found` | `invalid-cursor` */
  async page(query: {
    organ?: string | undefined;
    category?: string | undefined;
    asOf?: Date | undefined;
    limit: number;
    cursor?: string | undefined;
  }) {
    const { organ, category, asOf, limit, cursor } = query;
    if (organ !== undefined) await this.verifyOrgan(organ);
    if (cursor !== undefined && !/^[0-9A-Za-z-]{1,40}\.\d{5}$/.test(cursor))
      throw new ListsError('invalid-cursor', 'cursor 应当是上一页给出的 next。');
    const found = await this.items.heads({ organ, category, asOf, after: cursor, limit: limit + 1 });
    const items = found
      .slice(0, limit)
      .map(({ blob: _blob, index, ...head }) => ({ ...head, ...(index !== undefined && { index }) }));
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, ...(last && { next: last.key }) };
  }

  /** @throws ListsError `item-not-found` */
  async item(organ: string, number: string, asOf: Date | undefined) {
    return this.items.get(itemKey(organ, number), asOf);
  }

  /** @throws ListsError `item-not-found` */
  async history(organ: string, number: string) {
    const key = itemKey(organ, number);
    const records = await this.items.history(key);
    return { key, entries: records.map(({ index, entry, item }) => ({ index, entry, item })) };
  }

  private async verifyOrgan(key: string): Promise<void> {
    const [record] = await this.lists.history(this.source.manager, 'organ', key);
    if (!record) throw new ListsError('organ-not-found', `没有标识为 ${key} 的机关。`);
  }
}

/** An address that cannot be an item's is not asked for: the key may hold anything a person types. */
function itemKey(organ: string, number: string): string {
  const key = `${organ}.${number}`;
  if (!/^[0-9A-Za-z-]{1,40}\.\d{5}$/.test(key)) throw new ListsError('item-not-found', '没有这个事项。');
  return key;
}
