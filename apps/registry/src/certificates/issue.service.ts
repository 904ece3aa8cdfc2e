import type { Certificate } from '@mandate/certificate';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { LogService } from '../log/log.service.ts';
import { CertificateError } from './certificates.errors.ts';
import { DocumentsService } from './documents.service.ts';
import type { Issuer } from './issuer.ts';
import { type IssueRequest, IssueTransactionsService, MandateChanged } from './issue-transactions.service.ts';

/** A publication changes the power under an issue at most once or twice; whoever meets more is told to come again. */
const ATTEMPTS = 5;

/**
 * Issues certificates. Prepare → draw → sign → commit: nothing is written before the signed page exists, and the mandate
 * is asked for again in the transaction that writes, while nobody can change the lists.
 */
@Injectable()
export class IssueService {
  constructor(
    private readonly source: DataSource,
    private readonly transactions: IssueTransactionsService,
    private readonly documents: DocumentsService,
    private readonly log: LogService,
  ) {}

  /**
   * @returns the identifier; the certificate is in the log when this returns, or waits there for its place
   * @throws CertificateError
   */
  async issue(request: IssueRequest, issuer: Issuer): Promise<string> {
    return (await this.issueCertificate(request, issuer)).identifier;
  }

  /** The same, with all it says: what has to be read again afterwards might fail, and look as if nothing had been issued. */
  async issueCertificate(request: IssueRequest, issuer: Issuer): Promise<Certificate> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.issueOnce(request, issuer);
      } catch (error) {
        if (!(error instanceof MandateChanged)) throw error;
        if (attempt === ATTEMPTS)
          throw new CertificateError(
            'lists-changing',
            '清单正在发布，依据的权力或本机关的资料随之变动，未能签发。什么都没有写入，请稍后再签发一次。',
            { cause: error },
          );
      }
    }
  }

  private async issueOnce(request: IssueRequest, issuer: Issuer): Promise<Certificate> {
    // So that the page carries the proof of the newest state of the lists.
    await this.log.sequence('lists');
    const prepared = await inTransaction(this.source, (tx) =>
      this.transactions.prepare(tx, issuer.organ, request),
    );
    const signed = await this.documents.drawAndSign({ ...prepared, type: prepared.listedType.type });
    await inTransaction(this.source, (tx) => this.transactions.commit(tx, prepared, signed, issuer.account));
    await this.log.sequenceCommitted('certificates');
    return prepared.certificate;
  }
}
