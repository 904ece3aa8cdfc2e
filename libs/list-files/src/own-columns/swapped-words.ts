import { columnLetters } from '@mandate/workbook';
import type { ListHeader } from './list-header.ts';
import { COLUMN_NAMES, type Field } from './vocabulary/fields.ts';

/** The column of a field that is read; undefined where there is none, or where a person said that it is that. */
export function unsaidColumn({ columns, placed }: ListHeader, field: Field): number | undefined {
  const [column] = columns.get(field) ?? [];
  const said = placed.placed.some((one) => one.column === column && one.ground === 'said');
  return said ? undefined : column;
}

/** “承办机构”列（E 列） */
export function columnWords({ heads }: ListHeader, column: number): string {
  return `“${headWords(heads, column)}”列（${columnLetters(column)} 列）`;
}

/**
 * What helps: the options that read columns by their cells, and those that insist on the header.
 * @param wrong each column with what it is headed and what its cells are
 */
export function waysOut(
  { heads }: ListHeader,
  wrong: readonly { readonly column: number; readonly headed: Field; readonly is: Field }[],
): string {
  const options = (places: readonly (readonly [Field, number])[]): string =>
    places.map(([field, column]) => `--column ${COLUMN_NAMES[field]}=${headWords(heads, column)}`).join(' ');
  return (
    `请改好表头后重新导入；或按内容读取：${options(wrong.map(({ is, column }) => [is, column]))}` +
    `；确认表头无误、要照表头读取的：${options(wrong.map(({ headed, column }) => [headed, column]))}`
  );
}

function headWords(heads: ListHeader['heads'], column: number): string {
  return (heads[column]?.words ?? '').replace(/\s+/g, '');
}
