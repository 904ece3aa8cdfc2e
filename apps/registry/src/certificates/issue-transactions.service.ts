import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Certificate,
  type CertificateEvent,
  CertificateSchema,
  chinaDay,
  lastDayOfValidity,
  SigningKeySchema,
  subjectCommitment,
} from '@mandate/certificate';
import { canonicalBytes, encodeHex, fromUtf8 } from '@mandate/encoding';
import type { ListedItem, Organ } from '@mandate/lists';
import { hashLeaf } from '@mandate/transparency-log';
import type { EntityManager } from 'typeorm';
import { Config } from '../config/config.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { LogService } from '../log/log.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { newCertificateIdentifier } from './certificate-identifier.ts';
import { CertificateTypesService, type ListedType } from './certificate-types.service.ts';
import type { IssueData } from './certificate-data.ts';
import { CertificateError } from './certificates.errors.ts';
import { CertificatesRepository } from './certificates.repository.ts';
import type { SignedDocument } from './documents.service.ts';
import { parseFace } from './face.ts';
import { MandateService } from './mandate.service.ts';
import { statusListUrl } from './status-list.service.ts';

export interface IssueRequest extends IssueData {
  /** name or code of the type */
  readonly type: string;
  /** key of the item to issue under; found in the organ's list unless given */
  readonly item?: string | undefined;
}

export interface PreparedIssue {
  readonly certificate: Certificate;
  readonly listedType: ListedType;
  readonly mandate: ListedItem & { readonly entryId: number };
  /** SHA-256 of the certificates that may sign for the organ, the newest first */
  readonly keys: readonly string[];
}

/** The mandate changed between drawing the page and committing: everything must be drawn again. */
export class MandateChanged extends Error {}

