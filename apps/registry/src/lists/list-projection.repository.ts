import { Injectable } from '@nestjs/common';
import { type Json, parseJson } from '@mandate/encoding';
import { headOf, type ListEntry, ListEntrySchema, type Register } from '@mandate/lists';
import type { EntityManager } from 'typeorm';

/** Rows a statement carries. */
const BATCH = 1_000;

/** An entry with what it says. */
export interface AppendedEntry {
  readonly entryId: number;
  readonly entry: ListEntry;
  /** content of its blob; undefined where it was redacted */
  readonly value: Json | undefined;
}

export interface NewestVersion {
  readonly entryId: number;
  readonly register: Register;
  readonly key: string;
  readonly blob: string;
}

/**
 * Writes what lists are found and filtered by: a row for each entry of the lists, worked out by `headOf` from what the
 * entry says. Written by whoever appends the entry, in the same transaction: one without its version is refused at commit.
 */
@Injectable()
export class ListProjectionRepository {
  /** The newest version of each of these keys that is listed at all. */
  async newest(
    tx: EntityManager,
    wanted: readonly { readonly register: Register; readonly key: string }[],
  ): Promise<readonly NewestVersion[]> {
    const rows = await tx.query<(Omit<NewestVersion, 'entryId'> & { id: string })[]>(
      `SELECT e.entry_id AS id, e.register, e.key, e.blob_hash AS blob
       FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS w (register, key)
       CROSS JOIN LATERAL (
         SELECT s.* FROM stored_entry s WHERE s.register = w.register AND s.key = w.key
         ORDER BY s.entry_id DESC LIMIT 1
       ) AS e`,
      [wanted.map(({ register }) => register), wanted.map(({ key }) => key)],
    );
    return rows.map(({ id, ...row }) => ({ ...row, entryId: Number(id) }));
  }

  /**
   * @param added in the order in which they were appended
   * @param before what was the newest of their keys until then
   */
  async add(
    tx: EntityManager,
    added: readonly AppendedEntry[],
    before: readonly NewestVersion[],
  ): Promise<void> {
    const last = new Map(added.map(({ entryId, entry }) => [idOf(entry), entryId]));
    const replaced = before.filter((version) => last.has(idOf(version))).map(({ entryId }) => entryId);
    await tx.query('UPDATE list_version SET newest = false WHERE entry_id = ANY ($1::bigint[])', [replaced]);
    for (let start = 0; start < added.length; start += BATCH) {
      await this.insert(tx, added.slice(start, start + BATCH), ({ entryId, entry }) => {
        return last.get(idOf(entry)) === entryId;
      });
    }
  }

  /** By which `LIST_HEAD_VERSION` the versions were worked out; undefined before the table is there. */
  async version(tx: EntityManager): Promise<number | undefined> {
    const [{ there }] = await tx.query<[{ there: boolean }]>(
      `SELECT to_regclass('list_projection') IS NOT NULL AS there`,
    );
    if (!there) return undefined;
    const [row] = await tx.query<{ version: number }[]>('SELECT version FROM list_projection');
    return row?.version;
  }

  /** Works all versions out anew, from entries and blobs alone. Nobody may append meanwhile. */
  async rebuild(tx: EntityManager, version: number): Promise<void> {
    await tx.query('DELETE FROM list_version');
    for (let after = 0; ;) {
      const rows = await tx.query<{ id: string; leaf: Buffer; bytes: Buffer | null; newest: boolean }[]>(
        `SELECT e.entry_id AS id, e.leaf, e.bytes, NOT EXISTS (
           SELECT FROM stored_entry n WHERE n.register = e.register AND n.key = e.key AND n.entry_id > e.entry_id
         ) AS newest
         FROM stored_entry e WHERE e.entry_id > $1 ORDER BY e.entry_id LIMIT $2`,
        [after, BATCH],
      );
      const newest = new Set(rows.flatMap(({ id, newest }) => (newest ? Number(id) : [])));
      const entries = rows.map(({ id, leaf, bytes }) => ({
        entryId: Number(id),
        entry: ListEntrySchema.parse(parseJson(leaf)),
        value: bytes === null ? undefined : parseJson(bytes),
      }));
      await this.insert(tx, entries, ({ entryId }) => newest.has(entryId));
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.entryId;
    }
    await tx.query('UPDATE list_projection SET version = $1', [version]);
  }

  private async insert(
    tx: EntityManager,
    entries: readonly AppendedEntry[],
    isNewest: (entry: AppendedEntry) => boolean,
  ): Promise<void> {
    if (entries.length === 0) return;
    const heads = entries.map(({ entry, value }) => headOf(entry.register, value));
    await tx.query(
      `INSERT INTO list_version
         (entry_id, register, key, listed_at, effective_date, newest, name, category, section, state, levels)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::date[], $6::boolean[],
         $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[])`,
      [
        entries.map(({ entryId }) => entryId),
        entries.map(({ entry }) => entry.register),
        entries.map(({ entry }) => entry.key),
        entries.map(({ entry }) => entry.time),
        entries.map(({ entry }) => entry.effectiveDate),
        entries.map(isNewest),
        heads.map(({ name }) => name),
        heads.map(({ category }) => category),
        heads.map(({ section }) => section),
        heads.map(({ state }) => state),
        heads.map(({ levels }) => levels && JSON.stringify(levels)),
      ],
    );
  }
}

function idOf({ register, key }: { readonly register: string; readonly key: string }): string {
  return `${register}\n${key}`;
}
