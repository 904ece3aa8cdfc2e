import { Injectable } from '@nestjs/common';
import { type CertificateType, CertificateTypeSchema } from '@mandate/certificate';
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

  async list(tx: EntityManager): Promise<readonly ListedType[]> {
    const records = await this.lists.records(tx, 'certificate-type');
    return records.map(({ entry, value }) => ({
      type: CertificateTypeSchema.parse(value),
      blob: entry.blob,
    }));
  }

  /** @throws CertificateError `type-not-found` */
  async getType(tx: EntityManager, nameOrCode: string): Promise<ListedType> {
    const types = await this.list(tx);
    const found = types.find(({ type }) => type.code === nameOrCode || type.name === nameOrCode);
    if (found !== undefined) return found;
    const known = types.map(({ type }) => type.name).join('、');
    throw new CertificateError(
      'type-not-found',
      `没有证照类型“${nameOrCode}”。${known === '' ? '清单中还没有任何证照类型。' : `可用的类型：${known}`}`,
    );
  }
}
