import { atomFeed } from '../../feeds/atom.ts';
import { eachChange } from '../../published/changes.ts';
import { getRegistry } from '../../published/registry.ts';

export function GET(): Response {
  const title = `${getRegistry().name}：全部清单的变更`;
  return atomFeed({ title, self: '/feeds/all.xml', page: '/changes/', changes: eachChange() });
}
