import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ImportSource } from './import-source.entity.ts';

const BATCH = 1_000;

/** Where items were found in workbooks. */
@Injectable()
export class ImportsRepository {
  async sources(tx: EntityManager, organ: string): Promise<ReadonlyMap<string, ImportSource>> {
    const rows = await tx
      .getRepository(ImportSource)
      .createQueryBuilder('source')
      .where(`starts_with(source.key, :prefix)`, { prefix: `${organ}.` })
      .getMany();
    return new Map(rows.map((row) => [row.key, row]));
  }

  async save(tx: EntityManager, sources: readonly Omit<ImportSource, 'importedAt'>[]): Promise<void> {
    for (let from = 0; from < sources.length; from += BATCH) {
      const batch = sources.slice(from, from + BATCH);
      await tx.query(
        `INSERT INTO import_source (key, file, sheet, serial, row)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[])
         ON CONFLICT (key) DO UPDATE SET file = excluded.file, sheet = excluded.sheet, serial = excluded.serial,
           row = excluded.row, imported_at = now()`,
        [
          batch.map(({ key }) => key),
          batch.map(({ file }) => file),
          batch.map(({ sheet }) => sheet),
          batch.map(({ serial }) => serial),
          batch.map(({ row }) => row),
        ],
      );
    }
  }
}
