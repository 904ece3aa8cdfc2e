import type { AuthorityItem } from '@mandate/lists';
import { assembleItem } from './assemble-item.ts';
import { readCsv } from './csv.ts';
import type { ImportWarning } from './import-report.ts';
import { ImportError } from './imports.errors.ts';
import type { ItemDraft } from './item-draft.ts';
import { type OfficialSheet, readOfficialSheet } from './negative/read-official.ts';
import { readSheet } from './read-list.ts';
import type { SheetGrid } from './sheet-grid.ts';
import type { CellError, CellPlace } from './template/cell-errors.ts';
import type { ReadTemplate } from './template/read-authority.ts';
import type { NegativeRow } from './template/read-negative.ts';
import { readTemplate, type TemplateOwner } from './template/template-file.ts';
import { isWorkbook, readWorkbook } from './workbook.ts';

/** An item as a file has it, before it is anybody's. */
export interface FoundItem {
  readonly sheet: string;
  readonly serial: string;
  /** its first row, from 1 */
  readonly row: number;
  readonly name: string;
  readonly category: string;
  /** 事项标识 of a template */
  readonly key?: string;
  readonly keyPlace?: CellPlace;
  /** 行使主体 of its rows, as worded */
  readonly wordings: readonly string[];
  /** the item for an organ; an issue where the words do not fit one */
  readonly read: (organ: string) => AuthorityItem | { readonly issue: string };
}

/** One sheet as the report tells of it. */
export interface FoundSheet {
  readonly sheet: string;
  readonly claimed?: number;
  readonly warnings: readonly ImportWarning[];
}

interface SourceBase {
  /** name without its folder */
  readonly file: string;
  /** lines above the tables */
  readonly titles: readonly string[];
  readonly sheets: readonly FoundSheet[];
  /** what a template says it is the list of */
  readonly owner: TemplateOwner;
  /** what is wrong in a template, at its cells */
  readonly cellErrors: readonly CellError[];
  /** as read, to be given back with the errors marked */
  readonly grids: readonly SheetGrid[];
}

export interface AuthoritySource extends SourceBase {
  readonly register: 'authority-item';
  readonly items: readonly FoundItem[];
  /** names in rows that could not be read: their items are not missing */
  readonly unread: readonly string[];
  /** what the file can say at all; absent for a department's own workbook, which has the columns of issue 2 */
  readonly says?: ReadTemplate['says'];
}

export interface NegativeSource extends SourceBase {
  readonly register: 'negative-list-item';
  readonly items: readonly NegativeRow[];
  /** codes in rows that could not be read */
  readonly unread: readonly string[];
  /** the official table has no column for the powers that serve a measure */
  readonly official: boolean;
}

export type SourceFile = AuthoritySource | NegativeSource;

/**
 * Bytes of a file, a department's workbook, the official table of a negative list or our own template, as .xls, .xlsx or
 * CSV, told apart by content → what it holds.
 * @throws ImportError where it cannot be read, or holds no list at all
 */
export function readSourceFile(file: string, bytes: Uint8Array): SourceFile {
  const grids = isWorkbook(bytes) || !isCsvName(file) ? readWorkbook(bytes) : [readCsv(bytes)];
  const template = readTemplate(grids);
  const base = { file, titles: [], owner: template?.owner ?? {}, grids };
  if (template?.kind === 'authority') {
    const { items, errors, says, unknown } = template.read;
    return {
      ...base,
      register: 'authority-item',
      sheets: templateSheets(grids, unknown),
      cellErrors: errors,
      unread: [],
      says,
      items: items.map(({ item, ...found }) => ({
        ...found,
        name: item.name,
        category: item.category,
        wordings: item.implementingOrgan === undefined ? [] : [item.implementingOrgan],
        read: (organ) => ({ ...item, organ }),
      })),
    };
  }
  if (template?.kind === 'negative') {
    const { items, errors, unknown } = template.read;
    return {
      ...base,
      register: 'negative-list-item',
      sheets: templateSheets(grids, unknown),
      cellErrors: errors,
      unread: [],
      official: false,
      items,
    };
  }
  const official = grids.flatMap((grid) => readOfficialSheet(grid) ?? []);
  return official.length > 0 ? officialSource(base, official) : workbookSource(base);
}

function officialSource(
  base: Pick<SourceBase, 'file' | 'owner' | 'grids'>,
  sheets: readonly OfficialSheet[],
): NegativeSource {
  return {
    ...base,
    register: 'negative-list-item',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets,
    cellErrors: [],
    unread: sheets.flatMap(({ unread }) => unread),
    official: true,
    items: sheets.flatMap(({ sheet, items }) => items.map((item) => ({ sheet, ...item }))),
  };
}

function workbookSource(base: Pick<SourceBase, 'file' | 'owner' | 'grids'>): AuthoritySource {
  const sheets = base.grids.map(readSheet);
  if (sheets.every(({ hasList }) => !hasList)) {
    const names = sheets.map(({ sheet }) => `“${sheet}”`).join('、');
    throw new ImportError(
      'no-list',
      `文件里没有清单：${names} 既没有“序号、事项名称、权力类型、实施依据”这样的权责清单表头，也没有“项目号、禁止或许可事项、事项编码”这样的负面清单表头，也不是下载的模板。`,
    );
  }
  return {
    ...base,
    // What the cells held is in the items now; a list of many rows need not be held twice.
    grids: [],
    register: 'authority-item',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets: sheets.map(({ sheet, claimed, warnings }) => ({
      sheet,
      ...(claimed !== undefined && { claimed }),
      warnings,
    })),
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
  return [{ sheet, serial, row, name, category, wordings, read: (organ) => assembleItem(draft, organ) }];
}

function templateSheets(
  grids: readonly SheetGrid[],
  unknown: ReadTemplate['unknown'],
): readonly FoundSheet[] {
  return grids.map(({ name }) => ({
    sheet: name,
    warnings: unknown
      .filter(({ sheet }) => sheet === name)
      .map(({ row, column, header }) => ({
        row,
        column,
        code: 'unknown-column' as const,
        message: `不认识的列“${header}”未导入，内容不会公开。`,
      })),
  }));
}

function isCsvName(file: string): boolean {
  return /\.(?:csv|txt)$/i.test(file);
}
