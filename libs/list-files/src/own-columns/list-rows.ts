import { foldText } from '@mandate/encoding';
import { findCategory, findClaimedItems, joinName, simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { CategoryCode } from '@mandate/codes';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import { closingFrom } from '../closing-rows.ts';
import { adjustedAway } from './adjusted-sides.ts';
import { CarriedCategories, leavesCategory, withoutCategory } from './carried-categories.ts';
import { type ItemDraft, type ItemPart, TEXT_FIELDS } from './item-draft.ts';
import { findSectionOrgan, headingDepth } from '../owner/section-organ.ts';
import { ItemFacts } from './item-facts.ts';
import { headerAt, type HeaderContext, type ListHeader } from './list-header.ts';
import { organColumns } from './organ-columns.ts';
import { RowCells } from './row-cells.ts';
import { headingInCells, isClosing, isNumbering, isWholeTotal } from './row-kinds.ts';
import { doubtOfSerial, findSerial, isUnder, serialNumber } from './serials.ts';
import { findCategoryInTitle } from './title-category.ts';
import type { SheetGrid } from '@mandate/workbook';
import { shorten } from '../table-cells.ts';

export interface ListRows {
  readonly items: readonly ItemDraft[];
  readonly unreadNames: readonly string[];
  readonly claimed: readonly number[];
  /** further tables on the sheet: their headers, as they were found */
  readonly headers: readonly ListHeader[];
  readonly warnings: readonly ListWarning[];
}

/** The rows below the header → items: one for each distinct serial number, its levels and sub-items under it. */
export function readRows(
  grid: SheetGrid,
  header: ListHeader,
  context: HeaderContext,
  category: CategoryCode | undefined,
): ListRows {
  return new RowReader(grid, header, context, category).read();
}

class RowReader {
  readonly #grid: SheetGrid;
  #header: ListHeader;
  readonly #context: HeaderContext;
  readonly #headers: ListHeader[] = [];
  readonly #facts: ItemFacts;
  #organColumns: readonly number[];
  readonly #carried = new CarriedCategories();
  readonly #items: ItemDraft[] = [];
  readonly #bySerial = new Map<string, ItemDraft[]>();
  readonly #unreadNames: string[] = [];
  readonly #claimed: number[] = [];
  readonly #closing: number;
  readonly #totals: number[] = [];
  readonly #warnings: ListWarning[] = [];
  #item: ItemDraft | undefined;
  #part: ItemPart | undefined;
  #section: CategoryCode | undefined;
  #sectionDepth: number | undefined;
  /** a heading or a person says it, not the title alone */
  #isSaid: boolean;
  #lastSerial: string | undefined;
  /** where the numbers began again, from 1 */
  #groupRow = 0;
  #organ: { readonly name: string; readonly depth: number | undefined } | undefined;

  constructor(
    grid: SheetGrid,
    header: ListHeader,
    context: HeaderContext,
    category: CategoryCode | undefined,
  ) {
    this.#grid = grid;
    this.#closing = closingFrom(grid);
    this.#header = header;
    this.#context = context;
    this.#organColumns = organColumns(grid, header, context.options.splitBy);
    this.#section = category;
    this.#isSaid = context.options.category !== undefined;
    this.#facts = new ItemFacts((row, code, message) => {
      this.#warn(row, code, message);
    });
  }

  read(): ListRows {
    for (let row = this.#header.end; row < this.#grid.rows; row += 1) {
      if (this.#isHeader(row)) continue;
      if (this.#isClosing(row)) continue;
      const cells = new RowCells(this.#grid, this.#header, row);
      const only = cells.onlyText ?? headingInCells(this.#grid, row, this.#header);
      if (only !== undefined && findSerial(only) === undefined && this.#readHeading(row, only)) continue;
      if (this.#isAdjustedAway(cells) || cells.isBlank) continue;
      if (this.#grid.hiddenRows.has(row))
        this.#warn(row, 'hidden-row', '该行在工作簿中是隐藏的，已照常读取；如不应公开，请删除后重新导入。');
      this.#readRow(cells);
    }
    this.#facts.close();
    this.#warnings.push(...this.#carried.close());
    return {
      items: this.#items,
      unreadNames: this.#unreadNames,
      claimed: this.#totals.length === 1 ? this.#totals : this.#claimed,
      headers: this.#headers,
      warnings: this.#warnings,
    };
  }

  /** A header repeated on a new page, that of another table, or the row that numbers the columns below one. */
  #isHeader(row: number): boolean {
    const found = headerAt(this.#grid, row, this.#header, this.#context);
    if (found === 'repeated') return true;
    if (found !== undefined) {
      this.#headers.push(found);
      this.#header = found;
      this.#organColumns = organColumns(this.#grid, found, this.#context.options.splitBy);
      this.#item = undefined;
      this.#carried.end();
      return true;
    }
    return row < this.#header.end && row >= this.#header.top
      ? true
      : isNumbering(this.#grid, row, this.#header);
  }

  /** 合计 12 项, 填表人：…, or the organ with the day, below the items. */
  #isClosing(row: number): boolean {
    if (row < this.#closing && !isClosing(this.#grid, row, this.#header)) return false;
    const written = Array.from({ length: this.#grid.columns }, (_, column) => this.#grid.own(row, column));
    const text = written.filter((one) => one !== '').join(' ');
    if (text === '') return true;
    const total = findClaimedItems(text);
    if (total !== undefined && isWholeTotal(this.#grid, row)) this.#totals.push(total);
    this.#warn(row, 'note', `合计或落款，未作为事项导入：“${shorten(text)}”。`);
    this.#item = undefined;
    this.#carried.end();
    return true;
  }

  /** 二、行政处罚（共12项） opens a section; any other text by itself is a note. */
  #readHeading(row: number, text: string): boolean {
    const category = findCategory(text) ?? findCategoryInTitle(text);
    const claimed = findClaimedItems(text);
    // 示例市教育局行政许可事项（共12项） is a heading of both.
    const organ = findSectionOrgan(text);
    if (claimed !== undefined) this.#claimed.push(claimed);
    if (organ !== undefined) {
      this.#openOrgan(organ, headingDepth(text));
      this.#warn(row, 'note', `机关的分节标题：“${shorten(text)}”。`);
    }
    if (category !== undefined) this.#openSection(category, headingDepth(text));
    else if (organ !== undefined) this.#item = undefined;
    else if (
      this.#header.columns.has('serial') ||
      /^(?:备注|注|说明|填表|审核|附)/.test(simplifiedWords(text))
    )
      this.#warn(row, 'note', `说明文字，未作为事项导入：“${shorten(text)}”。`);
    else return false;
    this.#item = undefined;
    this.#carried.end();
    return true;
  }

  /** A category that stands over organs ends the one before it; an organ that stands over categories ends the last of these. */
  #openSection(category: CategoryCode, depth: number | undefined): void {
    if (category !== this.#section) this.#groupRow = Infinity;
    this.#section = category;
    this.#isSaid = true;
    this.#sectionDepth = depth;
    if (depth !== undefined && (this.#organ?.depth ?? -1) > depth) this.#organ = undefined;
  }

  /** Each organ's rows are numbered by themselves. */
  #openOrgan(name: string, depth: number | undefined): void {
    this.#organ = { name, depth };
    this.#bySerial.clear();
    if (depth !== undefined && (this.#sectionDepth ?? -1) > depth)
      [this.#section, this.#isSaid] = [findCategory(this.#grid.name), false];
  }

  #readRow(cells: RowCells): void {
    const { row } = cells;
    const opened = this.#openItem(cells);
    if (opened === 'skipped') {
      this.#item = undefined;
      const category = findCategory(cells.shown('category'));
      if (category !== undefined) this.#carried.write(category, cells.firstText(this.#organColumns));
      if (cells.name !== '') this.#unreadNames.push(cells.name);
      return;
    }
    const item = this.#item;
    if (!item) {
      this.#warn(row, 'unreadable-row', `该行没有序号，上方也没有可接续的事项，未导入：${cells.excerpt()}`);
      return;
    }
    this.#checkCategory(cells, item);
    this.#facts.read(cells, item, this.#header);
    if (opened === 'new' || this.#opensPart(cells, item)) this.#addPart(cells, item);
    else this.#continuePart(cells);
  }

  /** In a table of adjustments: an item that was and is no more, or of which only the old words stand there. */
  #isAdjustedAway(cells: RowCells): boolean {
    const { formerName } = this.#header;
    const former = formerName === undefined ? '' : joinName(this.#grid.own(cells.row, formerName));
    const away = adjustedAway(former, cells.name);
    if (away === undefined) return false;
    if (!away.isGone) this.#unreadNames.push(former);
    this.#warn(cells.row, away.code, away.message);
    this.#item = undefined;
    if (cells.serial !== '') this.#lastSerial = cells.serial;
    return true;
  }

  #openItem(cells: RowCells): 'new' | 'same' | 'skipped' {
    const { row, name } = cells;
    const item = this.#item;
    const sameName = item !== undefined && (name === '' || foldText(name) === foldText(item.name));
    if (!this.#header.columns.has('serial')) {
      const written = findCategory(cells.written('category'));
      const other = item !== undefined && written !== undefined && written !== item.category;
      if (joinName(cells.written('name')) === '') return 'same';
      // Two rows of one name are of two organs, unless they are its levels.
      const others = item !== undefined && cells.written('level') === '' && this.#isOtherOrgan(cells, item);
      if (sameName && !other && !others) return 'same';
      return this.#addItem(cells, (this.#items.length + 1).toString());
    }
    const { serial } = cells;
    if (serial === '') {
      // 调整前 of one row may be two items 调整后.
      const isNew = this.#header.formerName !== undefined && !sameName && cells.written('name') !== '';
      if (isNew) return this.#addItem(cells, (this.#items.length + 1).toString());
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
    if (findSerial(serial) === undefined) {
      this.#warn(
        row,
        'unreadable-row',
        `序号“${shorten(serial)}”无法识别，整行未导入，请改成数字；这一列不是序号的，用 --column 序号=… 指明：${cells.excerpt()}`,
      );
      return 'skipped';
    }
    const joins = this.#header.formerName !== undefined && name !== '' && cells.written('name') === '';
    if (sameName && (item.serial === serial || joins)) return 'same';
    // 1.1 beside a sub-item and no name counts what is under 1.
    if (item && name === '' && isUnder(serial, item.serial) && cells.written('subItem') !== '') return 'same';
    if (name === '') {
      this.#warn(row, 'missing-name', `序号 ${serial} 没有事项名称，整行未导入：${cells.excerpt()}`);
      return 'skipped';
    }
    const category = findCategory(cells.shown('category')) ?? this.#section;
    const known = this.#bySerial.get(serial) ?? [];
    const again = known.find(
      (other) =>
        foldText(other.name) === foldText(name) &&
        other.category === category &&
        !this.#isOtherOrgan(cells, other),
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
    if (known.some((other) => other.row >= this.#groupRow)) this.#tellRepeated(row, serial);
    return this.#addItem(cells, serial);
  }

  /** Numbers that begin again are told where they do, not once more at each of them. */
  #tellRepeated(row: number, serial: string): void {
    const begins = serialNumber(serial) === 1;
    if (begins) {
      this.#groupRow = row + 1;
      this.#carried.end();
    }
    const message = begins
      ? `序号从 ${serial} 重新开始，以下各行作为另外的事项导入。`
      : `序号 ${serial} 前面已经用过，名称或类型不同，作为另一事项导入。`;
    this.#warn(row, 'serial-repeated', message);
  }

  /** The lists of several organs one below another may each have the same item under the same number. */
  #isOtherOrgan(cells: RowCells, item: ItemDraft): boolean {
    const own = withoutBlanks(cells.shown('implementingOrgan'));
    const before = item.parts.flatMap(({ texts }) => texts.implementingOrgan ?? []).map(withoutBlanks);
    return own !== '' && before.length > 0 && !before.includes(own);
  }

  #addItem(cells: RowCells, serial: string): 'new' {
    const { row, name } = cells;
    const doubt = doubtOfSerial(serial, this.#lastSerial);
    if (doubt) this.#warn(row, doubt.code, doubt.message);
    this.#lastSerial = serial;
    const item: ItemDraft = {
      serial,
      row: row + 1,
      name,
      codes: this.#facts.codes(cells, this.#header),
      parts: [],
    };
    this.#setCategory(cells, item);
    if (this.#organ !== undefined) item.organName = this.#organ.name;
    this.#items.push(item);
    if (this.#groupRow === Infinity) this.#groupRow = item.row;
    this.#bySerial.set(serial, [...(this.#bySerial.get(serial) ?? []), item]);
    this.#item = item;
    return 'new';
  }

  #setCategory(cells: RowCells, item: ItemDraft): void {
    const word = cells.shown('category');
    const found = findCategory(word);
    const organ = cells.firstText(this.#organColumns);
    const category = found ?? this.#section;
    if (category !== undefined) item.category = category;
    if (found !== undefined) this.#carried.write(found, organ, cells.written('category') !== '');
    else if (this.#header.columns.has('category') || category === undefined) {
      const without = (reason = ''): void => {
        const { code, message } = withoutCategory(word, reason, category);
        this.#warn(cells.row, code, message);
      };
      if (!leavesCategory(word)) this.#carried.end();
      if (leavesCategory(word) && !this.#isSaid) this.#carried.wait(item, word, organ, without);
      else without();
    }
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

  #warn(row: number, code: WarningCode, message: string): void {
    this.#warnings.push({ row: row + 1, code, message });
  }
}
