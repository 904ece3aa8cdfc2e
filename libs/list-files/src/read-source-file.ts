import { withoutFaults } from '@mandate/encoding';
import { readSheets, type SheetGrid, type WorkbookLimits } from '@mandate/workbook';
import { IMPORT_LIMITS } from './limits.ts';
import { ListFileError } from './list-files.errors.ts';
import type { ListWarning } from './list-warning.ts';
import { type DiscretionSheet, readDiscretionSheet } from './discretion/read-discretion.ts';
import { type NegativeSheets, readNegativeSheets } from './foreign-investment/read-negative-sheets.ts';
import { doubtfulRows, mendedCells, type MendedPlace, tellMendings } from './mendings.ts';
import { assembleItem } from './own-columns/assemble-item.ts';
import type { ItemDraft } from './own-columns/item-draft.ts';
import { swapSuggestions } from './own-columns/swap-suggestions.ts';
import { readSheet, type SheetDraft } from './own-columns/read-list.ts';
import { recall } from './own-columns/recalled-columns.ts';
import type { ReadingOptions, RememberedReading } from './reading-options.ts';
import { MOST_REFUSED_SHEETS, type RefusedFile, type ReadingSuggestion } from './refused-file.ts';
import type {
  AuthoritySource,
  DiscretionSource,
  FoundItem,
  FoundSheet,
  NegativeSource,
  SourceFile,
} from './source-file.ts';
import { type CellError, oncePerCell } from './template/cell-errors.ts';
import { markErrors } from './template/mark-errors.ts';
import type { ReadTemplate } from './template/read-authority.ts';
import { readTemplate } from './template/template-file.ts';

export interface ReadingWay {
  readonly limits?: WorkbookLimits;
  readonly options?: ReadingOptions;
  /** what was said before, used where `options` say nothing */
  readonly remembered?: readonly RememberedReading[];
}

/** Heads that one message tells of. */
const MOST_HEADS = 40;

