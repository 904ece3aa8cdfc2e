import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';

/** Columns of 外商投资准入特别管理措施 and of lists in its form. */
export type MeasuresField = 'number' | 'field' | 'name' | 'measures' | 'authority';

const NAMES: Readonly<Record<MeasuresField, RegExp>> = {
  number: /^(?:序号|编号|项目号|条目|号)$/,
  field:
    /^(?:(?:所属)?(?:领域|行业|门类|产业|类别|大类)(?:名称|分类)?|行业(?:类别|门类|领域)|国民经济行业(?:分类|门类)?)$/,
  name: /^(?:事项(?:名称)?|项目(?:名称)?|内容|条目名称|限制领域|投资领域|具体(?:事项|领域|行业))$/,
  measures:
    /^(?:(?:外商投资)?(?:准入)?(?:特别)?管理措施(?:描述|内容)?|特别管理(?:要求|规定)|(?:限制|禁止|限制或禁止|禁止或限制)(?:性)?措施(?:描述|内容)?|准入特别管理措施)$/,
  authority: /^(?:(?:行业)?(?:主管|管理)(?:部门|单位))$/,
};
const LABELS: Readonly<Record<MeasuresField, string>> = {
  number: '序号',
  field: '领域',
  name: '事项',
  measures: '特别管理措施',
  authority: '主管部门',
};
const SEARCHED_ROWS = 60;
/** What such a list calls itself, in its title or its header. */
const ITS_NAME = /特别管理措施|外商投资|外资准入|跨境服务贸易/;

export interface MeasuresHeader {
  /** from 0 */
  readonly row: number;
  readonly columns: ReadonlyMap<MeasuresField, number>;
  readonly warnings: readonly ListWarning[];
}

/**
 * The header of a list of special management measures: a column of measures beside numbers, fields or matters, where the
 * sheet calls itself such a list. Undefined where it has none.
 */
export function findMeasuresHeader(grid: SheetGrid): MeasuresHeader | undefined {
  let named = ITS_NAME.test(grid.name);
  for (let row = 0; row < Math.min(grid.rows, SEARCHED_ROWS); row += 1) {
    const columns = columnsOf(grid, row);
    named ||= wordsOf(grid, row).some((word) => ITS_NAME.test(word));
    const beside = columns.has('number') || columns.has('field') || columns.has('name');
    if (named && columns.has('measures') && beside)
      return { row, columns, warnings: warningsOf(grid, row, columns) };
  }
  return undefined;
}

/** Whether a row repeats the header on a later page. */
export function repeatsHeader(grid: SheetGrid, row: number, { columns }: MeasuresHeader): boolean {
  const here = columnsOf(grid, row);
  return here.get('measures') === columns.get('measures') && here.size >= 2;
}

function columnsOf(grid: SheetGrid, row: number): Map<MeasuresField, number> {
  const columns = new Map<MeasuresField, number>();
  for (let column = 0; column < grid.columns; column += 1) {
    const word = headerWord(grid.own(row, column));
    // Object.entries widens the keys; those of NAMES are the fields.
    for (const [field, pattern] of Object.entries(NAMES) as [MeasuresField, RegExp][])
      if (word !== '' && !columns.has(field) && pattern.test(word)) columns.set(field, column);
  }
  return columns;
}

function headerWord(text: string): string {
  return text.replace(/\s+/g, '').replace(/[（(][^（()）]*[）)]$/, '');
}

function wordsOf(grid: SheetGrid, row: number): string[] {
  return Array.from({ length: grid.columns }, (_, column) => grid.own(row, column).replace(/\s+/g, ''));
}

function warningsOf(
  grid: SheetGrid,
  row: number,
  columns: ReadonlyMap<MeasuresField, number>,
): ListWarning[] {
  const taken = new Set(columns.values());
  const unknown = Array.from({ length: grid.columns }, (_, column) => column).filter(
    (column) =>
      !taken.has(column) &&
      Array.from({ length: grid.rows }, (_, r) => r).some(
        (r) => r > row && grid.own(r, column) !== '' && grid.mergeAt(r, column) === undefined,
      ),
  );
  const missing: ListWarning[] = columns.has('number')
    ? []
    : [{ row: row + 1, code: 'missing-column', message: `没有这些列：${LABELS.number}。按次序编号。` }];
  return [
    ...unknown.map((column): ListWarning => ({
      row: row + 1,
      column: columnLetters(column),
      code: 'unknown-column',
      message: `不认识的列“${grid.own(row, column)}”未导入，内容不会公开。`,
    })),
    ...missing,
  ];
}
