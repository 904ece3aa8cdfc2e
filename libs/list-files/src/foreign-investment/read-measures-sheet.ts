import type { IndustrySection } from '@mandate/codes';
import {
  joinName,
  joinWrappedLines,
  type NegativeListItem,
  NegativeListItemSchema,
  withoutBlanks,
} from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { closingFrom, closingLine } from '../closing-rows.ts';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import { mendedFields } from '../mendings.ts';
import { readMeasures } from '../official/measures.ts';
import { findIndustrySection, type OfficialSheet } from '../official/read-official.ts';
import {
  findMeasuresHeader,
  type MeasuresField,
  type MeasuresHeader,
  repeatsHeader,
} from './measures-header.ts';
import { chapterOf, chapterOfHeading, isMixed } from './restriction.ts';
import { onlyText, shorten, TableCells } from '../table-cells.ts';

interface Growing {
  readonly row: number;
  readonly number: string;
  readonly name: string;
  readonly chapter: NegativeListItem['chapter'] | undefined;
  readonly section: IndustrySection | undefined;
  readonly sectionName: string;
  /** of its section, from 1; 0 before the first */
  readonly ordinal: number;
  readonly texts: string[];
  readonly authority: string;
}

/**
 * A sheet → the special management measures on it, in either form: under headings of trades (序号, 特别管理措施), or with a
 * column that names the field (序号, 领域, 事项, 特别管理措施). It prints no 事项编码: each gets a provisional one from its place,
 * which the register replaces by that of the same measure where it has it. Undefined where it has no such header.
 */
export function readMeasuresSheet(grid: SheetGrid): OfficialSheet | undefined {
  const header = findMeasuresHeader(grid);
  return header && new Reader(grid, header).read();
}

/** A heading by its number: 一、农、林、牧、渔业 · （一）种业 · 第一章 …. */
const HEADING =
  /^(?:第?[一二三四五六七八九十]{1,3}(?:[、.．]|章|部分)|[（(][一二三四五六七八九十]{1,3}[)）])/;
const SUBHEADING = /^[（(][一二三四五六七八九十]{1,3}[)）]/;
const SENTENCE = /[。；;]$/;

class Reader {
  readonly #items: Growing[] = [];
  readonly #titles: string[] = [];
  readonly #warnings: ListWarning[];
  readonly #unread: string[] = [];
  #chapter: NegativeListItem['chapter'] | undefined;
  #heading = '';
  #subheading = '';
  #ordinal = 0;
  readonly #fields = new Map<string, number>();

  readonly #grid: SheetGrid;
  readonly #header: MeasuresHeader;
  readonly #cells: TableCells<MeasuresField>;

