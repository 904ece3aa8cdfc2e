import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { itemTable } from '../../../downloads/item-columns.ts';
import { countByCategory, type CategoryCount } from '../../../published/counts.ts';
import { eachSummary } from '../../../published/summaries.ts';

export function getStaticPaths() {
  return inEachFormat(
    countByCategory()
      .filter(({ items }) => items > 0)
      .map((category) => ({ params: { category: category.code }, props: { category } })),
  );
}

export function GET({ params, props }: APIContext<{ category: CategoryCount }>): Response {
  const { code, name } = props.category;
  const items = [...eachSummary()].filter(
    ({ category, state }) => category === code && state !== 'cancelled',
  );
  return fileOf(itemTable(`${name}事项`, `/categories/${code}/`, items), params['format']);
}
