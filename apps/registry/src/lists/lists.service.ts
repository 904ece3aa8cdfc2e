import { Injectable } from '@nestjs/common';
import {
  blobName,
  canonicalBytes,
  type ContentBlob,
  foldText,
  type Json,
  parseJson,
} from '@mandate/encoding';
import {
  AuthorityItemSchema,
  LIST_HEAD_VERSION,
  type ListedItem,
  type ListEntry,
  ListEntrySchema,
  type Register,
} from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import { ownedBy } from '../database/owner-range.ts';
import { ListProjectionRepository } from './list-projection.repository.ts';
import { addMoment, Conditions } from './moment.ts';

/** Something a register is to say from a day on. */
export interface ListChange {
  readonly register: Register;
  readonly key: string;
  /** content of the blob, already of its register's schema */
  readonly value: Json;
  /** the value with its bytes, where they are made already */
  readonly content?: ContentBlob | undefined;
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  readonly reason: string;
  /** key of the organ that decided */
  readonly organ?: string | undefined;
  readonly kind?: ListEntry['kind'];
  /** 文号 */
  readonly document?: string | undefined;
  /** key of the edition with which it comes */
  readonly edition?: string | undefined;
  /** key of the item it was handed to or taken over from */
  readonly related?: string | undefined;
  /** findings that were set aside, with the reasons */
  readonly overruled?: ListEntry['overruled'];
  /** also where it repeats the content of its record: another date, another kind */
  readonly always?: true | undefined;
}

export interface ListRecord {
  readonly entryId: number;
  /** place in the log; absent until sequenced */
  readonly index: number | undefined;
  readonly entry: ListEntry;
  readonly value: Json;
}

// Writers of the lists exclude each other and whoever relies on the lists not changing until his own commit.
const LISTS_LOCK = 4_180_001;

interface Row {
  id: string;
  index: string | null;
  leaf: Buffer;
  bytes: Buffer;
}

/** Registers, entries and records: the only way into the lists log. */
@Injectable()
export class ListsService {
  constructor(
    private readonly log: LogService,
    private readonly versions: ListProjectionRepository,
  ) {}

