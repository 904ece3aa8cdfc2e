import { organKey, type Organ, type Region } from '@mandate/lists';
import { REGIONS } from './regions.ts';

/** A city that does not exist; every page that names it says 示例. */
export const CITY = REGIONS.city.name;

/** Under its provisional key, which stays whether or not a USCC becomes known. */
function organ(region: Region, name: string, above: Partial<Organ> & { key: string }): Organ {
  const shortened = name.replace(region.name, region.level === '4' ? '县' : '市');
  return {
    schema: 'organ/1',
    key: organKey({ name }),
    name,
    shortName: shortened,
    region: region.code,
    regionName: region.name,
    level: region.level,
    parent: above.key,
    sample: true,
  };
}

function government(region: Region, above?: Organ): Organ {
  const name = `${region.name}人民政府`;
  const { parent: _parent, ...own } = organ(region, name, { key: '' });
  return { ...own, ...(above && { parent: above.key }) };
}

const CITY_GOVERNMENT = government(REGIONS.city);
const COUNTY_GOVERNMENT = government(REGIONS.county, CITY_GOVERNMENT);
const department = (name: string): Organ => organ(REGIONS.city, `${CITY}${name}`, CITY_GOVERNMENT);

/** Each as it was registered first; `ORGAN_CHANGES` says what became of two of them. */
export const ORGANS = {
  /** Its code has become known: made up where nobody can have it (region 010100, EXAMPLE), its check digits right. */
  market: { ...department('市场监督管理局'), uscc: '110101000EXAMPLE7X' },
  agriculture: department('农业农村局'),
  transport: department('交通运输局'),
  employment: department('人力资源和社会保障局'),
  health: department('卫生健康委员会'),
  environment: department('生态环境局'),
  construction: department('住房和城乡建设局'),
  culture: department('文化和旅游局'),
  patents: department('知识产权局'),
  government: CITY_GOVERNMENT,
  countyGovernment: COUNTY_GOVERNMENT,
  /** the sister organ one level below, with which the city's names, categories and bases can be compared (三级四同) */
  countyMarket: organ(REGIONS.county, '样本县市场监督管理局', COUNTY_GOVERNMENT),
} as const;

export type Department = keyof typeof ORGANS;

export interface OrganChange {
  readonly department: Department;
  /** effective day, `YYYY-MM-DD` */
  readonly day: string;
  readonly reason: string;
  readonly document: string;
  readonly organ: Organ;
}

/** A rename keeps the key, and with it the list; a merger ends the organ and names its successor. */
export const ORGAN_CHANGES: readonly OrganChange[] = [
  {
    department: 'culture',
    day: '2024-07-01',
    reason: '机构改革后更名，职责不变',
    document: '示编发〔2024〕6号',
    organ: { ...ORGANS.culture, name: `${CITY}文化广电和旅游局`, shortName: '市文化广电和旅游局' },
  },
  {
    department: 'patents',
    day: '2024-07-01',
    reason: '机构合并，职责划入市场监督管理局',
    document: '示编发〔2024〕6号',
    organ: { ...ORGANS.patents, abolished: true, successors: [ORGANS.market.key] },
  },
];

/** The organ as it was called on a day. */
export function organOn(department: Department, day: string): Organ {
  const changes = ORGAN_CHANGES.filter((change) => change.department === department && change.day <= day);
  return changes.at(-1)?.organ ?? ORGANS[department];
}
