import { Injectable } from '@nestjs/common';
import { chinaDay, type SigningKey } from '@mandate/certificate';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.ts';
import { inTransaction } from '../database/transaction.ts';
import { KeysService } from '../keys/keys.service.ts';
import { toSigningKey } from '../keys/signing-key.ts';
import { LedgerService } from '../ledger/ledger.service.ts';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';

/** Gives organs their keys. A key signs, and is believed, from the entry on that two people have made of it. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly source: DataSource,
    private readonly keys: KeysService,
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
    private readonly ledger: LedgerService,
    private readonly config: Config,
  ) {}

  /**
   * A key by the demo's test authority, or the one that is there.
   * @param organ key or name @param by id of the account; nobody's at the first start of the demo
   * @returns what is to be listed @throws KeyError `test-authority-refused` outside the demo, OrganError
   */
  async create(organ: string, by: string | null = null): Promise<SigningKey> {
    const { key, name } = await this.organs.get(this.source.manager, organ);
    const made = toSigningKey(key, await this.keys.createOrganKey({ key, name }), true);
    await this.record('key.created', made, by);
    return made;
  }

  /**
   * The key of a PKCS#12 file.
   * @param organ key or name @param by id of the account
   * @returns what is to be listed @throws KeyError, OrganError
   */
  async importFile(organ: string, file: string, by: string | null = null): Promise<SigningKey> {
    const { key } = await this.organs.get(this.source.manager, organ);
    const taken = toSigningKey(key, await this.keys.importOrganKey(key, file), this.config.demo);
    await this.record('key.imported', taken, by);
    return taken;
  }

  /** At the first start of the demo: the key is listed at once, by nobody. @throws KeyError `test-authority-refused` outside the demo */
  async bootstrap(organ: string): Promise<void> {
    // Whatever two people have made of it since, also that it is revoked, stands.
    const known = await this.lists.records(this.source.manager, 'signing-key');
    if (known.some(({ entry }) => entry.organ === organ)) return;
    const value = await this.create(organ);
    const effectiveDate = chinaDay(new Date());
    const { sha256: key } = value;
    await inTransaction(this.source, (tx) =>
      this.lists.put(tx, [
        {
          register: 'signing-key',
          key,
          value,
          effectiveDate,
          reason: '启用示例签章密钥',
          organ: value.organ,
        },
      ]),
    );
  }

  /** Behind the file: one that a crash left without its act signs nothing before the command was given again and the key listed. */
  private async record(
    action: 'key.created' | 'key.imported',
    { organ, sha256 }: SigningKey,
    account: string | null,
  ): Promise<void> {
    await inTransaction(this.source, (tx) =>
      this.ledger.record(tx, { account, action, subject: organ, detail: { key: sha256 } }),
    );
  }
}
