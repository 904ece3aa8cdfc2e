import { encodeHex, sha256, utf8 } from '@mandate/encoding';
import type { SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';
import type { ReadingOptions, RememberedReading } from '../reading-options.ts';
import type { FoundHeader } from '../source-file.ts';
import { SEARCHED_ROWS } from './list-header.ts';
import { COLUMN_NAMES, type Field } from './vocabulary/fields.ts';
import { plainWords } from './vocabulary/find-field.ts';

export interface RecalledColumns {
  /** key of the organ for which they were said */
  readonly organ: string;
  readonly options: ReadonlyMap<SheetGrid, ReadingOptions>;
  readonly warnings: ReadonlyMap<SheetGrid | undefined, readonly ListWarning[]>;
}

/** By what a header is known again: the words of its columns in their order, blanks and marks apart. */
export function headerSignature(grid: SheetGrid, row: number): FoundHeader {
  const words = Array.from({ length: grid.columns }, (_, column) => plainWords(grid.text(row, column)));
  while (words.at(-1) === '') words.pop();
  return {
    signature: encodeHex(sha256(utf8(JSON.stringify(words)))),
    words: words.join(' | ').slice(0, 1_000),
  };
}

/**
 * What was said before of the headers of a file. Where it was said for several organs and not alike, the one counts whose
 * name stands in the file; where none or several do, nothing is recalled: a guess would read columns as somebody else's.
 */
export function recall(
  grids: readonly SheetGrid[],
  file: string,
  remembered: readonly RememberedReading[],
): RecalledColumns | undefined {
  if (remembered.length === 0) return undefined;
  const found = grids.flatMap((grid) =>
    Array.from({ length: Math.min(grid.rows, SEARCHED_ROWS) }, (_, row) => row).flatMap((row) => {
      const { signature } = headerSignature(grid, row);
      return remembered.filter((one) => one.signature === signature).map((one) => ({ grid, row, ...one }));
    }),
  );
  const organ = chooseOrgan(found, grids, file);
  if (organ === undefined) return undefined;
  const own = found.filter((one) => one.organ === organ);
  return {
    organ,
    options: new Map(own.map(({ grid, options }) => [grid, options])),
    warnings: new Map(
      own.map(({ grid, row, options, organName, signature }) => [
        grid,
        [
          {
            row: row + 1,
            code: 'remembered-columns' as const,
            message: `按“${organName}”上次导入时指明的读取：${describe(options)}；不对的请重新指明，或删除这个列对应（DELETE /api/imports/mappings/${organ}/${signature}）。`,
          },
        ],
      ]),
    ),
  };
}

function chooseOrgan(
  found: readonly (RememberedReading & { readonly row: number })[],
  grids: readonly SheetGrid[],
  file: string,
): string | undefined {
  const organs = new Map(found.map(({ organ, organName }) => [organ, organName]));
  const [only] = organs.keys();
  if (organs.size <= 1) return only;
  const above = grids.flatMap((grid) =>
    Array.from({ length: Math.min(grid.rows, 5) }, (_, row) => grid.own(row, 0)),
  );
  const named = [...organs].filter(([, name]) => [file, ...above].some((line) => line.includes(name)));
  const [first] = named;
  if (first !== undefined && named.length === 1) return first[0];
  const alike = new Set(found.map(({ signature, options }) => `${signature} ${JSON.stringify(options)}`));
  const signatures = new Set(found.map(({ signature }) => signature));
  return named.length === 0 && alike.size === signatures.size ? only : undefined;
}

function describe({ columns = {}, category, splitBy }: ReadingOptions): string {
  return [
    // The keys of `columns` are fields.
    ...(Object.entries(columns) as [Field, string][]).map(
      ([field, words]) => `${COLUMN_NAMES[field]}=${words}`,
    ),
    ...(category === undefined ? [] : [`权力类型 ${category}`]),
    ...(splitBy === undefined ? [] : [`按“${splitBy}”分机关`]),
  ].join('、');
}
