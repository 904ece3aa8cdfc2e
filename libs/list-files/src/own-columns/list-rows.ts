import { foldText, halfWidth } from '@mandate/encoding';
import { findCategory, findClaimedItems, joinName, withoutBlanks } from '@mandate/lists';
import type { CategoryCode } from '@mandate/codes';
import type { Field } from './header-words.ts';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import { type ItemDraft, type ItemPart, TEXT_FIELDS } from './item-draft.ts';
import { isHeaderRow, type ListHeader } from './list-header.ts';
import { RowCells } from './row-cells.ts';
import { columnLetters, type SheetGrid } from '@mandate/workbook';

export interface ListRows {
  readonly items: readonly ItemDraft[];
  readonly unreadNames: readonly string[];
  readonly claimed: readonly number[];
  readonly warnings: readonly ListWarning[];
}

/** 1 · 2,3 · 1-2 · 十二 · A03 */
const SERIAL =
  /^(?:\d{1,6}(?:[,，、;；/\-—~～至和.]\d{1,6})*|[一二三四五六七八九十百]{1,4}|[A-Za-z]{0,3}-?\d{1,6})$/;

/** The rows below the header → items: one for each distinct serial number, its levels and sub-items under it. */
export function readRows(grid: SheetGrid, header: ListHeader): ListRows {
  return new RowReader(grid, header).read();
}

class RowReader {
  readonly #grid: SheetGrid;
  readonly #header: ListHeader;
  readonly #items: ItemDraft[] = [];
  readonly #bySerial = new Map<string, ItemDraft[]>();
  readonly #unreadNames: string[] = [];
  readonly #claimed: number[] = [];
  readonly #warnings: ListWarning[] = [];
  #item: ItemDraft | undefined;
  #part: ItemPart | undefined;
  #section: CategoryCode | undefined;

  constructor(grid: SheetGrid, header: ListHeader) {
    this.#grid = grid;
    this.#header = header;
    this.#section = findCategory(grid.name);
  }

  read(): ListRows {
    for (let row = this.#header.end; row < this.#grid.rows; row += 1) {
      const cells = new RowCells(this.#grid, this.#header, row);
      if (isHeaderRow(this.#grid, row)) continue;
      const only = cells.onlyText;
      if (only !== undefined && !SERIAL.test(withoutBlanks(only)) && this.#readHeading(row, only)) continue;
      if (cells.isBlank) continue;
      if (this.#grid.hiddenRows.has(row))
        this.#warn(row, 'hidden-row', '该行在工作簿中是隐藏的，已照常读取；如不应公开，请删除后重新导入。');
      this.#readRow(cells);
    }
    return {
      items: this.#items,
      unreadNames: this.#unreadNames,
      claimed: this.#claimed,
      warnings: this.#warnings,
    };
  }

  /** 二、行政处罚（共12项） opens a section; any other text by itself is a note. */
  #readHeading(row: number, text: string): boolean {
    const category = findCategory(text);
    const claimed = findClaimedItems(text);
    if (claimed !== undefined) this.#claimed.push(claimed);
    if (category !== undefined) this.#section = category;
    else if (this.#header.columns.has('serial') || /^(?:备注|注|说明|填表|审核|附)/.test(text))
      this.#warn(row, 'note', `说明文字，未作为事项导入：“${shorten(text)}”。`);
    else return false;
    this.#item = undefined;
    return true;
  }

  #readRow(cells: RowCells): void {
    const { row } = cells;
    const opened = this.#openItem(cells);
    if (opened === 'skipped') {
      this.#item = undefined;
      if (cells.name !== '') this.#unreadNames.push(cells.name);
      return;
    }
    const item = this.#item;
    if (!item) {
      this.#warn(
        row,
        'unreadable-row',
        `该行没有序号，上方也没有可接续的事项，未导入：${this.#excerpt(cells)}`,
      );
      return;
    }
    this.#checkCategory(cells, item);
    if (opened === 'new' || this.#opensPart(cells, item)) this.#addPart(cells, item);
    else this.#continuePart(cells);
  }

  #openItem(cells: RowCells): 'new' | 'same' | 'skipped' {
    const { row, name } = cells;
    const item = this.#item;
    const sameName = item !== undefined && (name === '' || foldText(name) === foldText(item.name));
    if (!this.#header.columns.has('serial')) {
      if (joinName(cells.written('name')) === '' || sameName) return 'same';
      return this.#addItem(cells, (this.#items.length + 1).toString());
    }
    const { serial } = cells;
    if (serial === '') {
      // Under a merged serial every row is the item's; without one only a row that names no other item.
      const merged = withoutBlanks(cells.shown('serial')) !== '';
      if (merged || sameName || name === '') return 'same';
      this.#warn(
        row,
        'missing-serial',
        `没有序号，事项名称“${shorten(name)}”又与上一事项不同，整行未导入；请补上序号后重新导入。`,
      );
      return 'skipped';
    }
    if (!SERIAL.test(serial)) {
      this.#warn(
        row,
        'unreadable-row',
        `序号“${shorten(serial)}”无法识别，整行未导入：${this.#excerpt(cells)}`,
      );
      return 'skipped';
    }
    if (item?.serial === serial && sameName) return 'same';
    if (name === '') {
      this.#warn(row, 'missing-name', `序号 ${serial} 没有事项名称，整行未导入：${this.#excerpt(cells)}`);
      return 'skipped';
    }
    const category = findCategory(cells.shown('category')) ?? this.#section;
    const known = this.#bySerial.get(serial) ?? [];
    const again = known.find(
      (other) => foldText(other.name) === foldText(name) && other.category === category,
    );
    if (again) {
      this.#warn(
        row,
        'serial-repeated',
        `序号 ${serial} 与第 ${again.row.toString()} 行相同，作为同一事项处理。`,
      );
      this.#item = again;
      return 'same';
    }
    if (known.length > 0)
      this.#warn(row, 'serial-repeated', `序号 ${serial} 前面已经用过，名称或类型不同，作为另一事项导入。`);
    return this.#addItem(cells, serial);
  }

