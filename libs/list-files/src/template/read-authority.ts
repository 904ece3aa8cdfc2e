import { type AuthorityItem, AuthorityItemSchema, parseDuties, parseLegalBases } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { BASIS_USES, DETAIL_SHEETS, ITEM_SHEET } from './authority-sheets.ts';
import { type CellError, type CellPlace, errorAt, issuesAtCells } from './cell-errors.ts';
import { joinPath, putAt, valueAt } from './paths.ts';
import type { ListWarning } from '../list-warning.ts';
import type { SavedSheet } from '../through-spreadsheet/keep-listed.ts';
import { SavedCodesReader } from '../through-spreadsheet/saved-codes-reader.ts';
import {
  addressOf,
  type FilledRow,
  type FilledSheet,
  readColumns,
  readFilledSheet,
} from './read-sheet-rows.ts';
import { type Address, ADDRESSES, type TemplateSheet } from './template-sheet.ts';

/** An item as a filled template has it; its `organ` is not known yet and empty. */
export interface TemplateItem {
  /** 事项标识; absent for an item that is new */
  readonly key?: string;
  readonly keyPlace: CellPlace;
  readonly serial: string;
  /** from 1 */
  readonly row: number;
  readonly sheet: string;
  readonly item: AuthorityItem;
}

export interface ReadTemplate {
  readonly items: readonly TemplateItem[];
  readonly errors: readonly CellError[];
  /** names of the sheets that are there, and headers of the sheet of items: what is not there says nothing */
  readonly says: {
    readonly sheets: ReadonlySet<string>;
    readonly headers: ReadonlySet<string>;
    /** only for a sheet alone */
    readonly saved?: SavedSheet;
  };
  /** codes as a spreadsheet left them */
  readonly savedCodes: readonly ListWarning[];
  readonly unknown: readonly {
    readonly sheet: string;
    readonly row: number;
    readonly column: string;
    readonly header: string;
  }[];
}

/** An item while its rows are being read. */
interface Growing {
  readonly key: string;
  readonly serial: string;
  readonly row: FilledRow;
  readonly sheet: string;
  readonly value: Record<string, unknown>;
  readonly places: Map<string, CellPlace>;
  /** lists that have rows of their own, and are not read out of the words */
  readonly listed: Set<string>;
  /** by path of the list and number: index in it */
  readonly numbers: Map<string, number>;
}

/**
 * A filled template → its items, or everything that is wrong with it, each thing at its cell.
 * @param grids its sheets; a CSV is one sheet, the one of the items
 */
export function readAuthorityTemplate(
  grids: readonly SheetGrid[],
  longText: (text: string) => string,
): ReadTemplate | undefined {
  const main = findSheet(ITEM_SHEET, grids, longText);
  return main && new Reader(grids, longText).read(main);
}

function findSheet(
  sheet: TemplateSheet,
  grids: readonly SheetGrid[],
  longText: (text: string) => string,
): FilledSheet | undefined {
  const alone = sheet === ITEM_SHEET && isAlone(grids) ? grids[0] : undefined;
  const grid = grids.find(({ name }) => name === sheet.name) ?? alone;
  return grid && readFilledSheet(sheet, grid, longText);
}

/** A CSV, or what a spreadsheet made of one: a workbook of ours has other sheets, and its cells are text. */
function isAlone(grids: readonly SheetGrid[]): boolean {
  return grids.length === 1 && grids[0]?.name !== ITEM_SHEET.name;
}

class Reader {
  readonly #grids: readonly SheetGrid[];
  readonly #longText: (text: string) => string;
  readonly #errors: CellError[] = [];
  readonly #items = new Map<string, Growing>();
  readonly #unknown: ReadTemplate['unknown'][number][] = [];
  readonly #sheets = new Set<string>([ITEM_SHEET.name]);
  readonly #saved: SavedCodesReader | undefined;

  constructor(grids: readonly SheetGrid[], longText: (text: string) => string) {
    this.#grids = grids;
    this.#longText = longText;
    this.#saved = isAlone(grids) ? new SavedCodesReader() : undefined;
  }

