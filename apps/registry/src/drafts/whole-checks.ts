import { X509Certificate } from 'node:crypto';
import {
  type CertificateType,
  CertificateTypeSchema,
  chinaDay,
  type SigningKey,
  SigningKeySchema,
} from '@mandate/certificate';
import { type Candidate, type Draft, DraftError, ENDINGS, type WholeCheck } from '@mandate/drafting';
import { type Organ, OrganSchema, type Region, RegionSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { ListsService } from '../lists/lists.service.ts';
import type { OrgansService } from '../organs/organs.service.ts';

interface Check {
  /** Called with each change of a register whose rules name the check. */
  see(change: Candidate): void;
  /** Called once, after the last. @throws DraftError, OrganError */
  requireGood(tx: EntityManager, draft: Draft): Promise<void>;
}

/** The checks of one whole draft, in the order in which their refusals are told. */
export function wholeChecks({
  organs,
  lists,
}: {
  readonly organs: OrgansService;
  readonly lists: ListsService;
}): Readonly<Record<WholeCheck, Check>> {
  return {
    hierarchy: hierarchyCheck(organs),
    'living-organ': livingOrganCheck(organs),
    'type-name': typeNameCheck(lists),
    'signing-key': signingKeyCheck(organs),
  };
}

function hierarchyCheck(service: OrgansService): Check {
  const organs: Organ[] = [];
  const regions: Region[] = [];
  return {
    see({ register, content }) {
      if (register === 'organ') organs.push(OrganSchema.parse(content.value));
      else regions.push(RegionSchema.parse(content.value));
    },
    requireGood: (tx) => service.requireFit(tx, { organs, regions }),
  };
}

function livingOrganCheck(service: OrgansService): Check {
  // By list, the days from which what grows is to hold; undefined for that of the draft.
  const growing = new Map<string, Set<string | undefined>>();
  return {
    see({ kind, content, effectiveDate }) {
      if (ENDINGS.has(kind)) return;
      growing.set(
        content.list,
        (growing.get(content.list) ?? new Set<string | undefined>()).add(effectiveDate),
      );
    },
    async requireGood(tx, { effectiveDate }) {
      const requireLiving = async (list: string, day: string): Promise<void> => {
        const organ = await service.findInForce(tx, list, day);
        if (organ?.abolished === true)
          throw new DraftError(
            'invalid-change',
            `${organ.name}到 ${day} 已撤销：它的事项只能取消、下放或暂停，由承接机关另行列入。`,
          );
      };
      // From a day in the past it is in force now: whoever was abolished since has no powers to be listed.
      const today = chinaDay(new Date());
      for (const [list, days] of growing)
        for (const day of new Set(
          [...days].map((own) => own ?? effectiveDate).flatMap((day) => [day, day < today ? today : day]),
        ))
          await requireLiving(list, day);
    },
  };
}

function typeNameCheck(lists: ListsService): Check {
  const drafted: CertificateType[] = [];
  return {
    see({ content }) {
      drafted.push(CertificateTypeSchema.parse(content.value));
    },
    async requireGood(tx) {
      const records = await lists.records(tx, 'certificate-type');
      const types = new Map(
        [...records.map(({ value }) => CertificateTypeSchema.parse(value)), ...drafted].map((type) => [
          type.code,
          type,
        ]),
      );
      for (const { code, name } of drafted) {
        const namesake = [...types.values()].find((type) => type.name === name && type.code !== code);
        if (namesake !== undefined)
          throw new DraftError('invalid-change', `名称“${name}”已用于类型 ${namesake.code}，请换一个名称。`);
      }
    },
  };
}

function signingKeyCheck(organs: OrgansService): Check {
  const drafted: SigningKey[] = [];
  return {
    see({ content }) {
      drafted.push(SigningKeySchema.parse(content.value));
    },
    async requireGood(tx) {
      for (const key of drafted) {
        await organs.get(tx, key.organ);
        const { notBefore, notAfter } = periodOf(key);
        // What has ended may still be listed as revoked, and no more than that.
        if (key.revokedAt === undefined && notAfter < toSeconds(new Date()))
          throw new DraftError(
            'invalid-change',
            `签章密钥 ${key.sha256.slice(0, 16)} 的证书已于 ${notAfter} 到期，不能启用。`,
          );
        if (notBefore !== key.notBefore || notAfter !== key.notAfter)
          throw new DraftError(
            'invalid-change',
            `签章密钥 ${key.sha256.slice(0, 16)} 的有效期与证书不同：证书自 ${notBefore} 至 ${notAfter}。`,
          );
      }
    },
  };
}

/** @throws DraftError for what is no X.509 certificate */
function periodOf({ certificate, sha256 }: SigningKey): { notBefore: string; notAfter: string } {
  try {
    const der = Buffer.from(certificate, 'base64');
    const { validFromDate, validToDate, raw } = new X509Certificate(der);
    // Bytes behind the certificate would list it a second time, under another hash.
    if (!raw.equals(der)) throw new Error('not the certificate alone');
    return { notBefore: toSeconds(validFromDate), notAfter: toSeconds(validToDate) };
  } catch {
    throw new DraftError('invalid-change', `签章密钥 ${sha256.slice(0, 16)} 的证书不是 X.509 证书。`);
  }
}

function toSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