/** The two ends of issuing that touch the database. */
@Injectable()
export class IssueTransactionsService {
  constructor(
    private readonly lists: ListsService,
    private readonly mandates: MandateService,
    private readonly organs: OrgansService,
    private readonly types: CertificateTypesService,
    private readonly certificates: CertificatesRepository,
    private readonly log: LogService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /** @param issuer key of the issuing organ @throws MandateChanged @throws CertificateError */
  async prepare(tx: EntityManager, issuer: string, request: IssueRequest): Promise<PreparedIssue> {
    // Before a number is drawn and a page signed: of both there must never be two.
    await this.log.requireCurrent(tx);
    const today = chinaDay(new Date());
    const listedType = await this.types.getType(tx, request.type, today);
    const { type, blob } = listedType;
    const organ = await this.getOrgan(tx, issuer, today);
    const mandate = await this.mandates.getMandate(tx, {
      organ: organ.key,
      type,
      day: today,
      item: request.item,
    });
    const { holder, face } = parseFace(type, request);
    const validFrom = request.validFrom ?? today;
    const number = await this.certificates.nextNumber(tx);
    const sample = type.sample === true || organ.sample === true || mandate.item.sample === true;
    const certificate: Certificate = {
      schema: 'certificate/1',
      identifier: newCertificateIdentifier(type.code, organ.key),
      number: `${type.numberPrefix ?? ''}${today.slice(0, 4)}${String(number).padStart(8, '0')}`,
      type: { code: type.code, name: type.name, blob },
      issuer: { organ: organ.key, name: organ.name },
      holder,
      issueDate: today,
      validFrom,
      validUntil: lastDayOfValidity(validFrom, type.validityYears),
      face,
      mandate: {
        key: mandate.entry.key,
        name: mandate.item.name,
        category: mandate.item.category,
        entry: fromUtf8(canonicalBytes(mandate.entry)),
        proof: await this.proofOf(tx, mandate.index),
      },
      salt: randomBytes(32).toString('hex'),
      status: {
        list: statusListUrl(this.config.publicUrl),
        index: await this.certificates.freeStatusIndex(tx),
      },
      ...(sample ? { sample: true } : {}),
    };
    const keys = await this.signingKeys(tx, organ.key, today);
    return { certificate: CertificateSchema.parse(certificate), listedType, mandate, keys };
  }

  /** @throws MandateChanged while the entry is written and not yet in the tree: a publication is under way beside this issue */
  private async proofOf(tx: EntityManager, index: number): Promise<string> {
    const { size } = await this.log.latestCheckpoint('lists', tx);
    if (index >= size) throw new MandateChanged('the listed power is not in the tree yet');
    return this.log.proofOf('lists', index, tx);
  }

  async commit(
    tx: EntityManager,
    prepared: PreparedIssue,
    signed: SignedDocument,
    issuedBy: string,
  ): Promise<void> {
    const { certificate, listedType, mandate } = prepared;
    await this.lists.lockAgainstChange(tx);
    const { name } = await this.getOrgan(tx, certificate.issuer.organ, certificate.issueDate);
    if (name !== certificate.issuer.name)
      throw new MandateChanged('the organ was renamed while the page was drawn');
    const now = await this.mandates.getMandate(tx, {
      organ: certificate.issuer.organ,
      type: listedType.type,
      day: certificate.issueDate,
      item: certificate.mandate.key,
    });
    if (now.entryId !== mandate.entryId)
      throw new MandateChanged('the listed power changed while the page was drawn');
    const { blob } = await this.types.getType(tx, certificate.type.code, certificate.issueDate);
    if (blob !== listedType.blob)
      throw new MandateChanged('the certificate type changed while the page was drawn');
    const keys = await this.signingKeys(tx, certificate.issuer.organ, certificate.issueDate);
    if (keys.join() !== prepared.keys.join())
      throw new MandateChanged('the keys of the organ changed while the page was drawn');
    const issuedAt = new Date();
    const event: CertificateEvent = {
      v: 1,
      event: 'issue',
      subject: subjectCommitment(certificate.salt, certificate.identifier),
      document: encodeHex(signed.documentDigest),
      mandate: encodeHex(hashLeaf(canonicalBytes(mandate.entry))),
      time: `${issuedAt.toISOString().slice(0, 19)}Z`,
    };
    const [issueEntry] = await this.log.append(tx, 'certificates', [{ leaf: canonicalBytes(event) }]);
    if (issueEntry === undefined) throw new Error('the log took the event and gave no entry');
    await this.certificates.insert(tx, {
      identifier: certificate.identifier,
      number: certificate.number,
      typeCode: certificate.type.code,
      organ: certificate.issuer.organ,
      content: Buffer.from(canonicalBytes(certificate)),
      document: Buffer.from(signed.pdf),
      documentDigest: Buffer.from(signed.documentDigest),
      mandateEntry: mandate.entryId,
      issueEntry,
      statusIndex: certificate.status.index,
      issuedBy,
      issuedAt,
    });
    await this.ledger.record(tx, {
      account: issuedBy,
      action: 'certificate.issued',
      subject: certificate.identifier,
      // The act is the one use of the organ's key: a signature that is not written here is in no log either.
      detail: {
        organ: certificate.issuer.organ,
        type: certificate.type.code,
        item: certificate.mandate.key,
        key: signed.key,
      },
    });
  }

  /**
   * Listed for the organ on that day, neither revoked nor over nor yet to come: the one that was listed last signs first.
   * A revocation counts from the moment it is listed, whatever its effective date.
   */
  private async signingKeys(tx: EntityManager, organ: string, day: string): Promise<readonly string[]> {
    const now = new Date().toISOString();
    const newest = await this.lists.records(tx, 'signing-key');
    const revoked = new Set(
      newest.flatMap(({ entry, value }) =>
        SigningKeySchema.parse(value).revokedAt === undefined ? [] : entry.key,
      ),
    );
    const inForce = await this.lists.records(tx, 'signing-key', { inForceOn: day });
    return [...inForce]
      .sort((a, b) => b.entryId - a.entryId)
      .map(({ value }) => SigningKeySchema.parse(value))
      .filter((key) => key.organ === organ && key.revokedAt === undefined && !revoked.has(key.sha256))
      .filter(({ notBefore, notAfter }) => notBefore <= now && now <= notAfter)
      .map(({ sha256 }) => sha256);
  }

  private async getOrgan(tx: EntityManager, key: string, day: string): Promise<Organ> {
    const organ = await this.organs.findInForce(tx, key, day);
    if (organ === undefined)
      throw new CertificateError(
        'organ-not-found',
        `没有机关“${key}”，或它的设立尚未生效。用 npx mandate organs 查看各机关的标识。`,
      );
    if (organ.abolished === true)
      throw new CertificateError(
        'organ-abolished',
        `${organ.name}已撤销，不能再发证。请由承接其职责的机关依据自己的清单发证。`,
      );
    return organ;
  }
}
