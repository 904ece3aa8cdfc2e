import type { CategoryCode } from '@mandate/codes';
import type { APIContext } from 'astro';
import { fileOf, inEachFormat } from '../../../downloads/formats.ts';
import { itemTable } from '../../../downloads/item-columns.ts';
import { itemsOfCategory } from '../../../published/category-pages.ts';
import { countByCategory } from '../../../published/counts.ts';

export function getStaticPaths() {
  return inEachFormat(
    countByCategory()
      .filter(({ items }) => items > 0)
      // Not the number: it changes oftener than its list.
      .map(({ code, name }) => ({ params: { category: code }, props: { code, name } })),
  );
}

export function GET({ params, props }: APIContext<{ code: CategoryCode; name: string }>): Response {
  const { code, name } = props;
  return fileOf(itemTable(`${name}事项`, `/categories/${code}/`, itemsOfCategory(code)), params['format']);
}
