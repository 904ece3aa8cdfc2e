import { Injectable } from '@nestjs/common';
import type { Register } from '@mandate/lists';
import type { QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { readQuery, type Statement } from '../database/read-query.ts';

import { ownedBy } from '../database/owner-range.ts';
export type { Statement } from '../database/read-query.ts';
import { addMoment, Conditions, type Moment } from './moment.ts';

/** A version as lists show it. */
export interface VersionHead {
  readonly key: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly section: string | null;
  readonly state: string | null;
  readonly effectiveDate: string;
  /** place in the log; null until sequenced */
  readonly index: number | null;
}

/** Entry and content as they were appended: canonical JSON. */
export interface StoredVersion {
  readonly key: string;
  readonly index: number | null;
  readonly leaf: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface VersionFilter {
  /** keys `<owner>.…` */
  readonly owner?: string | undefined;
  readonly category?: string | undefined;
  readonly section?: string | undefined;
  readonly state?: string | undefined;
  readonly level?: string | undefined;
}

export interface PageBounds {
  /** key after which to go on */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Versions that are not the same on two days. */
export interface ChangeWindow {
  /** by the day from which entries hold, or by the time at which they were listed */
  readonly by: 'effective_date' | 'listed_at';
  readonly after: string | Date;
  readonly until: string | Date;
}

interface StoredRow {
  key: string;
  index: string | null;
  leaf: Buffer;
  bytes: Buffer;
}

/** Reads of the versions of keys. Every statement reads as much as it answers, however long the lists are. */
@Injectable()
export class ListVersionsRepository {
  constructor(private readonly source: DataSource) {}

  /** One version for each key, in order of the keys. */
  async page(
    register: Register,
    moment: Moment,
    filter: VersionFilter,
    bounds: PageBounds,
  ): Promise<readonly VersionHead[]> {
    const { text, values } = pageStatement(register, moment, filter, bounds);
    // An index stays far below 2^53: as a float it comes as a number.
    return this.read<VersionHead>(
      `SELECT v.key, v.name, v.category, v.section, v.state, v.effective_date::text AS "effectiveDate",
         e.index::float8 AS index
       FROM (${text}) v JOIN stored_entry e ON e.entry_id = v.entry_id ORDER BY v.key`,
      values,
    );
  }

  /** The same with entries and contents. */
  async storedPage(
    register: Register,
    moment: Moment,
    filter: VersionFilter,
    bounds: PageBounds,
  ): Promise<readonly StoredVersion[]> {
    const { text, values } = pageStatement(register, moment, filter, bounds);
    const rows = await this.read<StoredRow>(
      `SELECT v.key, e.index, e.leaf, e.bytes
       FROM (${text}) v JOIN stored_entry e ON e.entry_id = v.entry_id ORDER BY v.key`,
      values,
    );
    return rows.map(toStored);
  }

  async find(register: Register, key: string, moment: Moment): Promise<StoredVersion | undefined> {
    const [row] = await readQuery<StoredRow>(this.source, findStatement(register, key, moment));
    return row && toStored(row);
  }

  /** Entries of a key, oldest first. @param offset how many were read before: none ever comes between them */
  async history(
    register: Register,
    key: string,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<readonly StoredVersion[]> {
    const rows = await this.read<StoredRow>(
      `SELECT e.key, e.index, e.leaf, e.bytes FROM stored_entry e
       WHERE e.register = $1 AND e.key = $2 ORDER BY e.entry_id LIMIT $3 OFFSET $4`,
      [register, key, limit, offset],
    );
    return rows.map(toStored);
  }

  /** Keys with a version in the window, in order. */
  async changedKeys(
    register: Register,
    window: ChangeWindow,
    owner: string | undefined,
    { after, limit }: PageBounds,
  ): Promise<readonly string[]> {
    const statement = changedStatement(register, window, owner, { after, limit });
    const rows = await readQuery<{ key: string }>(this.source, statement);
    return rows.map(({ key }) => key);
  }

  /** All sequenced versions of some keys, of each the oldest first, with what is compared first. */
  async histories(
    register: Register,
    keys: readonly string[],
  ): Promise<
    readonly { key: string; index: number; leaf: Uint8Array; name: string | null; state: string | null }[]
  > {
    const rows = await this.read<{
      key: string;
      index: string;
      leaf: Buffer;
      name: string | null;
      state: string | null;
    }>(
      `SELECT v.key, e.index, e.leaf, v.name, v.state
       FROM list_version v JOIN stored_entry e ON e.entry_id = v.entry_id
       WHERE v.register = $1 AND v.key = ANY ($2::text[]) AND e.index IS NOT NULL ORDER BY v.key, v.entry_id`,
      [register, keys],
    );
    return rows.map((row) => ({ ...row, index: Number(row.index) }));
  }

  private read<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    return readQuery<Row>(this.source, { text, values });
  }
}

/** Exported, as those below, so that a test can ask the planner for its plan. */
export function pageStatement(
  register: Register,
  moment: Moment,
  filter: VersionFilter,
  { after, limit }: PageBounds,
): Statement {
  const where = new Conditions().add('v.register = ?', register);
  addOwner(where, filter.owner);
  if (after !== undefined) where.add('v.key > ?', after);
  if (filter.category !== undefined) where.add('v.category = ?', filter.category);
  if (filter.section !== undefined) where.add('v.section = ?', filter.section);
  if (filter.level !== undefined) where.add('jsonb_exists(v.levels, ?)', filter.level);
  if (filter.state !== undefined) addState(where, filter.state);
  addMoment(where, moment);
  return {
    text: `SELECT v.* FROM list_version v WHERE ${where.text} ORDER BY v.key LIMIT ${limit.toString()}`,
    values: where.values,
  };
}

export function findStatement(register: Register, key: string, moment: Moment): Statement {
  if (moment.asOf === undefined && moment.inForceOn === undefined) {
    return {
      name: 'newest-version',
      text: `SELECT e.key, e.index, e.leaf, e.bytes FROM stored_entry e
        WHERE e.register = $1 AND e.key = $2 ORDER BY e.entry_id DESC LIMIT 1`,
      values: [register, key],
    };
  }
  const where = new Conditions().add('v.register = ?', register).add('v.key = ?', key);
  addMoment(where, moment);
  return {
    text: `SELECT e.key, e.index, e.leaf, e.bytes FROM stored_entry e
      WHERE e.entry_id = (SELECT v.entry_id FROM list_version v WHERE ${where.text})`,
    values: where.values,
  };
}

export function changedStatement(
  register: Register,
  { by, after: from, until }: ChangeWindow,
  owner: string | undefined,
  { after, limit }: PageBounds,
): Statement {
  const where = new Conditions()
    .add('v.register = ?', register)
    .add(`v.${by} > ?`, from)
    .add(`v.${by} <= ?`, until);
  addOwner(where, owner);
  if (after !== undefined) where.add('v.key > ?', after);
  return {
    text: `SELECT DISTINCT v.key FROM list_version v WHERE ${where.text} ORDER BY v.key LIMIT ${limit.toString()}`,
    values: where.values,
  };
}

function addOwner(where: Conditions, owner: string | undefined): void {
  if (owner === undefined) return;
  where.raw(ownedBy('v.key', where.bind(owner)));
}

/** What is not in force is rare and has an index of its own, which the planner takes where it reads the words of it. */
function addState(where: Conditions, state: string): void {
  where.add('v.state = ?', state);
  if (state !== 'in-force') where.raw(`v.state <> 'in-force'`);
}

function toStored({ key, index, leaf, bytes }: StoredRow): StoredVersion {
  return { key, index: placeOf(index), leaf, bytes };
}

function placeOf(index: string | null): number | null {
  return index === null ? null : Number(index);
}
