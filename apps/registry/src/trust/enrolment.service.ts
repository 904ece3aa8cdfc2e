import { Injectable } from '@nestjs/common';
import { chinaDay } from '@mandate/certificate';
import { type Organ, OrganSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { inTransaction } from '../database/transaction.ts';
import { KeyError } from '../keys/keys.errors.ts';
import { KeysService } from '../keys/keys.service.ts';
import { toSigningKey } from '../keys/signing-key.ts';
import { ListsService } from '../lists/lists.service.ts';
import { LogService } from '../log/log.service.ts';

/** Gives organs their keys and writes every key into the lists log. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly source: DataSource,
    private readonly keys: KeysService,
    private readonly lists: ListsService,
    private readonly log: LogService,
    private readonly config: Config,
  ) {}

  /** A key by the demo's test authority. Once it is there nothing more happens. @throws KeyError */
  async enrol(organKey: string): Promise<void> {
    const organ = await this.getOrgan(organKey);
    await this.keys.createOrganKey(organ);
    await this.list(organ, '启用示例签章密钥');
  }

  /** The key of a PKCS#12 file. @throws KeyError */
  async enrolFile(organKey: string, file: string): Promise<void> {
    const organ = await this.getOrgan(organKey);
    await this.keys.importOrganKey(organ.key, file);
    await this.list(organ, '启用签章密钥');
  }

  private async list(organ: Organ, reason: string): Promise<void> {
    const [der] = await this.keys.organCertificates(organ.key);
    if (der === undefined) throw new KeyError('key-missing', `机关 ${organ.name} 没有签章证书。`);
    const value = toSigningKey(organ.key, der, this.config.demo);
    const effectiveDate = chinaDay(new Date());
    await inTransaction(this.source, (tx) =>
      this.lists.put(tx, [
        { register: 'signing-key', key: value.sha256, value, effectiveDate, reason, organ: organ.key },
      ]),
    );
    await this.log.sequence('lists');
  }

  private async getOrgan(key: string): Promise<Organ> {
    const [record] = await this.lists.records(this.source.manager, 'organ', { organ: key });
    if (record === undefined)
      throw new KeyError('organ-not-found', `没有机关“${key}”。用 npx mandate organs 查看各机关的标识。`);
    return OrganSchema.parse(record.value);
  }
}
