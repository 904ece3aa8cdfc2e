import { Injectable } from '@nestjs/common';
import { type CertificateType, CertificateTypeSchema } from '@mandate/certificate';
import { foldText } from '@mandate/encoding';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { CertificateError } from './certificates.errors.ts';

export interface ListedType {
  readonly type: CertificateType;
  /** hash of the blob it is listed under */
  readonly blob: string;
}

/** Certificate types: records of the lists log like everything a certificate relies on. */
@Injectable()
export class CertificateTypesService {
  constructor(private readonly lists: ListsService) {}

  /** @param inForceOn `YYYY-MM-DD`; without it, as they were listed last, scheduled ones too */
  async list(tx: EntityManager, inForceOn?: string): Promise<readonly ListedType[]> {
    const options = inForceOn === undefined ? {} : { inForceOn };
    const records = await this.lists.records(tx, 'certificate-type', options);
    return records.map(({ entry, value }) => ({
      type: CertificateTypeSchema.parse(value),
      blob: entry.blob,
    }));
  }

  /** The type as it is in force on a day, which is what a verifier holds the certificate against. @throws CertificateError `type-not-found` */
  async getType(tx: EntityManager, nameOrCode: string, day: string): Promise<ListedType> {
    const types = await this.list(tx, day);
    const found =
      types.find(({ type }) => type.code === nameOrCode || type.name === nameOrCode) ??
      types.find(({ type }) => foldText(type.name) === foldText(nameOrCode));
    if (found !== undefined) return found;
    const known = types.map(({ type }) => type.name).join('、');
    throw new CertificateError(
      'type-not-found',
      `没有证照类型“${nameOrCode}”。${known === '' ? '清单中还没有任何证照类型。' : `可用的类型：${known}`}`,
    );
  }
}
