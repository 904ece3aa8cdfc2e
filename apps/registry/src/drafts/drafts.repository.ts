import type { AccountName, ChangePair, Draft, DraftChange } from '@mandate/drafting';
import { ContentBlob } from '@mandate/encoding';
import type { Register } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DraftChangeRow } from './draft-change.entity.ts';
import { DraftRow } from './draft.entity.ts';

/** Rows a statement carries. */
const BATCH = 500;
/** Numbers among which doubtful changes are looked for at once. */
const DOUBTFUL_WINDOW = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As a statement carries it. */
export type StoredChange = Omit<DraftChangeRow, 'content' | 'editedAt'> & {
  /** canonical JSON, whose UTF-8 will be the blob */
  content: string;
};

/** `editedBy` is a login. */
export type ChangeQueryRow = StoredChange;
type DraftQueryRow = DraftRow & { authorName: AccountName };

/** A draft under way that changes the same key. */
export interface OtherDraft {
  readonly draft: string;
  readonly title: string;
  readonly state: string;
  readonly author: string;
}

/** Changes whose numbers come after `after`. */
interface ChangesWanted {
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  readonly doubtful?: boolean | undefined;
}

export type DraftFields = Pick<
  DraftRow,
  'title' | 'effectiveDate' | 'reason' | 'document' | 'backdatedReason' | 'edition'
>;

/** The content as text: as bytes it would come in hexadecimal, twice as long, to be decoded two times over. */
export const CHANGE_COLUMNS = `c.draft_id AS "draftId", c.number, c.version, c.removed, c.register, c.key, c.kind,
  convert_from(c.content, 'UTF8') AS content, c.base_blob AS "baseBlob", c.effective_date::text AS "effectiveDate", c.reason, c.document, c.related, c.place, c.doubts,
  c.pair, a.login AS "editedBy"`;

const DRAFT_COLUMNS = `d.id, d.scope, d.list, d.title, d.effective_date::text AS "effectiveDate", d.reason, d.document,
  d.backdated_reason AS "backdatedReason", d.edition, d.missing, d.state, d.version, d.created_at AS "createdAt",
  d.changed_at AS "changedAt", jsonb_build_object('login', a.login, 'displayName', a.display_name) AS "authorName"`;

@Injectable()
export class DraftsRepository {
  /** How many there are of each state, and how many of these came of imported files. */
  async countsByState(
    tx: EntityManager,
  ): Promise<readonly { state: DraftRow['state']; count: number; imported: number }[]> {
    const rows = await tx.query<{ state: DraftRow['state']; count: string; imported: string }[]>(
      `SELECT state, count(*) AS count, count(report) AS imported FROM draft GROUP BY state`,
    );
    return rows.map(({ state, count, imported }) => ({
      state,
      count: Number(count),
      imported: Number(imported),
    }));
  }

