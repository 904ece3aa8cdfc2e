import { withoutFaults } from '@mandate/encoding';
import { readSheets, type SheetGrid, type WorkbookLimits } from '@mandate/workbook';
import { IMPORT_LIMITS } from './limits.ts';
import { ListFileError } from './list-files.errors.ts';
import type { ListWarning } from './list-warning.ts';
import { doubtfulRows, mendedCells, type MendedPlace, tellMendings } from './mendings.ts';
import { type OfficialSheet, readOfficialSheet } from './official/read-official.ts';
import { assembleItem } from './own-columns/assemble-item.ts';
import type { ItemDraft } from './own-columns/item-draft.ts';
import { readSheet } from './own-columns/read-list.ts';
import type { ReadingOptions } from './reading-options.ts';
import type { AuthoritySource, FoundItem, FoundSheet, NegativeSource, SourceFile } from './source-file.ts';
import type { CellError } from './template/cell-errors.ts';
import { markErrors } from './template/mark-errors.ts';
import type { ReadTemplate } from './template/read-authority.ts';
import { readTemplate } from './template/template-file.ts';

export interface ReadingWay {
  readonly limits?: WorkbookLimits;
  readonly options?: ReadingOptions;
}

type Base = Pick<SourceFile, 'file' | 'owner' | 'mended'>;

/**
 * Bytes of a file, a department's workbook, the official table of a negative list or our own template, in any of the formats
 * that `readSheets` tells apart by content → what it holds.
 * @param how within which limits, and what a person says of its columns
 * @throws WorkbookError where it cannot be read, ListFileError `no-list` where it holds no list at all
 */
export function readSourceFile(
  file: string,
  bytes: Uint8Array,
  { limits = IMPORT_LIMITS, options = {} }: ReadingWay = {},
): SourceFile {
  const grids = readSheets(bytes, limits);
  const source = sourceOf(withoutFaults(file), grids, options);
  const cells = grids.flatMap(mendedCells);
  return {
    ...source,
    // Titles name organs and editions, which are written without what was lost in them.
    titles: source.titles.map(withoutFaults),
    sheets: source.sheets.map((sheet) => {
      const mended = doubtfulRows(cells, sheet.sheet);
      return mended.length === 0 ? sheet : { ...sheet, mended };
    }),
  };
}

function sourceOf(file: string, grids: readonly SheetGrid[], options: ReadingOptions): SourceFile {
  const template = readTemplate(grids);
  const base: Base = {
    file,
    owner: template?.owner ?? {},
    mended: tellMendings(grids.flatMap(mendedCells)),
  };
  if (template?.kind === 'authority') {
    const { items, errors, says, unknown, savedCodes } = template.read;
    return {
      ...base,
      register: 'authority-item',
      titles: [],
      sheets: templateSheets(grids, unknown, savedCodes),
      cellErrors: errors,
      unread: [],
      says,
      items: items.map(({ item, ...found }) => ({
        ...found,
        name: item.name,
        category: item.category,
        wordings: item.implementingOrgan === undefined ? [] : [item.implementingOrgan],
        content: item,
      })),
    };
  }
  if (template?.kind === 'negative') {
    const { items, errors, unknown } = template.read;
    return {
      ...base,
      register: 'negative-list-item',
      titles: [],
      sheets: templateSheets(grids, unknown),
      cellErrors: errors,
      unread: [],
      official: false,
      items,
    };
  }
  const official = grids.flatMap((grid) => readOfficialSheet(grid) ?? []);
  return official.length > 0 ? officialSource(base, official, grids) : workbookSource(base, grids, options);
}

/**
 * The same file as a workbook with these errors marked, to be given back.
 * @throws WorkbookError
 */
export function markSourceFile(
  bytes: Uint8Array,
  errors: readonly CellError[],
  limits: WorkbookLimits = IMPORT_LIMITS,
): Uint8Array {
  return markErrors(readSheets(bytes, limits), errors);
}

function officialSource(
  base: Base,
  sheets: readonly OfficialSheet[],
  grids: readonly SheetGrid[],
): NegativeSource {
  return {
    ...base,
    register: 'negative-list-item',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets: sheets.map(({ sheet, warnings }) => ({ sheet, warnings })),
    mended: mendedIn(grids, sheets),
    cellErrors: [],
    unread: sheets.flatMap(({ unread }) => unread),
    official: true,
    items: sheets.flatMap(({ sheet, items }) => items.map((item) => ({ sheet, ...item }))),
  };
}

function workbookSource(base: Base, grids: readonly SheetGrid[], options: ReadingOptions): AuthoritySource {
  const sheets = grids.map((grid) => readSheet(grid, options));
  if (sheets.every(({ hasList }) => !hasList)) {
    const names = sheets.map(({ sheet }) => `“${sheet}”`).join('、');
    throw new ListFileError(
      'no-list',
      `文件里没有清单：${names} 既没有“序号、事项名称、权力类型、实施依据”这样的权责清单表头，也没有“项目号、禁止或许可事项、事项编码”这样的负面清单表头，也不是下载的模板。`,
    );
  }
  return {
    ...base,
    register: 'authority-item',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets: sheets.map(({ sheet, claimed, warnings }) => ({
      sheet,
      ...(claimed !== undefined && { claimed }),
      warnings,
    })),
    mended: mendedIn(grids, sheets),
    cellErrors: [],
    unread: sheets.flatMap(({ unreadNames, items }) => [
      ...unreadNames,
      ...items.filter(({ category }) => category === undefined).map(({ name }) => name),
    ]),
    items: sheets.flatMap(({ sheet, items }) => items.flatMap((draft) => foundItem(sheet, draft))),
  };
}

/** Without a category no power; the reader has said so for each of them. */
function foundItem(sheet: string, draft: ItemDraft): FoundItem[] {
  const { serial, row, name, category } = draft;
  if (category === undefined) return [];
  const wordings = draft.parts.flatMap(({ texts }) => texts.implementingOrgan ?? []);
  return [{ sheet, serial, row, name, category, wordings, content: assembleItem(draft) }];
}

function templateSheets(
  grids: readonly SheetGrid[],
  unknown: ReadTemplate['unknown'],
  ofFirst: readonly ListWarning[] = [],
): readonly FoundSheet[] {
  return grids.map(({ name }, n) => ({
    sheet: name,
    warnings: [
      ...unknown
        .filter(({ sheet }) => sheet === name)
        .map(({ row, column, header }) => ({
          row,
          column,
          code: 'unknown-column' as const,
          message: `不认识的列“${header}”未导入，内容不会公开。`,
        })),
      ...(n === 0 ? ofFirst : []),
    ],
  }));
}

function mendedIn(
  grids: readonly SheetGrid[],
  sheets: readonly { readonly mended: readonly MendedPlace[] }[],
): ListWarning[] {
  return tellMendings([...grids.flatMap(mendedCells), ...sheets.flatMap(({ mended }) => mended)]);
}
