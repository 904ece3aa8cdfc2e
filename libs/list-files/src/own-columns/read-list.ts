import { findClaimedItems } from '@mandate/lists';
import { COLUMN_NAMES, type Field } from './vocabulary/fields.ts';
import type { ReadingOptions } from '../reading-options.ts';
import type { ListWarning } from '../list-warning.ts';
import type { RefusedSheet } from '../refused-file.ts';
import { mendedFields, type MendedPlace } from '../mendings.ts';
import type { ItemDraft } from './item-draft.ts';
import { CODE_FIELDS } from './item-words.ts';
import { type HeaderContext, findHeaderRow, isListHeader, type ListHeader } from './list-header.ts';
import { type Head, wordsMatch } from './header-rows.ts';
import { readRows } from './list-rows.ts';
import type { FoundHeader } from '../source-file.ts';
import { headerSignature } from './recalled-columns.ts';
import { readOrganColumns } from './organ-columns.ts';
import { describeHeader } from './describe-header.ts';
import { categoryOf } from './sheet-category.ts';
import { describeSheet } from './refused-sheet.ts';
import { swappedColumns } from './swapped-columns.ts';
import { columnLetters, type SheetGrid } from '@mandate/workbook';

export interface SheetDraft {
  readonly sheet: string;
  /** the lines above the header */
  readonly titles: readonly string[];
  readonly hasList: boolean;
  /** why no list was read where there is something like a header: what was understood, and what would help */
  readonly refusal?: ReturnType<typeof describeHeader>;
  /** columns that look swapped: nothing of the file may be taken */
  readonly swapped?: string;
  /** its header for a person who is to say what each column is: nobody asks where nothing is refused */
  readonly described?: () => RefusedSheet;
  readonly items: readonly ItemDraft[];
  /** names in rows that could not be read as items: they are not gone from the list */
  readonly unreadNames: readonly string[];
  /** its header, where that has no column that a person said is to split the list */
  readonly headersWithoutSplit?: readonly string[];
  readonly claimed?: number;
  /** by which the headers of its tables are known again */
  readonly headers?: readonly FoundHeader[];
  /** what stands at the head of the columns */
  readonly heads?: readonly Head[];
  /** the words of `--column` that head a column of it */
  readonly saidColumns?: readonly string[];
  readonly mended: readonly MendedPlace[];
  readonly warnings: readonly ListWarning[];
}

/** Columns a list of powers and duties is expected to have. */
const EXPECTED: readonly Field[] = [
  'serial',
  'category',
  'basisText',
  'implementingOrgan',
  'handlingOffice',
  'level',
  'departmentDuties',
  'dutiesText',
  'dutyBasisText',
  'accountablePersons',
  'accountabilityGrounds',
];

const NAMES: readonly Field[] = ['name', 'subItem'];
const CODES: readonly Field[] = ['serial', ...CODE_FIELDS];

/**
 * One sheet → its items and everything about it that a person should know.
 * @param file its name, which may say of what category all its items are
 */
