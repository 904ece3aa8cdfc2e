import { Injectable } from '@nestjs/common';
import { type CertificateEvent, CertificateSchema, subjectCommitment } from '@mandate/certificate';
import { parseJson } from '@mandate/encoding';
import type { EntityManager } from 'typeorm';
import { type Beginning, type Loss, skipLost } from './skip-lost.ts';
import { STATUS_LIST_BITS } from './status-places.ts';

/** Rows that are read at once. */
const BATCH = 500;

/** An event of the certificates log that the database had lost, with the row that it has now. */
export interface FoundEvent {
  readonly entryId: number;
  readonly event: CertificateEvent;
}

/** What the certificates make of a log that went on without this database. */
@Injectable()
export class ContinuationService {
  skip(tx: EntityManager, loss: Loss): Promise<Beginning> {
    return skipLost(tx, loss);
  }

  /**
   * A revocation that was lost, of a certificate that was not, is known by its commitment: it gets its row again, or the
   * next status list would say of a revoked certificate that it is good.
   * @returns how many revocations found their certificate
   */
  async addRevocations(tx: EntityManager, events: readonly FoundEvent[]): Promise<number> {
    const found = new Map(events.map((one) => [one.event.subject, one]));
    let added = 0;
    for (let after = ''; found.size > 0;) {
      const rows = await tx.query<{ identifier: string; content: Buffer }[]>(
        `SELECT c.identifier, c.content FROM certificate c
         WHERE c.identifier > $1 AND NOT EXISTS (SELECT FROM revocation r WHERE r.identifier = c.identifier)
         ORDER BY c.identifier LIMIT $2`,
        [after, BATCH],
      );
      for (const { identifier, content } of rows) {
        const { salt } = CertificateSchema.parse(parseJson(content));
        const one = found.get(subjectCommitment(salt, identifier));
        if (one === undefined) continue;
        await tx.query(
          `INSERT INTO revocation (identifier, revoke_entry, reason, revoked_at) VALUES ($1, $2, $3, $4)`,
          [identifier, one.entryId, one.event.reason ?? 'withdrawn', one.event.time],
        );
        added += 1;
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.identifier;
    }
    return added;
  }

  /**
   * Places that the published list says are revoked and no revocation here explains: they stay revoked.
   * @returns how many there are
   */
  async keepRevoked(tx: EntityManager, isSet: (place: number) => boolean): Promise<number> {
    const set = Array.from({ length: STATUS_LIST_BITS }, (_, place) => place).filter(isSet);
    const rows = await tx.query<unknown[]>(
      `INSERT INTO lost_revocation (status_index)
       SELECT p FROM unnest($1::int[]) AS p WHERE NOT EXISTS (
         SELECT FROM revocation r JOIN certificate c ON c.identifier = r.identifier WHERE c.status_index = p
       )
       ON CONFLICT DO NOTHING RETURNING status_index`,
      [set],
    );
    return rows.length;
  }
}
