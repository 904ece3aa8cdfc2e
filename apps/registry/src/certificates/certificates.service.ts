import { Injectable } from '@nestjs/common';
import { type Certificate, CertificateEventSchema, CertificateSchema } from '@mandate/certificate';
import { parseJson } from '@mandate/encoding';
import { stapleProof } from '@mandate/signature';
import { parseTlogProof } from '@mandate/transparency-log';
import { encodeStaple } from '@mandate/trust';
import { DataSource, type EntityManager } from 'typeorm';
import { LogService } from '../log/log.service.ts';
import type { CertificateSummary } from './certificate-data.ts';
import { CertificateError } from './certificates.errors.ts';
import { CertificatesRepository, type CertificateWithEnd } from './certificates.repository.ts';

/** Reads issued certificates. `organ` null reads for the registry itself. */
@Injectable()
export class CertificatesService {
  constructor(
    private readonly source: DataSource,
    private readonly certificates: CertificatesRepository,
    private readonly log: LogService,
  ) {}

  async page(
    organ: string | null,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ certificates: readonly CertificateSummary[]; next?: string }> {
    const rows = await this.certificates.page(this.source.manager, organ, query.limit + 1, query.cursor);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      certificates: shown.map(toSummary),
      ...(rows.length > query.limit && last !== undefined ? { next: last.identifier } : {}),
    };
  }

  /** @throws CertificateError `certificate-not-found` */
  async summary(organ: string | null, identifier: string): Promise<CertificateSummary> {
    return toSummary(await this.get(organ, identifier));
  }

  /**
   * The signed PDF with the newest proof that its issue is in the log stapled to it.
   * @throws CertificateError `certificate-not-found`
   */
  async document(organ: string | null, identifier: string): Promise<Uint8Array> {
    const row = await this.get(organ, identifier);
    let index = await this.log.indexOf(row.issueEntry);
    if (index === undefined) {
      // A crash between issuing and sequencing; the log is merely behind.
      await this.log.sequence('certificates');
      index = await this.log.indexOf(row.issueEntry);
    }
    if (index === undefined) throw new Error(`entry ${row.issueEntry} is not sequenced`);
    const { leaf } = await this.log.entryAt('certificates', index);
    const proof = parseTlogProof(await this.log.proofOf('certificates', index));
    return stapleProof(row.document, encodeStaple(CertificateEventSchema.parse(parseJson(leaf)), proof));
  }

  /** How many were issued, and how many of these revoked. */
  async counts(tx: EntityManager): Promise<{ issued: number; revoked: number }> {
    return this.certificates.counts(tx);
  }

  private async get(organ: string | null, identifier: string): Promise<CertificateWithEnd> {
    const row = await this.certificates.find(this.source.manager, identifier);
    // Another organ's certificate is not there: an answer of "forbidden" would tell that it exists.
    if (row === undefined || (organ !== null && row.organ !== organ)) {
      throw new CertificateError('certificate-not-found', `没有找到证照 ${identifier}。`);
    }
    return row;
  }
}

function toSummary({ content, revocation }: CertificateWithEnd): CertificateSummary {
  return summaryOf(CertificateSchema.parse(parseJson(content)), revocation === null ? 'valid' : 'revoked');
}

export function summaryOf(
  { identifier, number, type, issuer, holder, issueDate, validUntil, mandate }: Certificate,
  state: CertificateSummary['state'],
): CertificateSummary {
  return {
    identifier,
    number,
    type: type.name,
    organ: issuer.organ,
    holder: holder.name,
    issueDate,
    validUntil,
    item: mandate.key,
    state,
  };
}
