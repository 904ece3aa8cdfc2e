import { Injectable } from '@nestjs/common';
import type { CertificateType } from '@mandate/certificate';
import { findMandate, type ListedItem, type MandateRefusal } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { CertificateError } from './certificates.errors.ts';

const REFUSALS: Readonly<Record<MandateRefusal, (name: string) => string>> = {
  'item-absent': (name) =>
    `本机关的权力清单中没有在用的“${name}”。清单之外无权力：请先由清单管理部门列入清单。`,
  'item-suspended': (name) => `“${name}”已暂停行使，暂停期间不能发证。`,
  'item-cancelled': (name) => `“${name}”已从清单中取消，不能再据此发证。`,
  'item-of-another-organ': (name) => `“${name}”属于另一机关的清单，本机关不能据此发证。`,
  'item-not-of-type': (name) => `“${name}”不是这种证照所依据的权力。`,
};
// What a person needs to hear first when several items come near and none carries.
const NEAREST: readonly MandateRefusal[] = [
  'item-suspended',
  'item-cancelled',
  'item-of-another-organ',
  'item-not-of-type',
  'item-absent',
];

/** The rule the whole registry stands on: no certificate without a listed power in force for that organ on that day. */
@Injectable()
export class MandateService {
  constructor(private readonly lists: ListsService) {}

  /**
   * The entry under which `organ` may issue a certificate of this type on `day`.
   * @param item key of one item; without it the organ's whole list is looked through
   * @throws CertificateError `item-absent` | `item-suspended` | `item-cancelled` | `item-of-another-organ` | `item-not-of-type`
   */
  async getMandate(
    tx: EntityManager,
    wanted: { organ: string; type: CertificateType; day: string; item?: string | undefined },
  ): Promise<ListedItem & { readonly entryId: number }> {
    const { organ, type, day } = wanted;
    const keys = wanted.item === undefined ? await this.candidates(tx, organ, type) : [wanted.item];
    const refusals = new Set<MandateRefusal>();
    for (const key of keys) {
      const finding = findMandate(await this.lists.listedItems(tx, key), {
        organ,
        day,
        permits: type.mandate,
      });
      if (finding.holds) return finding.listed;
      refusals.add(finding.refusal);
    }
    const refusal = NEAREST.find((one) => refusals.has(one)) ?? 'item-absent';
    const name = wanted.item ?? type.mandate.itemNames[0] ?? type.name;
    throw new CertificateError(refusal, REFUSALS[refusal](name));
  }

  private async candidates(
    tx: EntityManager,
    organ: string,
    type: CertificateType,
  ): Promise<readonly string[]> {
    // One after the other: a transaction has one connection.
    const keys: string[] = [];
    for (const name of type.mandate.itemNames) {
      keys.push(...(await this.lists.findItemKeys(tx, organ, { name, category: type.mandate.category })));
    }
    return [...new Set(keys)];
  }
}
