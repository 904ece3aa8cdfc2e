import { CATEGORIES, type CategoryCode } from '@mandate/codes';
import { findCategory } from '@mandate/lists';
import type { ListWarning } from '../list-warning.ts';
import type { ReadingOptions } from '../reading-options.ts';
import type { ListHeader } from './list-header.ts';
import { findCategoryInHead, findCategoryInTitle } from './title-category.ts';

export interface SheetCategory {
  readonly category: CategoryCode;
  /** said once where the list has no column of categories */
  readonly warning: (row: number) => ListWarning;
}

/** Of what category all items of a sheet are, whose rows do not say it: by a person, by the sheet, its title or the file. */
export function categoryOf(source: {
  readonly options: ReadingOptions;
  readonly sheet: string;
  readonly titles: readonly string[];
  readonly file: string;
  readonly header: ListHeader | undefined;
}): SheetCategory | undefined {
  const { options, sheet, titles, file, header } = source;
  const heads = (header?.heads ?? []).filter(({ column }) => header?.columns.get('name')?.includes(column));
  const found = [
    [options.category, '--category'],
    [findCategory(sheet) ?? findCategoryInTitle(sheet), `工作表名称“${sheet}”`],
    ...titles.map((title) => [findCategoryInTitle(title), `标题“${title.slice(0, 60)}”`] as const),
    [findCategoryInTitle(file), `文件名“${file}”`],
    ...heads.map(({ words }) => [findCategoryInHead(words), `表头“${words}”`] as const),
  ].find(([category]) => category !== undefined);
  if (found === undefined) return undefined;
  // The first of the pair is what the search was for.
  const [category, from] = found as [CategoryCode, string];
  return {
    category,
    warning: (row) => ({
      row,
      code: 'category-from-title',
      message: `没有权力类型这一列：按${from}，没有写明类型的事项都归为“${CATEGORIES[category]}”；不对的请用 --category 指明。`,
    }),
  };
}