  constructor(grid: SheetGrid, header: MeasuresHeader) {
    this.#grid = grid;
    this.#header = header;
    this.#cells = new TableCells(grid, header.columns);
    this.#warnings = [...header.warnings];
    for (const { row, text } of grid.errors)
      this.#warn(
        row,
        'error-cell',
        `单元格是公式错误 ${text}，照录在草稿里；请改成文字后重新导入，改好之前，除非审核人说明理由保留，不能发布。`,
      );
    if (grid.hidden) this.#warn(0, 'hidden-sheet', '工作表是隐藏的，已照常读取。');
  }

  read(): OfficialSheet {
    const closing = closingFrom(this.#grid);
    for (let row = 0; row < this.#grid.rows; row += 1) {
      const only = onlyText(this.#grid, row);
      if (row < this.#header.row) {
        if (only !== undefined) this.#titles.push(only);
        continue;
      }
      if (row === this.#header.row || repeatsHeader(this.#grid, row, this.#header)) continue;
      const closed = closingLine(this.#grid, row, closing);
      if (closed !== undefined && closed !== '')
        this.#warn(row, 'note', `合计或落款，未作为事项导入：“${shorten(closed)}”。`);
      if (closed !== undefined || (only !== undefined && this.#readHeading(row, only))) continue;
      this.#readRow(row);
    }
    const items = this.#items.flatMap((item, n) => this.#close(item, n));
    const [first] = items;
    if (first)
      this.#warn(
        first.row - 1,
        'derived-code',
        `表中没有事项编码：已登记的措施按文字对上，沿用原来的编码；新的按所在门类和次序编号，如 ${first.item.code}。`,
      );
    return {
      sheet: this.#grid.name,
      titles: this.#titles,
      items,
      unread: this.#unread,
      warnings: this.#warnings.toSorted((a, b) => a.row - b.row),
      mended: mendedFields(this.#grid, this.#header.row + 1, {
        names: [],
        codes: this.#cells.columnsOf('number'),
      }),
    };
  }

  #readHeading(row: number, text: string): boolean {
    const word = withoutBlanks(text);
    const inMeasures = this.#cells.own(row, 'measures') !== '';
    const isHeading = HEADING.test(word) && word.length <= 40 && !SENTENCE.test(word);
    if (isHeading && SUBHEADING.test(word) && this.#heading !== '') this.#subheading = joinName(text);
    else if (isHeading || findIndustrySection(word) !== undefined) {
      this.#chapter = chapterOfHeading(word) ?? (isHeading && /^第/.test(word) ? undefined : this.#chapter);
      this.#heading = joinName(text).slice(0, 150);
      this.#subheading = '';
      this.#ordinal += 1;
    } else if (inMeasures) return false;
    else this.#warn(row, 'note', `说明文字，未作为事项导入：“${shorten(text)}”。`);
    return true;
  }

  #readRow(row: number): void {
    const number = withoutBlanks(this.#cells.own(row, 'number')).replace(/[.．、]$/, '');
    const name = joinName(this.#cells.own(row, 'name'));
    const measures = joinWrappedLines(this.#cells.own(row, 'measures'));
    if ([number, name, measures].every((text) => text === '')) return;
    if (this.#grid.hiddenRows.has(row))
      this.#warn(row, 'hidden-row', '该行在工作簿中是隐藏的，已照常读取；如不应公开，请删除后重新导入。');
    const last = this.#items.at(-1);
    const goesOn = number === '' && name === '' && this.#header.columns.has('number') && last !== undefined;
    if (goesOn) {
      this.#continue(row, last, measures);
      return;
    }
    if (measures === '') {
      this.#warn(
        row,
        'unreadable-row',
        `没有特别管理措施，整行未导入：“${shorten(name === '' ? number : name)}”。`,
      );
      this.#unread.push(name);
      return;
    }
    this.#open(row, number, name, measures);
  }

  #open(row: number, number: string, name: string, measures: string): void {
    const field = joinName(this.#cells.shown(row, 'field'));
    const sectionName = [this.#heading, this.#subheading, field].filter((word) => word !== '').join(' ');
    const chapter = chapterOf(measures) ?? chapterOf(name) ?? this.#chapter;
    if (chapter === undefined)
      this.#warn(
        row,
        'chapter-unclear',
        '措施的文字看不出是禁止投资还是有条件准入，按有条件准入登记，请核对。',
      );
    else if (isMixed(measures))
      this.#warn(row, 'chapter-unclear', '措施里既有禁止又有条件，按有条件准入登记，原文照录，请核对。');
    this.#items.push({
      row: row + 1,
      number: number === '' ? (this.#items.length + 1).toString() : number.slice(0, 20),
      name: name === '' ? joinName(measures) : name,
      chapter,
      section: findIndustrySection(withoutBlanks(this.#heading)) ?? findIndustrySection(withoutBlanks(field)),
      sectionName: sectionName.slice(0, 200),
      ordinal: this.#ordinal > 0 ? this.#ordinal : this.#ordinalOf(field),
      texts: [measures],
      authority: joinName(this.#cells.shown(row, 'authority')),
    });
  }

  /** A row without number and matter is more of the one above: the rest of its sentence, or a measure of its own. */
  #continue(row: number, item: Growing, measures: string): void {
    const last = item.texts.at(-1) ?? '';
    if (SENTENCE.test(last)) item.texts.push(measures);
    else {
      item.texts[item.texts.length - 1] = joinWrappedLines(`${last}\n${measures}`).replace(/\n/g, '');
      this.#warn(
        row,
        'continued-measure',
        `换页后的文字接在上一条措施之后：“${shorten(measures)}”，请核对。`,
      );
    }
  }

  #close(item: Growing, place: number): OfficialSheet['items'] {
    const { row, number, name, section, sectionName, ordinal, authority } = item;
    const parsed = NegativeListItemSchema.safeParse({
      schema: 'negative-list-item/1',
      list: '',
      number,
      code: `${(ordinal % 100).toString().padStart(2, '0')}${((place + 1) % 10_000).toString().padStart(4, '0')}`,
      chapter: item.chapter ?? 'permitted',
      ...(section !== undefined && { section }),
      ...(sectionName !== '' && { sectionName }),
      name,
      measures: item.texts.flatMap((text) => readMeasures({ measures: text, authority, local: '' })),
      state: 'in-force',
    });
    if (parsed.success) return [{ row, item: parsed.data }];
    const issue = parsed.error.issues[0];
    this.#warn(
      row - 1,
      'invalid-item',
      `第 ${number} 项不能登记，未导入：${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}`,
    );
    this.#unread.push(name);
    return [];
  }

  #ordinalOf(field: string): number {
    if (field === '') return 0;
    if (!this.#fields.has(field)) this.#fields.set(field, this.#fields.size + 1);
    return this.#fields.get(field) ?? 0;
  }

  #warn(row: number, code: WarningCode, message: string): void {
    this.#warnings.push({ row: row + 1, code, message });
  }
}