  async insert(tx: EntityManager, row: Omit<DraftRow, 'createdAt' | 'changedAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO draft (id, scope, list, title, effective_date, reason, document, backdated_reason, edition, report,
         missing, sources, state, version, author)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb, $12::jsonb, $13, $14, $15)`,
      [
        row.id,
        row.scope,
        row.list,
        row.title,
        row.effectiveDate,
        row.reason,
        row.document,
        row.backdatedReason,
        row.edition === null ? null : JSON.stringify(row.edition),
        row.report === null ? null : JSON.stringify(row.report),
        JSON.stringify(row.missing),
        JSON.stringify(row.sources),
        row.state,
        row.version,
        row.author,
      ],
    );
  }

  /** Nobody else acts on the draft until the transaction ends. */
  async lock(tx: EntityManager, id: string): Promise<Draft | undefined> {
    if (!UUID.test(id)) return undefined;
    await tx.query('SELECT FROM draft WHERE id = $1 FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  async find(tx: EntityManager, id: string): Promise<Draft | undefined> {
    if (!UUID.test(id)) return undefined;
    const [row] = await tx.query<DraftQueryRow[]>(
      `SELECT ${DRAFT_COLUMNS}, d.report FROM draft d JOIN account_name a ON a.id = d.author WHERE d.id = $1`,
      [id],
    );
    return row && toDraft(row);
  }

  /** Without their reports, newest first. @param after the last draft of the page before */
  async page(
    tx: EntityManager,
    wanted: {
      list: string | undefined;
      state: string | undefined;
      after: { at: Date; id: string } | undefined;
      limit: number;
    },
  ): Promise<readonly Draft[]> {
    const rows = await tx.query<DraftQueryRow[]>(
      // Milliseconds are what a Date, and so a cursor, can say.
      `SELECT ${DRAFT_COLUMNS}, NULL AS report FROM draft d JOIN account_name a ON a.id = d.author
       WHERE ($1::text IS NULL OR d.list = $1) AND ($2::text IS NULL OR d.state = $2)
         AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', d.created_at), d.id) < ($3, $4::uuid))
       ORDER BY date_trunc('milliseconds', d.created_at) DESC, d.id DESC LIMIT $5`,
      [
        wanted.list ?? null,
        wanted.state ?? null,
        wanted.after?.at ?? null,
        wanted.after?.id ?? null,
        wanted.limit,
      ],
    );
    return rows.map(toDraft);
  }

  async setState(
    tx: EntityManager,
    id: string,
    { state, version }: Pick<DraftRow, 'state' | 'version'>,
  ): Promise<void> {
    await tx.query('UPDATE draft SET state = $2, version = $3, changed_at = now() WHERE id = $1', [
      id,
      state,
      version,
    ]);
  }

  async describe(tx: EntityManager, id: string, fields: DraftFields): Promise<void> {
    await tx.query(
      `UPDATE draft SET title = $2, effective_date = $3, reason = $4, document = $5, backdated_reason = $6,
         edition = $7::jsonb WHERE id = $1`,
      [
        id,
        fields.title,
        fields.effectiveDate,
        fields.reason,
        fields.document,
        fields.backdatedReason,
        fields.edition === null ? null : JSON.stringify(fields.edition),
      ],
    );
  }

  /** What an import told of its files, and what they did not hold. */
  async setSource(
    tx: EntityManager,
    id: string,
    { report, missing, sources }: Pick<DraftRow, 'report' | 'missing' | 'sources'>,
  ): Promise<void> {
    await tx.query(
      'UPDATE draft SET report = $2::jsonb, missing = $3::jsonb, sources = $4::jsonb WHERE id = $1',
      [id, report === null ? null : JSON.stringify(report), JSON.stringify(missing), JSON.stringify(sources)],
    );
  }

  async insertChanges(tx: EntityManager, rows: readonly StoredChange[]): Promise<void> {
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      const column = <K extends keyof StoredChange>(name: K): StoredChange[K][] =>
        batch.map((row) => row[name]);
      // In one piece: as elements of an array they would be written in hexadecimal, twice as long, and read back from it.
      const contents = Buffer.from(column('content').join(''));
      const lengths = batch.map(({ content }) => Buffer.byteLength(content));
      let end = 1;
      const starts = lengths.map((length) => (end += length) - length);
      await tx.query(
        `INSERT INTO draft_change (draft_id, number, version, removed, register, key, kind, content, base_blob,
           effective_date, reason, document, related, place, doubts, pair, edited_by)
         SELECT draft_id, number, version, removed, register, key, kind, substring($8::bytea, start, length),
           base_blob, effective_date, reason, document, related, place, doubts, pair, edited_by
         FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::boolean[], $5::text[], $6::text[], $7::text[],
           $9::text[], $10::date[], $11::text[], $12::text[], $13::text[], $14::jsonb[], $15::jsonb[], $16::jsonb[],
           $17::uuid[], $18::integer[], $19::integer[])
           AS row (draft_id, number, version, removed, register, key, kind, base_blob, effective_date, reason, document,
             related, place, doubts, pair, edited_by, start, length)`,
        [
          column('draftId'),
          column('number'),
          column('version'),
          column('removed'),
          column('register'),
          column('key'),
          column('kind'),
          contents,
          column('baseBlob'),
          column('effectiveDate'),
          column('reason'),
          column('document'),
          column('related'),
          batch.map(({ place }) => (place === null ? null : JSON.stringify(place))),
          batch.map(({ doubts }) => JSON.stringify(doubts)),
          batch.map(({ pair }) => (pair === null ? null : JSON.stringify(pair))),
          column('editedBy'),
          starts,
          lengths,
        ],
      );
    }
  }

  /** The changes of a draft as they are now, in order. */
  async changes(
    tx: EntityManager,
    id: string,
    { after = 0, limit, doubtful = false }: ChangesWanted = {},
  ): Promise<readonly DraftChange[]> {
    if (limit === undefined) return this.changesBetween(tx, id, { after, doubtful });
    // Numbers have no gaps: a page is looked for among so many, and not by putting all that are left into order.
    const window = doubtful ? Math.max(limit, DOUBTFUL_WINDOW) : limit;
    const found: DraftChange[] = [];
    for (let from = after; ; from += window) {
      const wanted = { after: from, upTo: from + window, limit: limit - found.length, doubtful };
      found.push(...(await this.changesBetween(tx, id, wanted)));
      if (found.length >= limit || from + window >= (await this.lastNumber(tx, id))) return found;
    }
  }

  private async changesBetween(
    tx: EntityManager,
    id: string,
    { after, upTo, limit, doubtful }: ChangesWanted & { readonly upTo?: number },
  ): Promise<readonly DraftChange[]> {
    const rows = await tx.query<ChangeQueryRow[]>(
      `SELECT ${CHANGE_COLUMNS}
       FROM (
         SELECT DISTINCT ON (number) number, version, removed FROM draft_change
         WHERE draft_id = $1 AND number > $2 AND ($5::bigint IS NULL OR number <= $5)
         ORDER BY number, version DESC
       ) AS n
       JOIN draft_change c ON c.draft_id = $1 AND c.number = n.number AND c.version = n.version
       JOIN account_name a ON a.id = c.edited_by
       WHERE NOT n.removed AND (NOT $4 OR c.doubts <> '[]') ORDER BY c.number LIMIT $3`,
      [id, after, limit ?? null, doubtful, upTo ?? null],
    );
    return rows.map(toChange);
  }

  /** The newest wording of one change, with whether it was taken out. */
  async findChange(
    tx: EntityManager,
    id: string,
    number: number,
  ): Promise<{ change: DraftChange; removed: boolean } | undefined> {
    const [row] = await tx.query<ChangeQueryRow[]>(
      `SELECT ${CHANGE_COLUMNS} FROM draft_change c JOIN account_name a ON a.id = c.edited_by
       WHERE c.draft_id = $1 AND c.number = $2 ORDER BY c.version DESC LIMIT 1`,
      [id, number],
    );
    return row && { change: toChange(row), removed: row.removed };
  }

  /** The registers that the draft changes, each once. */
  async registers(tx: EntityManager, id: string): Promise<readonly { readonly register: Register }[]> {
    return tx.query<{ register: Register }[]>(
      `SELECT DISTINCT register FROM (
         SELECT DISTINCT ON (number) register, removed FROM draft_change WHERE draft_id = $1
         ORDER BY number, version DESC
       ) AS n WHERE NOT removed`,
      [id],
    );
  }

  /** Another change of the draft to the same key. */
  async findByKey(
    tx: EntityManager,
    id: string,
    { number, register, key }: { number: number; register: string; key: string | undefined },
  ): Promise<DraftChange | undefined> {
    if (key === undefined) return undefined;
    const rows = await tx.query<{ number: number }[]>(
      'SELECT DISTINCT number FROM draft_change WHERE draft_id = $1 AND register = $2 AND key = $3 AND number <> $4',
      [id, register, key, number],
    );
    for (const row of rows) {
      const found = await this.findChange(tx, id, row.number);
      const same = found?.change.key === key && found.change.register === register;
      if (same && !found.removed) return found.change;
    }
    return undefined;
  }

  /** Other drafts under way that ever named this key. */
  async otherDrafts(
    tx: EntityManager,
    id: string,
    { register, key }: { register: string; key: string },
  ): Promise<readonly OtherDraft[]> {
    return tx.query<OtherDraft[]>(
      `SELECT d.id AS draft, d.title, d.state, a.display_name AS author FROM draft d JOIN account_name a ON a.id = d.author
       WHERE d.id <> $1 AND d.state IN ('draft', 'submitted', 'approved', 'rejected')
         AND d.id IN (SELECT c.draft_id FROM draft_change c WHERE c.register = $2 AND c.key = $3)
       ORDER BY d.created_at LIMIT 20`,
      [id, register, key],
    );
  }

  /** How many changes there are, of each kind and doubtful ones. */
  async counts(
    tx: EntityManager,
    id: string,
  ): Promise<{ changes: number; doubtful: number; kinds: Readonly<Record<string, number>> }> {
    const rows = await tx.query<{ kind: string; changes: number; doubtful: number }[]>(
      `SELECT kind, count(*)::integer AS changes, count(*) FILTER (WHERE doubts <> '[]')::integer AS doubtful
       FROM (
         SELECT DISTINCT ON (number) kind, doubts, removed FROM draft_change WHERE draft_id = $1
         ORDER BY number, version DESC
       ) AS n WHERE NOT removed GROUP BY kind ORDER BY kind`,
      [id],
    );
    return {
      changes: rows.reduce((sum, { changes }) => sum + changes, 0),
      doubtful: rows.reduce((sum, { doubtful }) => sum + doubtful, 0),
      kinds: Object.fromEntries(rows.map(({ kind, changes }) => [kind, changes])),
    };
  }

  /** The highest number ever given in a draft. */
  async lastNumber(tx: EntityManager, id: string): Promise<number> {
    const [row] = await tx.query<{ last: number | null }[]>(
      'SELECT max(number) AS last FROM draft_change WHERE draft_id = $1',
      [id],
    );
    return row?.last ?? 0;
  }
}

function toDraft(row: DraftQueryRow): Draft {
  const { authorName, document, backdatedReason, edition, report, ...rest } = row;
  return {
    ...rest,
    author: authorName,
    document: document ?? undefined,
    backdatedReason: backdatedReason ?? undefined,
    edition: edition ?? undefined,
    report: report ?? undefined,
  };
}

export function toChange(row: ChangeQueryRow): DraftChange {
  const content = ContentBlob.stored(row.content);
  const change = {
    number: row.number,
    version: row.version,
    register: row.register,
    key: row.key ?? undefined,
    kind: row.kind,
    value: content.value,
    get blob() {
      return content.name;
    },
    baseBlob: row.baseBlob ?? undefined,
    effectiveDate: row.effectiveDate ?? undefined,
    reason: row.reason ?? undefined,
    document: row.document ?? undefined,
    related: row.related ?? undefined,
    place: row.place ?? undefined,
    doubts: row.doubts,
    pair: row.pair === null ? undefined : toldPair(row.pair),
    editedBy: row.editedBy,
  };
  // For whoever lists it, and no part of what a reader is shown: it is not told, and a copy that changes the value loses it.
  return Object.defineProperty(change, 'content', { value: content });
}

/** A pair without the text of the source, which is as long as the change: it is there for whoever answers, and not told. */
function toldPair({ found, ...pair }: ChangePair): ChangePair {
  return Object.defineProperty({ ...pair, found }, 'found', { value: found, enumerable: false });
}
