import { Injectable } from '@nestjs/common';
import { type AuthorityItem, AuthorityItemSchema, entryInForceOn, type ListEntry } from '@mandate/lists';
import { itemKey, parseItemKey } from '@mandate/published';
import { DataSource, type EntityManager } from 'typeorm';
import { ownedBy } from '../database/owner-range.ts';
import { type ComparedItem, ComparedItemsRepository } from './compared-items.repository.ts';
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

export type { ComparedItem } from './compared-items.repository.ts';

export interface ItemRecord {
  readonly key: string;
  readonly index: number | undefined;
  readonly entry: ListEntry;
  readonly item: AuthorityItem;
}

interface HeadRow {
  key: string;
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
    private readonly contents: ComparedItemsRepository,
  ) {}

  /** Newest record of every item, or of every item of an organ, cancelled ones too, in order of their keys. */
  async heads(
    { organ }: { organ?: string | undefined } = {},
    tx: EntityManager = this.source.manager,
  ): Promise<readonly ItemHead[]> {
    const rows = await tx.query<HeadRow[]>(
      `SELECT v.key, e.blob_hash AS blob, v.effective_date::text, e.index, v.name, v.category, v.state
       FROM list_version v JOIN stored_entry e ON e.entry_id = v.entry_id
       WHERE v.register = 'authority-item' AND v.newest
         ${organ === undefined ? '' : `AND ${ownedBy('v.key', '$1')}`}
       ORDER BY v.key`,
      organ === undefined ? [] : [organ],
    );
    return rows.map(({ effective_date: effectiveDate, index, ...head }) => ({
      ...head,
      organ: parseItemKey(head.key).list,
      effectiveDate,
      index: index === null ? undefined : Number(index),
    }));
  }

  /** What is compared of every item that was ever listed for one of these organs. */
  async comparedItems(tx: EntityManager, organs: readonly string[]): Promise<readonly ComparedItem[]> {
    return this.contents.compared(tx, organs);
  }

  /**
   * Keys for items that are new to an organ: five digits, one after another, never given twice.
   * @throws ListsError `too-many-items`
   */
  newKeys(organ: string, heads: readonly Pick<ItemHead, 'key'>[]): () => string {
    let last = heads.reduce((most, { key }) => Math.max(most, Number(parseItemKey(key).number)), 0);
    return () => {
      last += 1;
      if (last > MAX_NUMBER)
        throw new ListsError('too-many-items', `一个机关最多有 ${MAX_NUMBER.toString()} 个事项。`);
      return itemKey(organ, last.toString().padStart(5, '0'));
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
