import type { SheetGrid } from '@mandate/workbook';
import { CELL_LIKES, type CellLike, shareLike } from './cell-likes.ts';
import { sampleCells } from './column-looks.ts';
import type { ListHeader } from './list-header.ts';
import { columnWords, unsaidColumn, waysOut } from './swapped-words.ts';
import type { Field } from './vocabulary/fields.ts';

/** Fewer of its cells look like what a column should be: it is not. */
const HARDLY = 0.2;
/** So many of them look like something else: it is that. */
const MOSTLY = 0.6;

interface WrongColumn {
  readonly column: number;
  readonly headed: Field;
  /** what its cells look like */
  readonly like: readonly Field[];
}

/**
 * Columns that have each other’s cells: offices under 行使主体 and organs under 承办机构, names under 编码 and codes under
 * 事项名称. One column that looks odd is not enough; that each has what the other should have is.
 * @returns what to tell a person; undefined where nothing looks so
 */
export function swappedCells(grid: SheetGrid, header: ListHeader): string | undefined {
  // The keys of CELL_LIKES are fields; Object.entries widens them.
  const likes = Object.entries(CELL_LIKES) as [Field, CellLike][];
  const wrong = likes.flatMap(([headed, own]): WrongColumn[] => {
    const column = unsaidColumn(header, headed);
    if (column === undefined) return [];
    const texts = sampleCells(grid, column, header.end);
    if (texts.length === 0 || shareLike(texts, own) > HARDLY) return [];
    const like = likes.flatMap(([field, other]) => (shareLike(texts, other) >= MOSTLY ? [field] : []));
    return like.length === 0 ? [] : [{ column, headed, like }];
  });
  const ring = findRing(wrong);
  if (ring === undefined) return undefined;
  const said = ring
    .map(({ column, is }) => `${columnWords(header, column)}里多是${CELL_LIKES[is]?.called ?? ''}`)
    .join('，');
  return `${said}，表头和内容像是写反了。${waysOut(header, ring)}`;
}

/** Two columns of which each has what the other should have, or three in a ring. */
function findRing(wrong: readonly WrongColumn[]): (WrongColumn & { readonly is: Field })[] | undefined {
  const has = (one: WrongColumn, other: WrongColumn): boolean => one.like.includes(other.headed);
  for (const a of wrong)
    for (const b of wrong) {
      if (a === b || !has(a, b)) continue;
      if (has(b, a))
        return [
          { ...a, is: b.headed },
          { ...b, is: a.headed },
        ];
      for (const c of wrong)
        if (c !== a && c !== b && has(b, c) && has(c, a))
          return [
            { ...a, is: b.headed },
            { ...b, is: c.headed },
            { ...c, is: a.headed },
          ];
    }
  return undefined;
}
