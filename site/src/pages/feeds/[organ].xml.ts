import type { APIContext } from 'astro';
import { atomFeed } from '../../feeds/atom.ts';
import { changesOfOrgan } from '../../published/changes.ts';
import { organPaths, type OrganRecord } from '../../published/organs.ts';

export function getStaticPaths() {
  return organPaths((record) => [{ params: { organ: record.key }, props: { record } }]);
}

export function GET({ props }: APIContext<{ record: OrganRecord }>): Response {
  const { key, organ } = props.record;
  return atomFeed({
    title: `${organ.name}权责清单的变更`,
    self: `/feeds/${key}.xml`,
    page: `/organs/${key}/`,
    changes: changesOfOrgan(key),
  });
}
