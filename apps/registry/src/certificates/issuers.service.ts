import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import { OrganSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database/transaction.ts';
import { ListsService } from '../lists/lists.service.ts';
import { CertificateTypesService } from './certificate-types.service.ts';
import { CertificateError } from './certificates.errors.ts';
import { MandateService } from './mandate.service.ts';

/** Finds out which organ a person at the command line means. */
@Injectable()
export class IssuersService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly types: CertificateTypesService,
    private readonly mandates: MandateService,
  ) {}

  /**
   * @param request organ by key or name; without one, the only organ that may issue this type today
   * @returns key of the organ
   * @throws CertificateError `organ-not-found` | `type-not-found` | `item-absent`
   */
  async getIssuer(request: {
    type: string;
    organ: string | undefined;
    item: string | undefined;
  }): Promise<string> {
    return inTransaction(this.source, async (tx) => {
      const organs = (await this.lists.records(tx, 'organ')).map(({ value }) => OrganSchema.parse(value));
      if (request.organ !== undefined) {
        const found = organs.find(({ key, name }) => key === request.organ || name === request.organ);
        if (found !== undefined) return found.key;
        throw new CertificateError(
          'organ-not-found',
          `没有机关“${request.organ}”。已登记：${organs.map(({ name }) => name).join('、')}`,
        );
      }
      const { type } = await this.types.getType(tx, request.type);
      const day = chinaDay(new Date());
      const able: string[] = [];
      for (const { key } of organs) {
        try {
          await this.mandates.getMandate(tx, { organ: key, type, day, item: request.item });
          able.push(key);
        } catch (error) {
          if (!(error instanceof CertificateError)) throw error;
        }
      }
      const [only, ...others] = able;
      if (only === undefined) {
        throw new CertificateError(
          'item-absent',
          `今天没有机关可以签发${type.name}：各机关的清单中没有在用的“${type.mandate.itemNames.join('、')}”。`,
        );
      }
      if (others.length > 0)
        throw new CertificateError(
          'organ-not-found',
          `有多个机关可以签发${type.name}，请用 --organ 指定：${able.join('、')}`,
        );
      return only;
    });
  }
}
