import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { itemTable } from '../../../downloads/item-columns.ts';
import { getRegions, organsOf, type RegionRecord } from '../../../published/regions.ts';
import { getSummaries } from '../../../published/summaries.ts';

export function getStaticPaths() {
  return inEachFormat(
    [...getRegions().values()]
      .filter(({ key }) => organsOf(key).length > 0)
      .map((record) => ({ params: { region: record.key }, props: { record } })),
  );
}

export function GET({ params, props }: APIContext<{ record: RegionRecord }>): Response {
  const { key, region } = props.record;
  const items = organsOf(key)
    .flatMap((organ) => getSummaries(organ.key))
    .filter(({ state }) => state !== 'cancelled');
  return fileOf(itemTable(`${region.name}各部门的事项`, `/regions/${key}/`, items), params['format']);
}
