import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CertificateRow } from './certificate.entity.ts';
import { Revocation } from './revocation.entity.ts';
import { findFreePlace } from './status-places.ts';

export type CertificateWithEnd = CertificateRow & { readonly revocation: Revocation | null };

@Injectable()
export class CertificatesRepository {
  /** The next number to print; gaps are allowed, repeats are not. */
  async nextNumber(tx: EntityManager): Promise<number> {
    const [{ value }] = await tx.query<[{ value: string }]>(
      `SELECT nextval('certificate_number') + coalesce((SELECT max(number_offset) FROM continuation), 0) AS value`,
    );
    return Number(value);
  }

  /** A place in the status list that no certificate has yet, and none can have had that was lost. */
  async freeStatusIndex(tx: EntityManager): Promise<number> {
    const place = await findFreePlace(tx);
    if (place === undefined) throw new Error('the status list is as good as full: a second list is needed');
    return place;
  }

  async insert(tx: EntityManager, row: CertificateRow): Promise<void> {
    await tx.getRepository(CertificateRow).insert(row);
  }

  async insertRevocation(tx: EntityManager, row: Revocation): Promise<void> {
    await tx.getRepository(Revocation).insert(row);
  }

  async find(tx: EntityManager, identifier: string): Promise<CertificateWithEnd | undefined> {
    const row = await tx.getRepository(CertificateRow).findOneBy({ identifier });
    if (row === null) return undefined;
    const revocation = await tx.getRepository(Revocation).findOneBy({ identifier });
    return Object.assign(row, { revocation });
  }

  /** Newest first, `organ` null for all. @param cursor identifier of the last one seen */
  async page(
    tx: EntityManager,
    organ: string | null,
    limit: number,
    cursor: string | undefined,
  ): Promise<readonly CertificateWithEnd[]> {
    const query = tx
      .getRepository(CertificateRow)
      .createQueryBuilder('c')
      .leftJoinAndMapOne('c.revocation', Revocation, 'r', 'r.identifier = c.identifier')
      .select([
        'c.identifier',
        'c.number',
        'c.typeCode',
        'c.organ',
        'c.content',
        'c.issueEntry',
        'c.issuedAt',
        'r',
      ])
      .orderBy('c.issue_entry', 'DESC')
      .limit(limit);
    if (organ !== null) query.andWhere('c.organ = :organ', { organ });
    if (cursor !== undefined) {
      query.andWhere('c.issue_entry < (SELECT issue_entry FROM certificate WHERE identifier = :cursor)', {
        cursor,
      });
    }
    // leftJoinAndMapOne adds the property that the entity's own type does not have.
    return (await query.getMany()) as unknown as readonly CertificateWithEnd[];
  }

  /** How many there are. */
  async counts(tx: EntityManager): Promise<{ issued: number; revoked: number }> {
    const [row] = await tx.query<[{ issued: string; revoked: string }]>(
      `SELECT (SELECT count(*) FROM certificate) AS issued, (SELECT count(*) FROM revocation) AS revoked`,
    );
    return { issued: Number(row.issued), revoked: Number(row.revoked) };
  }

  /** Places of the revoked certificates in the status list, and when the last of them was revoked. */
  async revokedIndexes(tx: EntityManager): Promise<{ indexes: readonly number[]; last: Date | undefined }> {
    const rows = await tx.query<{ status_index: number; revoked_at: Date }[]>(
      `SELECT c.status_index, r.revoked_at FROM revocation r JOIN certificate c USING (identifier)
       UNION ALL SELECT l.status_index, l.found_at FROM lost_revocation l ORDER BY revoked_at`,
    );
    return { indexes: rows.map((row) => row.status_index), last: rows.at(-1)?.revoked_at };
  }
}