type Said = Required<Omit<ReadingWay, 'limits'>>;
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
  { limits = IMPORT_LIMITS, options = {}, remembered = [] }: ReadingWay = {},
): SourceFile {
  const grids = readSheets(bytes, limits);
  const source = sourceOf(withoutFaults(file), grids, { options, remembered });
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

function sourceOf(file: string, grids: readonly SheetGrid[], said: Said): SourceFile {
  const template = readTemplate(grids);
  const base: Base = {
    file,
    owner: template?.owner ?? {},
    mended: tellMendings(grids.flatMap(mendedCells)),
  };
  if (template && said.options.splitBy !== undefined)
    throw new ListFileError(
      'no-column',
      '填好的模板是一个机关的清单，不能用 --split-by 分开；请每个机关用一份模板。',
    );
  if (template?.kind === 'authority') {
    const { items, errors, says, unknown, savedCodes } = template.read;
    return {
      ...base,
      register: 'authority-item',
      titles: [],
      sheets: templateSheets(grids, unknown, savedCodes),
      cellErrors: oncePerCell(errors),
      unread: [],
      says,
      headers: [],
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
      cellErrors: oncePerCell(errors),
      unread: [],
      official: false,
      items,
    };
  }
  const negative = readNegativeSheets(grids);
  if (negative.sheets.length > 0) return negativeSource(base, grids, negative);
  const discretion = grids.flatMap((grid) => readDiscretionSheet(grid) ?? []);
  return discretion.length > 0
    ? withDiscretion(base, grids, discretion, said)
    : workbookSource(base, grids, said);
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

function negativeSource(
  base: Base,
  grids: readonly SheetGrid[],
  { sheets, derivedCodes }: NegativeSheets,
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
    ...(derivedCodes && { derivedCodes: true as const }),
    items: sheets.flatMap(({ sheet, items }) => items.map((item) => ({ sheet, ...item }))),
  };
}

/** Standards on a sheet beside a list stay out of it, and are told; a file of standards alone is a source of its own. */
function withDiscretion(
  base: Base,
  grids: readonly SheetGrid[],
  discretion: readonly DiscretionSheet[],
  said: Said,
): AuthoritySource | DiscretionSource {
  const others = grids.filter(({ name }) => !discretion.some(({ sheet }) => sheet === name));
  if (!others.some((grid) => readSheet(grid, said.options, base.file).hasList))
    return discretionSource(base, discretion);
  const list = workbookSource(base, others, said);
  const message = '这张表是裁量基准，未导入；请在清单发布后把它另存为一个文件导入。';
  const told = discretion.map(({ sheet }): FoundSheet => ({
    sheet,
    warnings: [{ row: 1, code: 'note', message }],
  }));
  return { ...list, sheets: [...list.sheets, ...told] };
}

function discretionSource(base: Base, sheets: readonly DiscretionSheet[]): DiscretionSource {
  return {
    ...base,
    register: 'discretion',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets: sheets.map(({ sheet, warnings }) => ({ sheet, warnings })),
    cellErrors: [],
    items: sheets.flatMap(({ items }) => items),
  };
}

function workbookSource(
  base: Base,
  grids: readonly SheetGrid[],
  { options, remembered }: Said,
): AuthoritySource {
  const recalled = Object.keys(options).length > 0 ? undefined : recall(grids, base.file, remembered);
  const sheets = grids.map((grid) => readSheet(grid, recalled?.options.get(grid) ?? options, base.file));
  refuseColumns(sheets, options);
  if (sheets.every(({ hasList }) => !hasList)) {
    const names = sheets.map(({ sheet }) => `“${sheet}”`).join('、');
    const refused = sheets.filter(({ refusal }) => refusal !== undefined).slice(0, MOST_REFUSED_SHEETS);
    const refusals = refused.flatMap(({ refusal }) => refusal ?? []);
    if (refusals.length > 0) {
      const options = refusals.find(({ likely }) => likely.length > 0)?.likely ?? [];
      throw new ListFileError(
        'no-list',
        `文件里没有认出清单。${refusals.map(({ message }) => message).join('\n')}`,
        refusedFile(refused, options.length === 0 ? [] : [{ reads: 'likely', options }]),
      );
    }
    throw new ListFileError(
      'no-list',
      `文件里没有清单：${names} 既没有“序号、事项名称、权力类型、实施依据”这样的权责清单表头，也没有“项目号、禁止或许可事项、事项编码”这样的负面清单表头，也不是下载的模板。`,
    );
  }
  requireSplitColumn(sheets, options);
  return {
    ...base,
    register: 'authority-item',
    titles: [...new Set(sheets.flatMap(({ titles }) => titles))],
    sheets: sheets.map(({ sheet, titles, claimed, warnings }, n) => ({
      sheet,
      titles,
      ...(claimed !== undefined && { claimed }),
      warnings: [...(recalled?.warnings.get(grids[n]) ?? []), ...warnings],
    })),
    mended: mendedIn(grids, sheets),
    cellErrors: [],
    unread: sheets.flatMap(({ unreadNames, items }) => [
      ...unreadNames,
      ...items.filter(({ category }) => category === undefined).map(({ name }) => name),
    ]),
    headers: sheets.flatMap(({ headers = [] }) => headers),
    ...(recalled && { remembered: recalled.organ }),
    items: sheets.flatMap(({ sheet, items }) => items.flatMap((draft) => foundItem(sheet, draft))),
  };
}

/** @throws ListFileError `no-column` where no sheet has the column that a person named */
function requireSplitColumn(sheets: readonly SheetDraft[], { splitBy }: ReadingOptions): void {
  if (splitBy === undefined) return;
  const lists = sheets.filter(({ hasList }) => hasList);
  if (lists.some(({ headersWithoutSplit }) => headersWithoutSplit === undefined)) return;
  const found = [...new Set(lists.flatMap(({ headersWithoutSplit = [] }) => headersWithoutSplit))];
  throw new ListFileError(
    'no-column',
    `文件里没有“${splitBy.slice(0, 30)}”这一列。表头有：${found.join('、').slice(0, 500)}。请用 --split-by 给出其中写有机关的那一列。`,
    refusedFile(lists, []),
  );
}

/** What a program needs of these sheets to ask what each column is. */
function refusedFile(sheets: readonly SheetDraft[], suggestions: readonly ReadingSuggestion[]): RefusedFile {
  const described = sheets.slice(0, MOST_REFUSED_SHEETS).flatMap((sheet) => sheet.described?.() ?? []);
  return { sheets: described, suggestions };
}

/**
 * A column that a person named and no sheet has, and columns that look swapped: nothing of the file is taken, for what is
 * read of the other sheets would say that the items of this one are gone.
 */
function refuseColumns(sheets: readonly SheetDraft[], { columns = {} }: ReadingOptions): void {
  const heads = new Set(
    sheets.flatMap(({ heads = [] }) => heads.map(({ words }) => words.replace(/\s+/g, ''))),
  );
  const said = new Set(sheets.flatMap(({ saidColumns = [] }) => saidColumns));
  const missing = Object.values(columns).filter((words) => !said.has(words));
  if (missing.length > 0)
    throw new ListFileError(
      'no-column',
      `文件里没有以${missing.map((words) => `“${words}”`).join('、')}为表头的列；文件里的表头有：${[...heads]
        .filter((words) => words !== '')
        .slice(0, MOST_HEADS)
        .join('、')}。`,
      refusedFile(sheets, []),
    );
  const swapped = sheets.filter((sheet) => sheet.swapped !== undefined);
  if (swapped.length > 0)
    throw new ListFileError(
      'swapped-columns',
      swapped.map(({ sheet, swapped: message }) => `工作表“${sheet}”：${message ?? ''}`).join('\n'),
      refusedFile(swapped, swapSuggestions(swapped[0]?.swapped ?? '')),
    );
}

/** Without a category no power; the reader has said so for each of them. */
function foundItem(sheet: string, draft: ItemDraft): FoundItem[] {
  const { serial, row, name, category, organName, department } = draft;
  if (category === undefined) return [];
  const wordings = draft.parts.flatMap(({ texts }) => texts.implementingOrgan ?? []);
  const said = {
    ...(organName !== undefined && { organName }),
    ...(department !== undefined && { department }),
  };
  return [{ sheet, serial, row, name, category, wordings, ...said, content: assembleItem(draft) }];
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
