import { type Candidate, type Draft, DraftError, ENDINGS, type WholeCheck } from '@mandate/drafting';
import { type Organ, OrganSchema, type Region, RegionSchema } from '@mandate/lists';
import type { EntityManager } from 'typeorm';
import type { OrgansService } from '../organs/organs.service.ts';

interface Check {
  /** Called with each change of a register whose rules name the check. */
  see(change: Candidate): void;
  /** Called once, after the last. @throws DraftError, OrganError */
  requireGood(tx: EntityManager, draft: Draft): Promise<void>;
}

/** The checks of one whole draft, in the order in which their refusals are told. */
export function wholeChecks(organs: OrgansService): Readonly<Record<WholeCheck, Check>> {
  return { hierarchy: hierarchyCheck(organs), 'living-organ': livingOrganCheck(organs) };
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
  const growing = new Set<string>();
  return {
    see({ kind, content }) {
      if (!ENDINGS.has(kind)) growing.add(content.list);
    },
    async requireGood(tx, { effectiveDate }) {
      for (const list of growing) {
        const organ = await service.findInForce(tx, list, effectiveDate);
        if (organ?.abolished === true)
          throw new DraftError(
            'invalid-change',
            `${organ.name}到 ${effectiveDate} 已撤销：它的事项只能取消、下放或暂停，由承接机关另行列入。`,
          );
      }
    },
  };
}