  /** Until the end of the transaction no other transaction changes the lists. */
  async lockForChange(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LISTS_LOCK]);
  }

  /** Until the end of the transaction nobody changes the lists; others may rely on that at the same time. */
  async lockAgainstChange(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [LISTS_LOCK]);
  }

  /**
   * Appends one entry for each change whose content differs from the record of its key.
   * The caller sequences the log after its transaction has committed.
   * @returns ids of the entries appended, and how many changes said nothing new
   */
  async put(
    tx: EntityManager,
    changes: readonly ListChange[],
  ): Promise<{ entries: readonly number[]; unchanged: number }> {
    await this.lockForChange(tx);
    const newest = await this.versions.newest(tx, changes);
    const said = new Map(newest.map((version) => [idOf(version), version.blob]));
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    const fresh = changes.flatMap((change) => {
      const bytes = change.content?.bytes ?? canonicalBytes(change.value);
      const blob = change.content?.name ?? blobName(bytes);
      if (said.get(idOf(change)) === blob && change.always !== true) return [];
      // A key that is put twice in one call: the second is compared with the first.
      said.set(idOf(change), blob);
      const entry: ListEntry = ListEntrySchema.parse({
        v: 1,
        register: change.register,
        key: change.key,
        time,
        effectiveDate: change.effectiveDate,
        blob,
        reason: change.reason,
        organ: change.organ,
        kind: change.kind,
        document: change.document,
        edition: change.edition,
        related: change.related,
        overruled: change.overruled,
      });
      return [{ bytes, entry, value: change.value }];
    });
    await this.log.putBlobs(
      tx,
      fresh.map(({ bytes }) => bytes),
    );
    const entries = await this.log.append(
      tx,
      'lists',
      fresh.map(({ entry }) => ({
        leaf: canonicalBytes(entry),
        register: entry.register,
        key: entry.key,
        blobHash: entry.blob,
        effectiveDate: entry.effectiveDate,
      })),
    );
    await this.versions.add(
      tx,
      fresh.map(({ entry, value }, i) => ({ entryId: entries[i] ?? 0, entry, value })),
      newest,
    );
    return { entries, unchanged: changes.length - fresh.length };
  }

  /**
   * The newest entry of every key of a register; of one organ's keys where `organ` is given.
   * @param options.inForceOn `YYYY-MM-DD`: the entry that is in force on that day instead, of keys that have one
   */
  async records(
    tx: EntityManager,
    register: Register,
    options: { organ?: string; asOf?: Date; inForceOn?: string } = {},
  ): Promise<readonly ListRecord[]> {
    const where = new Conditions().add('v.register = ?', register);
    if (options.organ !== undefined) {
      const key = where.bind(options.organ);
      where.raw(`(v.key = ${key} OR (${ownedBy('v.key', key)}))`);
    }
    addMoment(where, { asOf: options.asOf, inForceOn: options.inForceOn });
    const rows = await tx.query<Row[]>(
      `SELECT v.entry_id AS id, e.index, e.leaf, e.bytes
       FROM list_version v JOIN stored_entry e ON e.entry_id = v.entry_id
       WHERE ${where.text} ORDER BY v.key`,
      where.values,
    );
    return rows.map(toRecord);
  }

  /** Every entry of a key, oldest first; without one of all keys of the register. */
  async history(tx: EntityManager, register: Register, key?: string): Promise<readonly ListRecord[]> {
    const rows = await tx.query<Row[]>(
      `SELECT e.entry_id AS id, e.index, e.leaf, e.bytes FROM stored_entry e
       WHERE e.register = $1 AND ($2::text IS NULL OR e.key = $2) ORDER BY e.index NULLS LAST, e.entry_id`,
      [register, key ?? null],
    );
    return rows.map(toRecord);
  }

  /** The entries of one item as the mandate rule reads them. One that is not sequenced yet counts as listed last. */
  async listedItems(
    tx: EntityManager,
    key: string,
  ): Promise<readonly (ListedItem & { readonly entryId: number })[]> {
    const records = await this.history(tx, 'authority-item', key);
    return records.map(({ entryId, index, entry, value }, i) => ({
      entryId,
      index: index ?? Number.MAX_SAFE_INTEGER - records.length + i,
      entry,
      item: AuthorityItemSchema.parse(value),
    }));
  }

  /** Works the versions out anew from entries and blobs, for whoever brought entries in by another way than `put`. */
  async rebuildVersions(tx: EntityManager): Promise<void> {
    await this.lockForChange(tx);
    await this.versions.rebuild(tx, Math.max((await this.versions.version(tx)) ?? 0, LIST_HEAD_VERSION));
  }

  /** How many entries the registers have together. */
  async countEntries(tx: EntityManager, registers: readonly Register[]): Promise<number> {
    const [row] = await tx.query<{ count: string }[]>(
      `SELECT count(*) FROM list_version WHERE register = ANY ($1::text[])`,
      [registers],
    );
    return Number(row?.count ?? 0);
  }

  /** Keys of an organ's items that bear, or once bore, this name and category. */
  async findItemKeys(
    tx: EntityManager,
    organ: string,
    wanted: { name: string; category: string },
  ): Promise<readonly string[]> {
    const rows = await tx.query<{ key: string }[]>(
      `SELECT DISTINCT v.key FROM list_version v
       WHERE v.register = 'authority-item' AND ${ownedBy('v.key', '$1')}
         AND v.name = $2 AND v.category = $3
       ORDER BY v.key`,
      [organ, wanted.name, wanted.category],
    );
    return rows.map((row) => row.key);
  }

  /** The same for names that only spell it otherwise: with blanks, look-alikes, full width. Slower, for what has no exact name. */
  async findItemKeysLike(
    tx: EntityManager,
    organ: string,
    wanted: { name: string; category?: string },
  ): Promise<readonly string[]> {
    const rows = await tx.query<{ key: string; name: string }[]>(
      `SELECT DISTINCT v.key, v.name FROM list_version v
       WHERE v.register = 'authority-item' AND ${ownedBy('v.key', '$1')}
         AND ($2::text IS NULL OR v.category = $2)
       ORDER BY v.key`,
      [organ, wanted.category ?? null],
    );
    const name = foldText(wanted.name);
    return [...new Set(rows.flatMap((row) => (foldText(row.name) === name ? [row.key] : [])))];
  }
}

function idOf({ register, key }: { readonly register: string; readonly key: string }): string {
  return `${register}\n${key}`;
}

function toRecord(row: Row): ListRecord {
  return {
    entryId: Number(row.id),
    index: row.index === null ? undefined : Number(row.index),
    entry: ListEntrySchema.parse(parseJson(row.leaf)),
    value: parseJson(row.bytes),
  };
}