  #addItem(cells: RowCells, serial: string): 'new' {
    const { row, name } = cells;
    this.#checkSerial(row, serial);
    const item: ItemDraft = { serial, row: row + 1, name, codes: this.#codes(cells), parts: [] };
    const category = this.#category(cells);
    if (category !== undefined) item.category = category;
    this.#items.push(item);
    this.#bySerial.set(serial, [...(this.#bySerial.get(serial) ?? []), item]);
    this.#item = item;
    return 'new';
  }

  #category(cells: RowCells): CategoryCode | undefined {
    const word = cells.shown('category');
    const found = findCategory(word);
    if (found !== undefined) return found;
    if (this.#section === undefined) {
      const reason = word === '' ? '没有权力类型' : `权力类型“${shorten(word)}”无法识别`;
      this.#warn(cells.row, 'unknown-category', `${reason}，该事项未导入；请填写十类权力之一。`);
    } else
      this.#warn(
        cells.row,
        'category-from-sheet',
        `${word === '' ? '权力类型空白' : `权力类型“${shorten(word)}”无法识别`}，按工作表或分节标题归类。`,
      );
    return this.#section;
  }

  #checkCategory(cells: RowCells, item: ItemDraft): void {
    const written = cells.written('category');
    const found = findCategory(written);
    if (
      written !== '' &&
      item.category !== undefined &&
      found !== item.category &&
      item.row !== cells.row + 1
    )
      this.#warn(
        cells.row,
        'category-differs',
        `权力类型“${shorten(written)}”与同一序号的第 ${item.row.toString()} 行不同，按第 ${item.row.toString()} 行归类。`,
      );
  }

  #checkSerial(row: number, serial: string): void {
    if (!/^\d+$/.test(serial)) {
      if (/\d\D+\d/.test(serial))
        this.#warn(row, 'serial-several', `序号“${serial}”写了不止一个号，作为一个事项导入。`);
      return;
    }
    const before = this.#items.at(-1)?.serial.match(/\d+$/)?.[0];
    const expected = before === undefined ? 1 : Number(before) + 1;
    if (Number(serial) > expected)
      this.#warn(row, 'serial-jump', `序号从 ${before ?? '0'} 跳到 ${serial}，请核对是否缺少事项。`);
  }

  #codes(cells: RowCells): ItemDraft['codes'] {
    const code = (field: Field, form: RegExp): string | undefined => {
      const text = withoutBlanks(halfWidth(cells.shown(field))).toUpperCase();
      if (text === '' || form.test(text)) return text === '' ? undefined : text;
      this.#warn(cells.row, 'invalid-code', `编码“${shorten(text)}”不合格式，未导入。`);
      return undefined;
    };
    const base = code('baseCode', /^\d{12}$/);
    const implementation = code('implementationCode', /^[0-9A-Z]{31}$/);
    const former = code('formerCode', /^[\dA-Z.\-—]{1,40}$/);
    return { ...(base && { base }), ...(implementation && { implementation }), ...(former && { former }) };
  }

  /** A further sub-item or level of the item; anything else continues the words of the part above. */
  #opensPart(cells: RowCells, item: ItemDraft): boolean {
    const part = this.#part;
    if (!part || !item.parts.includes(part)) return true;
    const subItem = this.#subItemName(cells, item);
    if (subItem !== '' && subItem !== (part.subItem ?? '')) return true;
    return cells.written('level') !== '';
  }

  /** Under one merged serial a row may have a name of its own instead of a sub-item's. */
  #subItemName(cells: RowCells, item: ItemDraft): string {
    const subItem = joinName(cells.written('subItem'));
    if (subItem !== '') return subItem;
    const name = joinName(cells.written('name'));
    return foldText(name) === foldText(item.name) ? '' : name;
  }

  #addPart(cells: RowCells, item: ItemDraft): void {
    const part = cells.part();
    const subItem = this.#subItemName(cells, item);
    if (subItem !== '') part.subItem = subItem;
    // A level row below a sub-item that is not merged with it still belongs to that sub-item.
    else if (part.subItem === undefined && item.parts.length > 0 && this.#part?.subItem !== undefined)
      part.subItem = this.#part.subItem;
    item.parts.push(part);
    this.#part = part;
  }

  #continuePart(cells: RowCells): void {
    const part = this.#part;
    if (!part) return;
    const written = cells.texts((field) => cells.written(field));
    for (const field of TEXT_FIELDS) {
      const text = written[field];
      if (text === undefined || text === part.texts[field]) continue;
      part.texts[field] = part.texts[field] === undefined ? text : `${part.texts[field]}\n${text}`;
    }
    const { division = '' } = cells.part();
    if (cells.written('division') !== '' && division !== '' && division !== part.division)
      part.division = part.division === undefined ? division : `${part.division}\n${division}`;
  }

  #excerpt(cells: RowCells): string {
    const texts = [...this.#header.columns.values()]
      .flat()
      .map((column) => ({ column, text: this.#grid.own(cells.row, column) }))
      .filter(({ text }) => text !== '');
    return texts.map(({ column, text }) => `${columnLetters(column)} 列“${shorten(text)}”`).join('，');
  }

  #warn(row: number, code: WarningCode, message: string): void {
    this.#warnings.push({ row: row + 1, code, message });
  }
}

function shorten(text: string): string {
  const line = joinName(text);
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
