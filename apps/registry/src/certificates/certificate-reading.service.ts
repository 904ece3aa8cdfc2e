import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../auth/access.ts';
import { inTransaction } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import type { CertificateSummary } from './certificate-data.ts';
import { CertificatesService } from './certificates.service.ts';

type ReadingAction = 'certificate.listed' | 'certificate.read' | 'certificate.document-read';

/**
 * Certificates as officials read them: they name people, so the ledger knows of every reading before its answer is given.
 * Nothing of the holder is noted, only which certificate it was.
 */
@Injectable()
export class CertificateReadingService {
  constructor(
    private readonly source: DataSource,
    private readonly certificates: CertificatesService,
    private readonly ledger: LedgerService,
  ) {}

  async page(
    reader: Account,
    query: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ certificates: readonly CertificateSummary[]; next?: string }> {
    const organ = readableOrgan(reader);
    const page = await this.certificates.page(organ, query);
    const [first, last] = [page.certificates.at(0), page.certificates.at(-1)];
    await this.record(reader, 'certificate.listed', organ ?? 'registry', {
      count: page.certificates.length,
      ...(first !== undefined && last !== undefined && { from: first.identifier, to: last.identifier }),
    });
    return page;
  }

  /** @throws CertificateError `certificate-not-found` */
  async summary(reader: Account, identifier: string): Promise<CertificateSummary> {
    const summary = await this.certificates.summary(readableOrgan(reader), identifier);
    await this.record(reader, 'certificate.read', summary.identifier);
    return summary;
  }

  /** @throws CertificateError `certificate-not-found` */
  async document(reader: Account, identifier: string): Promise<Uint8Array> {
    const document = await this.certificates.document(readableOrgan(reader), identifier);
    await this.record(reader, 'certificate.document-read', identifier);
    return document;
  }

  private async record(
    reader: Account,
    action: ReadingAction,
    subject: string,
    detail?: Record<string, string | number>,
  ): Promise<void> {
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, {
        account: reader.id,
        action,
        subject,
        ...(detail !== undefined && { detail }),
      }),
    );
  }
}

/** null reads those of every organ: the registry's own accounts and the auditors. */
function readableOrgan(account: Account): string | null {
  return account.roles.includes('auditor') ? null : account.organ;
}
