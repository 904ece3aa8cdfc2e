import type { CertificateType } from '@mandate/certificate';
import type { AuthorityItem, Organ } from '@mandate/lists';
import { FOOD_PERMIT } from './certificate-type.ts';
import { AGRICULTURE } from './items/agriculture.ts';
import { CONSTRUCTION } from './items/construction.ts';
import { CULTURE } from './items/culture.ts';
import { EMPLOYMENT } from './items/employment.ts';
import { ENVIRONMENT } from './items/environment.ts';
import { HEALTH } from './items/health.ts';
import { MARKET } from './items/market.ts';
import { TRANSPORT } from './items/transport.ts';
import { ORGANS, type Department } from './organs.ts';
import { toAuthorityItem, wordingsOf, type SampleItem } from './sample-item.ts';

/** One entry to be: from `effectiveDate` the item `<organ>.<suffix>` says this. */
export interface SampleVersion {
  /** key of the organ */
  readonly organ: string;
  /** 5 digits of the item's key, the same in all its versions */
  readonly suffix: string;
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  /** when the registry of the sample city took it in: UTC to the second, some days before it takes effect */
  readonly time: string;
  readonly reason: string;
  readonly item: AuthorityItem;
}

export interface SampleList {
  readonly organs: readonly Organ[];
  /** in order of time; of one time, in the order of organs and suffixes */
  readonly versions: readonly SampleVersion[];
  readonly certificateType: CertificateType;
}

const ITEMS: Readonly<Record<Department, readonly SampleItem[]>> = {
  market: MARKET,
  agriculture: AGRICULTURE,
  transport: TRANSPORT,
  employment: EMPLOYMENT,
  health: HEALTH,
  environment: ENVIRONMENT,
  construction: CONSTRUCTION,
  culture: CULTURE,
};

const NOTICE_DAYS = 8;

/** The lists of a city that does not exist (示例市), with their history. */
export function sampleList(): SampleList {
  // Object.keys forgets the names; they are those of ORGANS.
  const departments = Object.keys(ORGANS) as Department[];
  const versions = departments.flatMap((department) => versionsOf(ORGANS[department], ITEMS[department]));
  return {
    organs: Object.values(ORGANS),
    // Stable, so that entries of one day keep the order of the list.
    versions: versions.sort((a, b) => Number(a.time > b.time) - Number(a.time < b.time)),
    certificateType: FOOD_PERMIT,
  };
}

function versionsOf(organ: Organ, items: readonly SampleItem[]): SampleVersion[] {
  return items.flatMap((item, n) =>
    wordingsOf(item).map(({ day, reason, wording }) => ({
      organ: organ.key,
      suffix: String(n + 1).padStart(5, '0'),
      effectiveDate: day,
      time: noticeBefore(day),
      reason,
      item: toAuthorityItem(organ, item.category, wording),
    })),
  );
}

/** Ten in the morning in Shanghai, so many days before. */
function noticeBefore(day: string): string {
  const time = new Date(`${day}T02:00:00Z`);
  time.setUTCDate(time.getUTCDate() - NOTICE_DAYS);
  return time.toISOString().replace('.000Z', 'Z');
}
