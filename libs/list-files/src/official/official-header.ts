import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';

/** Columns of the official table of 市场准入负面清单. */
export type NegativeField = 'number' | 'name' | 'code' | 'measures' | 'authority' | 'local';

/** The first spelling is the one messages use. */
const SPELLINGS: Readonly<Record<NegativeField, readonly string[]>> = {
  number: ['项目号', '项目编号', '序号'],
  name: ['禁止或许可事项', '禁止或许可准入事项', '禁止事项', '许可事项', '事项名称', '事项'],
  code: ['事项编码', '事项代码', '编码', '代码'],
  measures: [
    '禁止或许可准入措施描述',
    '禁止或许可准入措施',
    '禁止或许可措施描述',
    '准入措施描述',
    '措施描述',
    '管理措施',
    '准入措施',
  ],
  authority: ['主管部门', '主管单位', '管理部门', '部门'],
  local: ['地方性许可事项', '地方性许可措施', '地方性许可准入措施', '地方性许可', '地方许可事项'],
};
const FIELD_OF = new Map<string, NegativeField>(
  // Object.entries widens the keys; those of SPELLINGS are the fields.
  (Object.entries(SPELLINGS) as [NegativeField, readonly string[]][]).flatMap(([field, words]) =>
    words.map((word): [string, NegativeField] => [word, field]),
  ),
);
const SEARCHED_ROWS = 40;

export interface NegativeHeader {
  /** row of the header, from 0 */
  readonly row: number;
  readonly columns: ReadonlyMap<NegativeField, number>;
  readonly warnings: readonly ListWarning[];
}

/** The header of the official table; undefined where a sheet has none. */
export function findNegativeHeader(grid: SheetGrid): NegativeHeader | undefined {
  for (let row = 0; row < Math.min(grid.rows, SEARCHED_ROWS); row += 1)
    if (isNegativeHeader(grid, row)) return readHeader(grid, row);
  return undefined;
}

function isNegativeHeader(grid: SheetGrid, row: number): boolean {
  const fields = new Set(fieldsOf(grid, row).values());
  return fields.has('measures') && fields.has('name') && fields.size >= 3;
}

/** Whether a cell says what the header says: under an item's merged cells it is the header of a page. */
export function isHeaderWord(text: string): boolean {
  return FIELD_OF.has(text.replace(/\s+/g, ''));
}

/** Whether this row repeats the header on a later page; what an item's merged cells cover of it does not count. */
export function isRepeatedHeader(grid: SheetGrid, row: number, { columns }: NegativeHeader): boolean {
  const fields = fieldsOf(grid, row);
  return fields.get(columns.get('measures') ?? -1) === 'measures' && fields.size >= 2;
}

function fieldsOf(grid: SheetGrid, row: number): Map<number, NegativeField> {
  const fields = new Map<number, NegativeField>();
  for (let column = 0; column < grid.columns; column += 1) {
    const word = grid
      .own(row, column)
      .replace(/\s+/g, '')
      .replace(/[（(][^（()）]*[）)]$/, '');
    const field = FIELD_OF.get(word);
    if (field) fields.set(column, field);
  }
  return fields;
}

function readHeader(grid: SheetGrid, row: number): NegativeHeader {
  const columns = new Map<NegativeField, number>();
  const warnings: ListWarning[] = [];
  const fields = fieldsOf(grid, row);
  for (let column = 0; column < grid.columns; column += 1) {
    const field = fields.get(column);
    const at = { row: row + 1, column: columnLetters(column) };
    if (field !== undefined && !columns.has(field)) columns.set(field, column);
    else if (field !== undefined)
      warnings.push({
        ...at,
        code: 'doubled-column',
        message: `“${SPELLINGS[field][0] ?? ''}”列重复，此列内容未导入。`,
      });
    else {
      const written = Array.from({ length: grid.rows }, (_, r) => r).filter(
        (r) => r > row && grid.own(r, column) !== '' && grid.mergeAt(r, column) === undefined,
      ).length;
      if (written > 0)
        warnings.push({
          ...at,
          code: 'unknown-column',
          message: `不认识的列“${grid.own(row, column)}”（${written.toString()} 个单元格）未导入，内容不会公开。`,
        });
    }
  }
  const missing = (['number', 'code', 'authority', 'local'] as const).filter((field) => !columns.has(field));
  if (missing.length > 0)
    warnings.push({
      row: row + 1,
      code: 'missing-column',
      message: `没有这些列：${missing.map((field) => SPELLINGS[field][0]).join('、')}。`,
    });
  return { row, columns, warnings };
}
