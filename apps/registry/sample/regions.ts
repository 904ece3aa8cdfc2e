import type { Region } from '@mandate/lists';

/**
 * A province, a city and its counties that do not exist. GB/T 2260 opens every code with the number of one of its great
 * regions, 1 to 8; a code that opens with 0 can therefore be no real place's, now or later.
 */
const region = (code: string, name: string, level: Region['level'], parent?: string): Region => ({
  schema: 'region/1',
  code,
  name,
  level,
  ...(parent !== undefined && { parent }),
  sample: true,
});

export const REGIONS = {
  province: region('010000', '示例省', '2'),
  city: region('010100', '示例市', '3', '010000'),
  east: region('010102', '示东区', '4', '010100'),
  west: region('010103', '示西区', '4', '010100'),
  county: region('010121', '样本县', '4', '010100'),
} as const;
