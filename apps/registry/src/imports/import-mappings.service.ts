import { type ReadingOptions, ReadingOptionsSchema, type RememberedReading } from '@mandate/list-files';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Account, requireOrgan, requireRole } from '../auth/access.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { ImportMapping } from './import-mapping.entity.ts';
import { ImportError } from './imports.errors.ts';
import type { ListFiles } from './list-files.ts';

/** Headers that one reading is offered: the process that reads compares each row of a header with them. */
const MOST = 2_000;

/** Headers that one act names. */
const MOST_NAMED = 20;

/** What was said of the columns of a header, kept for the organ and used again where nothing is said. */
@Injectable()
export class ImportMappingsService {
  constructor(
    private readonly source: DataSource,
    private readonly ledger: LedgerService,
  ) {}

  /** What may be used for a file of this account; the newest first. */
  async remembered(account: Account | undefined): Promise<readonly RememberedReading[]> {
    const rows = await this.list(account?.organ ?? undefined);
    return rows.flatMap(({ organ, organName, signature, reading }) => {
      // Written by an older version, or by hand: what is not understood is as if it were not there.
      const parsed = ReadingOptionsSchema.safeParse(reading);
      return parsed.success ? [{ organ, organName, signature, options: parsed.data }] : [];
    });
  }

  /** Those of one organ, or of all. */
  async list(organ: string | undefined): Promise<readonly ImportMapping[]> {
    return this.source.manager.find(ImportMapping, {
      ...(organ !== undefined && { where: { organ } }),
      order: { savedAt: 'DESC', organ: 'ASC', signature: 'ASC' },
      take: MOST,
    });
  }

  /** Keeps what was said of the columns of the files of a list that was accepted, also where they say nothing new. */
  async save(tx: EntityManager, account: Account, list: ListFiles, reading: ReadingOptions): Promise<void> {
    if (Object.keys(reading).length === 0) return;
    const kept: string[] = [];
    for (const { source } of list.files) {
      if (source.register !== 'authority-item') continue;
      for (const { signature, words } of source.headers) {
        kept.push(signature);
        await tx.query(
          `INSERT INTO import_mapping (organ, signature, organ_name, header, reading, file)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (organ, signature) DO UPDATE SET organ_name = excluded.organ_name, header = excluded.header,
             reading = excluded.reading, file = excluded.file, saved_at = now()`,
          [list.key, signature, list.name, words, JSON.stringify(reading), source.file],
        );
      }
    }
    if (kept.length === 0) return;
    await this.ledger.record(tx, {
      account: account.id,
      action: 'import.mapping-saved',
      subject: list.key,
      detail: { signatures: [...new Set(kept)].slice(0, MOST_NAMED), reading: JSON.stringify(reading) },
    });
  }

  /** @throws ImportError `mapping-not-found`, AuthError */
  async remove(tx: EntityManager, account: Account, organ: string, signature: string): Promise<void> {
    requireRole(account, 'editor');
    requireOrgan(account, organ);
    const { affected } = await tx.delete(ImportMapping, { organ, signature });
    if (affected !== 1) throw new ImportError('mapping-not-found', '没有记住这样的列对应。');
    await this.ledger.record(tx, {
      account: account.id,
      action: 'import.mapping-deleted',
      subject: organ,
      detail: { signature },
    });
  }
}
