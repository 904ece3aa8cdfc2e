import type { CertificateType } from '@mandate/certificate';
import type { AuthorityItem, ChangeKind } from '@mandate/lists';
import { FOOD_PERMIT } from './certificate-type.ts';
import { FACTS } from './facts/all.ts';
import { AGRICULTURE } from './items/agriculture.ts';
import { CONSTRUCTION } from './items/construction.ts';
import { COUNTY_MARKET } from './items/county-market.ts';
import { CULTURE } from './items/culture.ts';
import { EMPLOYMENT } from './items/employment.ts';
import { ENVIRONMENT } from './items/environment.ts';
import { COUNTY_GOVERNMENT, GOVERNMENT } from './items/government.ts';
import { HEALTH } from './items/health.ts';
import { MARKET } from './items/market.ts';
import { PATENTS } from './items/patents.ts';
import { TRANSPORT } from './items/transport.ts';
import { ORGANS, organOn, type Department } from './organs.ts';
import { decisionOf, toAuthorityItem, withFacts, wordingsOf, type SampleItem } from './sample-item.ts';
import type { SampleReference } from './sample-item.ts';

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
  readonly kind: ChangeKind;
  readonly reason: string;
  /** 文号 of the decision of that day */
  readonly document: string;
  /** key of the item it was handed to or taken over from */
  readonly related?: string;
  readonly item: AuthorityItem;
}

export interface SampleList {
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
  patents: PATENTS,
  government: GOVERNMENT,
  countyGovernment: COUNTY_GOVERNMENT,
  countyMarket: COUNTY_MARKET,
};

/** Decisions are taken for a day and cover every item that changes on it. Numbers of a city that does not exist. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  '2023-03-01': '示政发〔2023〕2号',
  '2023-11-01': '示政发〔2023〕11号',
  '2023-12-01': '示政办发〔2023〕21号',
  '2024-03-01': '示政办发〔2024〕4号',
  '2024-07-01': '示政发〔2024〕8号',
  '2025-03-01': '示政发〔2025〕3号',
  '2025-06-01': '示政办发〔2025〕9号',
  '2025-09-01': '示政办发〔2025〕14号',
  '2025-12-01': '示政发〔2025〕12号',
  '2027-01-01': '示政办发〔2026〕30号',
};

const NOTICE_DAYS = 8;

// Object.keys forgets the names; they are those of ORGANS.
const DEPARTMENTS = Object.keys(ORGANS) as Department[];

/** The lists of a city that does not exist (示例市), with their history. */
export function sampleList(): SampleList {
  const versions = DEPARTMENTS.flatMap(versionsOf);
  return {
    // Stable, so that entries of one day keep the order of the list.
    versions: versions.sort((a, b) => Number(a.time > b.time) - Number(a.time < b.time)),
    certificateType: FOOD_PERMIT,
  };
}

function versionsOf(department: Department): SampleVersion[] {
  const organ = ORGANS[department];
  return ITEMS[department].flatMap((item, n) =>
    wordingsOf(withFacts(item, FACTS[department]?.[item.name])).map(({ day, reason, related, wording }) => ({
      organ: organ.key,
      suffix: suffixAt(n),
      effectiveDate: day,
      time: noticeBefore(day),
      ...decisionOf(reason),
      document: documentOf(day),
      ...(related && { related: keyOf(related) }),
      item: toAuthorityItem(organOn(department, day), item.category, wording),
    })),
  );
}

const suffixAt = (n: number): string => String(n + 1).padStart(5, '0');

function keyOf([department, name]: SampleReference): string {
  const at = ITEMS[department].findIndex((item) => item.name === name);
  if (at < 0) throw new Error(`the sample has no item ${name} of ${department}`);
  return `${ORGANS[department].key}.${suffixAt(at)}`;
}

function documentOf(day: string): string {
  const document = DOCUMENTS[day];
  if (document === undefined) throw new Error(`the sample has no document of ${day}`);
  return document;
}

/** Ten in the morning in Shanghai, so many days before. */
function noticeBefore(day: string): string {
  const time = new Date(`${day}T02:00:00Z`);
  time.setUTCDate(time.getUTCDate() - NOTICE_DAYS);
  return time.toISOString().replace('.000Z', 'Z');
}
