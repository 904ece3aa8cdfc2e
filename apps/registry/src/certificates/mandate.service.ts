import { Injectable } from '@nestjs/common';
import type { CertificateType } from '@mandate/certificate';
import { foldText, mendText } from '@mandate/encoding';
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
   * @param item key of one item, or its name; without it the organ's whole list is looked through
   * @throws CertificateError `item-absent` | `item-suspended` | `item-cancelled` | `item-of-another-organ` | `item-not-of-type`
   */
  async getMandate(
    tx: EntityManager,
    wanted: { organ: string; type: CertificateType; day: string; item?: string | undefined },
  ): Promise<ListedItem & { readonly entryId: number }> {
    const { organ, type, day } = wanted;
    const keys = await this.candidates(tx, organ, type, wanted.item);
    const refusals = new Set<MandateRefusal>();
    for (const key of keys) {
      const finding = findMandate(await this.lists.listedItems(tx, key), {
        organ,
        day,
        permits: type.mandate,
      });
      // A power that once bore the name is another one now: whoever named it did not mean that.
      if (finding.listed && !isMeant(finding.listed.item.name, wanted.item)) continue;
      if (finding.holds) return finding.listed;
      const near = finding.refusal === 'item-not-of-type' && finding.listed;
      if (near) requireSpelling(near, type);
      refusals.add(finding.refusal);
    }
    const refusal = NEAREST.find((one) => refusals.has(one)) ?? 'item-absent';
    const name = wanted.item ?? type.mandate.itemNames[0] ?? type.name;
    throw new CertificateError(refusal, REFUSALS[refusal](name));
  }

  private async candidates(
    tx: EntityManager,
    organ: string,
    { mandate: { category, itemNames } }: CertificateType,
    item: string | undefined,
  ): Promise<readonly string[]> {
    if (item !== undefined && !isName(item)) return [item];
    // One after the other: a transaction has one connection.
    const keys: string[] = [];
    if (item !== undefined) keys.push(...(await this.lists.findItemKeysLike(tx, organ, { name: item })));
    else
      for (const name of itemNames)
        keys.push(...(await this.lists.findItemKeys(tx, organ, { name, category })));
    // What is written a little otherwise carries nothing, but whoever asks should hear that it is there.
    if (keys.length === 0)
      for (const name of itemNames)
        keys.push(...(await this.lists.findItemKeysLike(tx, organ, { name, category })));
    return [...new Set(keys)];
  }
}

/** Keys are letters, digits, dots and strokes (formats §2.3); names of powers are not. */
function isName(item: string): boolean {
  return !/^[0-9A-Za-z.-]+$/.test(item);
}

function isMeant(name: string, item: string | undefined): boolean {
  return item === undefined || !isName(item) || foldText(name) === foldText(item);
}

/**
 * Verification compares the names sign by sign (formats §11.2), and what is listed cannot be changed by an issue: so one that is
 * only spelt otherwise is refused here, with what to change.
 */
function requireSpelling({ entry, item }: ListedItem, { code, mandate }: CertificateType): void {
  const meant = mandate.itemNames.find((name) => foldText(name) === foldText(item.name));
  if (item.category !== mandate.category || meant === undefined) return;
  const what =
    mendText(item.name).text !== item.name
      ? `清单事项 ${entry.key} 的名称`
      : mendText(meant).text !== meant
        ? `证照类型 ${code} 所依据的权力名称`
        : `清单事项 ${entry.key} 或证照类型 ${code} 里的名称`;
  throw new CertificateError(
    'item-not-of-type',
    `清单里的“${item.name}”和证照类型所依据的“${meant}”读来相同，写法不同（部首、看不见的字符、全角半角或空格），核验时会认作两项权力，不能签发。请以草稿更正${what}，使两处一致，发布后再签发。`,
  );
}