export function readSheet(grid: SheetGrid, options: ReadingOptions = {}, file = ''): SheetDraft {
  const sheet = grid.name;
  if (grid.rows === 0) return empty(sheet, { row: 1, code: 'empty-sheet', message: '工作表是空的。' });
  const header = findHeaderRow(grid, options);
  const titles = header ? titleLines(grid, header) : [];
  const said = categoryOf({ options, sheet: sheet, titles, file, header });
  const context: HeaderContext = { options, oneCategory: said !== undefined };
  if (!header || !isListHeader(header, context)) {
    const cells = Array.from({ length: grid.rows }, (_, row) => row)
      .flatMap((row) => Array.from({ length: grid.columns }, (_, column) => grid.own(row, column)))
      .filter((text) => text !== '').length;
    const refused = empty(sheet, {
      row: 1,
      code: 'no-header',
      message: `没有找到清单表头（序号、事项名称、权力类型、实施依据……），工作表的 ${cells.toString()} 个单元格未导入。`,
    });
    return header
      ? {
          ...refused,
          ...saidOf(grid, header, context),
          refusal: describeHeader(sheet, header, said !== undefined),
        }
      : refused;
  }
  const rows = readRows(grid, header, context, said?.category);
  const { items, unreadNames, claimed: inRows, warnings } = rows;
  const swapped = [header, ...rows.headers]
    .map((one) => swappedColumns(grid, one))
    .find((one) => one !== undefined);
  const headersWithoutSplit = readOrganColumns(grid, [header, ...rows.headers], items, options.splitBy);
  const claimed = findClaim([sheet, ...titles], inRows);
  return {
    sheet,
    titles,
    hasList: true,
    headers: [header, ...rows.headers].map(({ row }) => headerSignature(grid, row)),
    ...saidOf(grid, header, context),
    ...(swapped !== undefined && { swapped }),
    items,
    unreadNames,
    ...(headersWithoutSplit && { headersWithoutSplit }),
    mended: mendedFields(grid, header.end, {
      names: columnsOf(header, NAMES),
      codes: columnsOf(header, CODES),
    }),
    ...(claimed !== undefined && { claimed }),
    warnings: [
      ...(grid.hidden
        ? [
            {
              row: 1,
              code: 'hidden-sheet' as const,
              message: '工作表是隐藏的，已照常读取；如不应公开，请删除后重新导入。',
            },
          ]
        : []),
      ...missingColumns(header),
      ...header.warnings,
      ...rows.headers.flatMap((other) => [...missingColumns(other), ...other.warnings]),
      ...(said !== undefined && !header.columns.has('category') ? [said.warning(header.top + 1)] : []),
      ...warnings,
      ...coveredCells(grid),
      ...grid.errors.map(({ row, column, text }) => ({
        row: row + 1,
        column: columnLetters(column),
        code: 'error-cell' as const,
        message: `单元格是公式错误 ${text}，照录在草稿里；请改成文字后重新导入，改好之前，除非审核人说明理由保留，不能发布。`,
      })),
      ...(claimed !== undefined && claimed !== items.length
        ? [
            {
              row: header.top + 1,
              code: 'claimed-count' as const,
              message: `名称或标题写明 ${claimed.toString()} 项，实际读到 ${items.length.toString()} 项（按序号）。`,
            },
          ]
        : []),
    ].toSorted((a, b) => a.row - b.row),
  };
}

function saidOf(
  grid: SheetGrid,
  header: ListHeader,
  { options: { columns = {} }, oneCategory }: HeaderContext,
): Pick<SheetDraft, 'heads' | 'saidColumns' | 'described'> {
  const found = Object.values(columns).filter((words) =>
    header.heads.some(({ column }) => wordsMatch(grid, header, column, words)),
  );
  return {
    heads: header.heads,
    saidColumns: found,
    described: () => describeSheet(grid, header, oneCategory),
  };
}

function empty(sheet: string, warning: ListWarning): SheetDraft {
  const claimed = findClaimedItems(sheet);
  return {
    sheet,
    titles: [],
    hasList: false,
    items: [],
    unreadNames: [],
    mended: [],
    ...(claimed !== undefined && { claimed }),
    warnings: [warning],
  };
}

function columnsOf({ columns }: ListHeader, fields: readonly Field[]): number[] {
  return fields.flatMap((field) => columns.get(field) ?? []);
}

function titleLines(grid: SheetGrid, header: ListHeader): string[] {
  const lines = new Set<string>();
  for (let row = 0; row < header.top; row += 1)
    for (let column = 0; column < grid.columns; column += 1)
      if (grid.own(row, column) !== '') lines.add(grid.own(row, column));
  return [...lines];
}

/** A name or title claims the whole; sections claim their parts. */
function findClaim(names: readonly string[], sections: readonly number[]): number | undefined {
  const whole = names.map(findClaimedItems).find((claimed) => claimed !== undefined);
  return whole ?? (sections.length > 0 ? sections.reduce((sum, part) => sum + part, 0) : undefined);
}

function missingColumns(header: ListHeader): ListWarning[] {
  const missing = EXPECTED.filter((field) => !header.columns.has(field)).map((field) => COLUMN_NAMES[field]);
  if (missing.length === 0) return [];
  return [{ row: header.top + 1, code: 'missing-column', message: `没有这些列：${missing.join('、')}。` }];
}

/** Words under a merged area are shown by no program: what nobody could read in the list is not published. */
function coveredCells(grid: SheetGrid): ListWarning[] {
  const byRow = new Map<number, number[]>();
  for (const { row, column, text } of grid.covered)
    if (text !== grid.text(row, column)) byRow.set(row, [...(byRow.get(row) ?? []), column]);
  return [...byRow].map(([row, columns]) => ({
    row: row + 1,
    column: columns.map(columnLetters).join('、'),
    code: 'covered-cell',
    message: `合并单元格下面还留有没有显示出来的内容（${columns.length.toString()} 个单元格），未导入；如应公开，请取消合并后重新导入。`,
  }));
}
