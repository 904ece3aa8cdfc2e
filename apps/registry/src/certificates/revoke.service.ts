import { Injectable } from '@nestjs/common';
import { type CertificateEvent, CertificateSchema, subjectCommitment } from '@mandate/certificate';
import { canonicalBytes, parseJson } from '@mandate/encoding';
import { DataSource } from 'typeorm';
import { inTransaction, sqlState } from '../database/transaction.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { LogService } from '../log/log.service.ts';
import type { RevokeBody } from './certificate-data.ts';
import { CertificateError } from './certificates.errors.ts';
import type { Issuer } from './issuer.ts';
import { CertificatesRepository } from './certificates.repository.ts';

/** Ends certificates before their time. */
@Injectable()
export class RevokeService {
  constructor(
    private readonly source: DataSource,
    private readonly certificates: CertificatesRepository,
    private readonly log: LogService,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * @throws CertificateError `certificate-not-found` (also for another organ's) | `already-revoked`
   */
  async revoke(identifier: string, reason: RevokeBody['reason'], by: Issuer): Promise<void> {
    const row = await this.certificates.find(this.source.manager, identifier);
    if (row?.organ !== by.organ) {
      throw new CertificateError('certificate-not-found', `没有找到证照 ${identifier}。`);
    }
    const alreadyRevoked = new CertificateError('already-revoked', `证照 ${identifier} 已经撤销。`);
    if (row.revocation !== null) throw alreadyRevoked;
    const certificate = CertificateSchema.parse(parseJson(row.content));
    const revokedAt = new Date();
    const event: CertificateEvent = {
      v: 1,
      event: 'revoke',
      subject: subjectCommitment(certificate.salt, identifier),
      time: `${revokedAt.toISOString().slice(0, 19)}Z`,
      reason,
    };
    try {
      await inTransaction(this.source, async (tx) => {
        const [revokeEntry] = await this.log.append(tx, 'certificates', [{ leaf: canonicalBytes(event) }]);
        if (revokeEntry === undefined) throw new Error('the log took the event and gave no entry');
        await this.certificates.insertRevocation(tx, {
          identifier,
          revokeEntry,
          reason,
          revokedBy: by.account,
          revokedAt,
        });
        await this.ledger.record(tx, {
          account: by.account,
          action: 'certificate.revoked',
          subject: identifier,
          detail: { reason },
        });
      });
    } catch (error) {
      // Somebody else revoked it a moment ago; the event above went with the transaction.
      if (sqlState(error) === '23505') throw alreadyRevoked;
      throw error;
    }
    await this.log.sequenceCommitted('certificates');
  }
}