  read(main: FilledSheet): ReadTemplate {
    this.#take(main);
    for (const row of main.rows) this.#saved?.see(row);
    for (const row of main.rows) this.#openItem(row);
    const { subItems, levels, duties, bases, materials, windows, process, turns, risks, discretion } =
      DETAIL_SHEETS;
    this.#each(subItems, (item, row) => this.#element(item, row, subItems, 'subItems', 'sub'));
    this.#each(levels, (item, row) => {
      const owner = this.#owner(item, row, ['sub']);
      if (owner !== undefined) this.#element(item, row, levels, joinPath(owner, 'levels'), 'level');
    });
    this.#each(duties, (item, row) => {
      const owner = this.#owner(item, row, ['sub', 'level']);
      if (owner !== undefined) this.#element(item, row, duties, joinPath(owner, 'duties'), 'duty');
    });
    this.#each(bases, (item, row) => {
      const list = this.#basisList(item, row);
      if (list !== undefined) this.#element(item, row, bases, list);
    });
    this.#each(materials, (item, row) => this.#element(item, row, materials, 'service.materials'));
    this.#each(windows, (item, row) => this.#element(item, row, windows, 'service.windows'));
    this.#each(process, (item, row) => this.#element(item, row, process, 'process'));
    this.#each(turns, (item, row) => this.#turn(item, row));
    this.#each(risks, (item, row) => this.#element(item, row, risks, 'risks'));
    this.#each(discretion, (item, row) => this.#standard(item, row));
    const items = [...this.#items.values()].flatMap((item) => this.#close(item));
    return {
      items,
      errors: this.#errors,
      says: {
        sheets: this.#sheets,
        headers: main.headers,
        ...(this.#saved && { saved: { unreadCodes: this.#saved.unread } }),
      },
      savedCodes: this.#saved?.warnings ?? [],
      unknown: this.#unknown,
    };
  }

  #take(filled: FilledSheet): void {
    this.#errors.push(...filled.errors);
    this.#unknown.push(...filled.unknown.map((column) => ({ sheet: filled.sheet.name, ...column })));
  }

  #each(sheet: TemplateSheet, read: (item: Growing, row: FilledRow) => void): void {
    const filled = findSheet(sheet, this.#grids, this.#longText);
    if (!filled) return;
    this.#sheets.add(sheet.name);
    this.#take(filled);
    for (const row of filled.rows) {
      const { text, place } = addressOf(row, 'serial');
      const item = this.#items.get(text);
      if (item) read(item, row);
      else
        this.#errors.push(
          errorAt(place, text === '' ? '必须填写“事项”表里的事项序号。' : `“事项”表里没有序号 ${text}。`),
        );
    }
  }

  #openItem(row: FilledRow): void {
    const { text, place } = addressOf(row, 'serial');
    const serial = text === '' ? `第${(row.rowIndex + 1).toString()}行` : text;
    if (this.#items.has(serial)) {
      this.#errors.push(errorAt(place, `序号 ${serial} 前面已经用过，请改成不重复的。`));
      return;
    }
    const item: Growing = {
      key: row.text('事项标识').replace(/\s+/g, ''),
      serial,
      row,
      sheet: place.sheet,
      value: {
        schema: 'authority-item/1',
        organ: '',
        state: 'in-force',
        bases: [],
        levels: [],
        subItems: [],
      },
      places: new Map(),
      listed: new Set(),
      numbers: new Map(),
    };
    this.#items.set(serial, item);
    this.#columns(
      item,
      row,
      ITEM_SHEET.columns.filter(({ path }) => path !== 'key'),
      '',
    );
    this.#saved?.mend(item.value, row);
  }

  #columns(item: Growing, row: FilledRow, columns: TemplateSheet['columns'], base: string): void {
    readColumns(columns, row, {
      value: (path, value) => {
        putAt(item.value, joinPath(base, path), value);
      },
      place: (path, place) => item.places.set(joinPath(base, path), place),
      error: (error) => this.#errors.push(error),
    });
  }

  /** Path of the item (''), sub-item or level that a row names; undefined, and said, where there is none. */
  #owner(item: Growing, row: FilledRow, addresses: readonly ('sub' | 'level')[]): string | undefined {
    let path = '';
    for (const address of addresses) {
      const { text, place } = addressOf(row, address);
      if (text === '') continue;
      const list = joinPath(path, address === 'sub' ? 'subItems' : 'levels');
      const index = item.numbers.get(`${list} ${text}`);
      if (index === undefined) {
        this.#errors.push(errorAt(place, `本事项没有 ${ADDRESSES[address]} ${text}。`));
        return undefined;
      }
      path = joinPath(list, index.toString());
    }
    return path;
  }

  #basisList(item: Growing, row: FilledRow): string | undefined {
    const owner = this.#owner(item, row, ['sub', 'level']);
    if (owner === undefined) return undefined;
    const use = addressOf(row, 'use');
    const found = Object.entries(BASIS_USES).find(([, word]) => word === use.text)?.[0];
    if (found === undefined) {
      this.#errors.push(errorAt(use.place, `只能填：${Object.values(BASIS_USES).join('、')}。`));
      return undefined;
    }
    if (found !== 'duty') return joinPath(owner, found);
    const duty = addressOf(row, 'duty');
    const duties = joinPath(owner, 'duties');
    const index = item.numbers.get(`${duties} ${duty.text}`);
    if (index !== undefined) return joinPath(duties, index.toString(), 'bases');
    this.#errors.push(errorAt(duty.place, `“责任”表里没有本事项的责任序号 ${duty.text}。`));
    return undefined;
  }

  /** A row as one more element of a list. @returns its path; undefined for a row that says the list is empty */
  #element(
    item: Growing,
    row: FilledRow,
    sheet: TemplateSheet,
    list: string,
    numberedBy?: Address,
  ): string | undefined {
    item.listed.add(list);
    if (sheet.columns.every(({ header }) => row.text(header) === '')) return undefined;
    const index = this.#lengthOf(item, list);
    const path = joinPath(list, index.toString());
    putAt(item.value, path, {});
    if (numberedBy !== undefined) this.#number(item, row, list, index, numberedBy);
    if (/(?:^|\.)subItems\.\d+$/.test(path)) putAt(item.value, joinPath(path, 'bases'), []);
    if (sheet === DETAIL_SHEETS.bases) putAt(item.value, joinPath(path, 'articles'), []);
    this.#columns(item, row, sheet.columns, path);
    return path;
  }

  #number(item: Growing, row: FilledRow, list: string, index: number, by: Address): void {
    const { text, place } = addressOf(row, by);
    const number = text === '' ? (index + 1).toString() : text;
    if (item.numbers.has(`${list} ${number}`))
      this.#errors.push(errorAt(place, `序号 ${number} 在本事项里前面已经用过。`));
    else item.numbers.set(`${list} ${number}`, index);
  }

  #turn(item: Growing, row: FilledRow): void {
    const { text, place } = addressOf(row, 'step');
    const steps = valueAt(item.value, 'process');
    const index = Array.isArray(steps) ? steps.findIndex((step) => valueAt(step, 'id') === text) : -1;
    if (index === -1) this.#errors.push(errorAt(place, `“流程”表里本事项没有环节 ${text}。`));
    else this.#element(item, row, DETAIL_SHEETS.turns, `process.${index.toString()}.next`);
  }

  /** Rows of one number are the tiers of one standard; its own words stand in the first of them. */
  #standard(item: Growing, row: FilledRow): void {
    const { discretion } = DETAIL_SHEETS;
    const { text } = addressOf(row, 'standard');
    const said = discretion.columns.some(({ header }) => row.text(header) !== '');
    const known = text === '' ? undefined : item.numbers.get(`discretion ${text}`);
    const last = this.#lengthOf(item, 'discretion') - 1;
    let path: string | undefined;
    if (known !== undefined) path = `discretion.${known.toString()}`;
    else if (text === '' && !said && last >= 0) path = `discretion.${last.toString()}`;
    if (path === undefined) {
      path = `discretion.${(last + 1).toString()}`;
      putAt(item.value, path, { tiers: [] });
      this.#number(item, row, 'discretion', last + 1, 'standard');
      this.#columns(item, row, discretion.columns, path);
    } else {
      const columns: TemplateSheet['columns'] = discretion.columns;
      for (const { header, path: name, note } of columns)
        if (!['', valueAt(item.value, joinPath(path, name))].includes(row.text(header)))
          this.#errors.push(
            errorAt(row.place({ header, note }), '与同一裁量序号的第一行不同；请留空或改成一样。'),
          );
    }
    if (discretion.details.columns.every(({ header }) => row.text(header) === '')) return;
    const tier = joinPath(path, 'tiers', this.#lengthOf(item, `${path}.tiers`).toString());
    putAt(item.value, tier, {});
    this.#columns(item, row, discretion.details.columns, tier);
  }

  #lengthOf(item: Growing, list: string): number {
    const found = valueAt(item.value, list);
    return Array.isArray(found) ? found.length : 0;
  }

  #close(item: Growing): TemplateItem[] {
    derive(item.value, '', item.listed);
    const keyPlace = item.row.place({ header: '事项标识' });
    const parsed = AuthorityItemSchema.safeParse(item.value, { reportInput: true });
    if (!parsed.success) {
      const fallback = item.row.place({ header: '事项名称' });
      this.#errors.push(...issuesAtCells(parsed.error.issues, item.places, fallback));
      return [];
    }
    return [
      {
        ...(item.key !== '' && { key: item.key }),
        keyPlace,
        serial: item.serial,
        row: item.row.rowIndex + 1,
        sheet: item.sheet,
        item: parsed.data,
      },
    ];
  }
}

/** Reads bases and duties out of the words, for the item and everything below it that has no rows for them. */
function derive(owner: Record<string, unknown>, path: string, listed: ReadonlySet<string>): void {
  const fill = (text: string, list: string, parse: (words: string) => unknown): void => {
    const words = owner[text];
    if (typeof words === 'string' && !listed.has(joinPath(path, list))) owner[list] = parse(words);
  };
  fill('basisText', 'bases', parseLegalBases);
  fill('dutiesText', 'duties', parseDuties);
  fill('dutyBasisText', 'dutyBases', parseLegalBases);
  for (const list of ['levels', 'subItems']) {
    const below = owner[list];
    if (!Array.isArray(below)) continue;
    // Made by putAt: objects, one for each row.
    (below as Record<string, unknown>[]).forEach((one, n) => {
      derive(one, joinPath(path, list, n.toString()), listed);
    });
  }
}
