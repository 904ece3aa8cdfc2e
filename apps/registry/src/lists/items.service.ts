import { Injectable } from '@nestjs/common';
import { type AuthorityItem, AuthorityItemSchema, entryInForceOn, type ListEntry } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import { ListsError } from './lists.errors.ts';
import { type ListRecord, ListsService } from './lists.service.ts';

const MAX_NUMBER = 99_999;

/** The newest record of an item, without its wording. */
export interface ItemHead {
  readonly key: string;
  readonly organ: string;
  readonly name: string;
  readonly category: string;
  readonly state: AuthorityItem['state'];
  /** name of its blob */
  readonly blob: string;
  readonly effectiveDate: string;
  /** place in the log; absent until sequenced */
  readonly index: number | undefined;
}

export interface ItemRecord {
  readonly key: string;
  readonly index: number | undefined;
  readonly entry: ListEntry;
  readonly item: AuthorityItem;
}

interface HeadRow {
  key: string;
  organ: string;
  name: string;
  category: string;
  state: AuthorityItem['state'];
  blob: string;
  effective_date: string;
  index: string | null;
}

/** The items of the lists: reads, and the keys they get. */
@Injectable()
export class ItemsService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
  ) {}

  /**
   * Newest record of every item, cancelled ones too, in order of their keys.
   * @param options.asOf what was listed at that instant
   * @param options.after key after which to go on
   */
  async heads(
    options: {
      organ?: string | undefined;
      category?: string | undefined;
      asOf?: Date | undefined;
      after?: string | undefined;
      limit?: number | undefined;
    } = {},
    tx: EntityManager = this.source.manager,
  ): Promise<readonly ItemHead[]> {
    // starts_with, not a range: what lies between two keys depends on the collation of the server.
    const rows = await tx.query<HeadRow[]>(
      `SELECT h.key, h.blob, h.effective_date, l.index, c.content ->> 'organ' AS organ, c.content ->> 'name' AS name,
              c.content ->> 'category' AS category, c.content ->> 'state' AS state
       FROM (
         SELECT DISTINCT ON (e.key COLLATE "C") e.id, e.key COLLATE "C" AS key, e.blob_hash AS blob,
                e.effective_date::text
         FROM entry e
         WHERE e.log = 'lists' AND e.register = 'authority-item'
           AND ($1::text IS NULL OR starts_with(e.key, $1 || '.'))
           AND ($2::timestamptz IS NULL OR (convert_from(e.leaf, 'UTF8')::jsonb ->> 'time')::timestamptz <= $2)
           AND ($3::text IS NULL OR e.key COLLATE "C" > $3)
         ORDER BY e.key COLLATE "C", e.id DESC
       ) AS h
       -- Contents are long: one after another in order of the keys, until there are enough.
       CROSS JOIN LATERAL (
         SELECT convert_from(b.bytes, 'UTF8')::jsonb AS content FROM blob b WHERE b.hash = h.blob OFFSET 0
       ) AS c
       LEFT JOIN log_leaf l ON l.entry_id = h.id
       WHERE $4::text IS NULL OR c.content ->> 'category' = $4
       ORDER BY h.key LIMIT $5`,
      [
        options.organ ?? null,
        options.asOf ?? null,
        options.after ?? null,
        options.category ?? null,
        options.limit ?? null,
      ],
    );
    return rows.map(({ effective_date: effectiveDate, index, ...head }) => ({
      ...head,
      effectiveDate,
      index: index === null ? undefined : Number(index),
    }));
  }

  /**
   * Keys for items that are new to an organ: five digits, one after another, never given twice.
   * @throws ListsError `too-many-items`
   */
  newKeys(organ: string, heads: readonly Pick<ItemHead, 'key'>[]): () => string {
    let last = heads.reduce((most, { key }) => Math.max(most, Number(key.slice(organ.length + 1))), 0);
    return () => {
      last += 1;
      if (last > MAX_NUMBER)
        throw new ListsError('too-many-items', `一个机关最多有 ${MAX_NUMBER.toString()} 个事项。`);
      return `${organ}.${last.toString().padStart(5, '0')}`;
    };
  }

  /** Newest record of an item as it was listed at an instant. @throws ListsError `item-not-found` */
  async get(key: string, asOf?: Date): Promise<ItemRecord> {
    const history = await this.history(key);
    const until = asOf && `${asOf.toISOString().slice(0, 19)}Z`;
    const found = history.findLast(({ entry }) => until === undefined || entry.time <= until);
    if (!found) throw new ListsError('item-not-found', `没有标识为 ${key} 的事项。`);
    return found;
  }

  /** The entry of an item that is in force on a day, `YYYY-MM-DD`; undefined before its first. */
  async findInForce(key: string, day: string): Promise<ItemRecord | undefined> {
    const history = await this.history(key);
    const placed = history.map((record, n) => ({
      ...record,
      // What is not sequenced yet counts as listed last.
      index: record.index ?? Number.MAX_SAFE_INTEGER - history.length + n,
    }));
    const found = entryInForceOn(placed, day);
    return found && history.find(({ entry }) => entry === found.entry);
  }

  /** Every entry of an item, oldest first. @throws ListsError `item-not-found` */
  async history(key: string): Promise<readonly ItemRecord[]> {
    const records = await this.lists.history(this.source.manager, 'authority-item', key);
    if (records.length === 0) throw new ListsError('item-not-found', `没有标识为 ${key} 的事项。`);
    return records.map((record) => toItem(key, record));
  }
}

function toItem(key: string, { index, entry, value }: ListRecord): ItemRecord {
  return { key, index, entry, item: AuthorityItemSchema.parse(value) };
}
