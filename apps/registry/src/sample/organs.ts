import { organKey, type Organ } from '@mandate/lists';

/** A city that does not exist; every page that names it says 示例. */
export const CITY = '示例市';

/** Without a USCC and under its provisional key: any code that could be given here could be somebody's. */
function organ(department: string): Organ {
  const name = `${CITY}${department}`;
  return {
    schema: 'organ/1',
    key: organKey({ name }),
    name,
    shortName: `市${department}`,
    regionName: CITY,
    sample: true,
  };
}

export const ORGANS = {
  market: organ('市场监督管理局'),
  agriculture: organ('农业农村局'),
  transport: organ('交通运输局'),
  employment: organ('人力资源和社会保障局'),
  health: organ('卫生健康委员会'),
  environment: organ('生态环境局'),
  construction: organ('住房和城乡建设局'),
  culture: organ('文化和旅游局'),
} as const;

export type Department = keyof typeof ORGANS;
