import { foldText, halfWidth } from '@mandate/encoding';
import { INDUSTRY_SECTIONS, type IndustrySection } from '@mandate/codes';
import {
  joinName,
  type Measure,
  type NegativeListItem,
  NegativeListItemSchema,
  withoutBlanks,
} from '@mandate/lists';
import { closingFrom, closingLine } from '../closing-rows.ts';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import { mendedFields, type MendedPlace } from '../mendings.ts';
import type { SheetGrid } from '@mandate/workbook';
import { readMeasures } from './measures.ts';
import {
  findNegativeHeader,
  isHeaderWord,
  isRepeatedHeader,
  type NegativeField,
  type NegativeHeader,
} from './official-header.ts';
import { onlyText, shorten, TableCells } from '../table-cells.ts';

/** One sheet of the official table as read. */
export interface OfficialSheet {
  readonly sheet: string;
  /** the lines above the header */
  readonly titles: readonly string[];
  /** each with the row it begins in, from 1; `list` is not known yet and empty */
  readonly items: readonly { readonly row: number; readonly item: NegativeListItem }[];
  /** codes and names in rows that could not be read: their items are not missing */
  readonly unread: readonly string[];
  readonly warnings: readonly ListWarning[];
  readonly mended: readonly MendedPlace[];
}

interface Growing {
  readonly row: number;
  readonly number: string;
  readonly code: string;
  readonly name: string;
  readonly chapter: NegativeListItem['chapter'];
  readonly section: IndustrySection | undefined;
  readonly sectionName: string | undefined;
  readonly provisional: boolean;
  readonly measures: Measure[];
}

/** A sheet → the items of the official table on it; undefined where it has no such header. */
export function readOfficialSheet(grid: SheetGrid): OfficialSheet | undefined {
  const header = findNegativeHeader(grid);
  return header && new Reader(grid, header).read();
}

class Reader {
  readonly #grid: SheetGrid;
  readonly #header: NegativeHeader;
  readonly #cells: TableCells<NegativeField>;
  readonly #items: Growing[] = [];
  readonly #unread: string[] = [];
  readonly #warnings: ListWarning[];
  readonly #titles: string[] = [];
  #chapter: NegativeListItem['chapter'] | undefined;
  #section: IndustrySection | undefined;
  #sectionName: string | undefined;
  #item: Growing | undefined;
  /** whether the row before was a header repeated on a new page */
  #afterHeader = false;

  constructor(grid: SheetGrid, header: NegativeHeader) {
    this.#grid = grid;
    this.#header = header;
    this.#cells = new TableCells(grid, header.columns);
    this.#warnings = [...header.warnings];
    for (const { row, column, text } of grid.covered)
      if (text !== grid.text(row, column) && !isHeaderWord(text))
        this.#warn(row, 'covered-cell', '合并单元格下面还留有没有显示出来的内容，未导入。');
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
      if (row === this.#header.row) continue;
      if (row > this.#header.row && isRepeatedHeader(this.#grid, row, this.#header)) {
        this.#afterHeader = true;
        continue;
      }
      const closed = row > this.#header.row ? closingLine(this.#grid, row, closing) : undefined;
      if (closed !== undefined) {
        if (closed !== '') this.#warn(row, 'note', `合计或落款，未作为事项导入：“${shorten(closed)}”。`);
        this.#item = undefined;
        continue;
      }
      const only = onlyText(this.#grid, row);
      if (only !== undefined && this.#readHeading(row, only)) continue;
      if (row > this.#header.row) this.#readRow(row);
      this.#afterHeader = false;
    }
    const items = this.#items.flatMap((item) => this.#close(item));
    return {
      sheet: this.#grid.name,
      titles: this.#titles,
      items,
      unread: this.#unread,
      warnings: this.#warnings.toSorted((a, b) => a.row - b.row),
      mended: mendedFields(this.#grid, this.#header.row + 1, {
        names: this.#cells.columnsOf('name'),
        codes: this.#cells.columnsOf('number', 'code'),
      }),
    };
  }

  /** Chapters, sections, the title above the table and notes. @returns whether the row was one of them */
  #readHeading(row: number, text: string): boolean {
    const word = withoutBlanks(text);
    const chapter = /^[一二三四五][、.．]?(禁止|许可)准入(?:类|事项)/.exec(word)?.[1];
    if (chapter !== undefined) {
      this.#chapter = chapter === '禁止' ? 'prohibited' : 'permitted';
      this.#section = undefined;
      this.#sectionName = undefined;
      this.#item = undefined;
      return true;
    }
    const section = findIndustrySection(word);
    if (section !== undefined || (/^[（(][一二三四五六七八九十]{1,3}[）)]/.test(word) && word.length <= 60)) {
      this.#section = section;
      this.#sectionName = joinName(text).slice(0, 200);
      this.#item = undefined;
      if (section === undefined)
        this.#warn(row, 'unknown-heading', `分节标题“${shorten(text)}”不是国民经济行业门类，原文照录。`);
      return true;
    }
    if (row < this.#header.row) {
      this.#titles.push(text);
      return true;
    }
    if (this.#cells.own(row, 'measures') !== '' && this.#item !== undefined) return false;
    this.#warn(row, 'note', `说明文字，未作为事项导入：“${shorten(text)}”。`);
    return true;
  }

  #readRow(row: number): void {
    const words = (field: NegativeField): string => this.#cells.own(row, field);
    const [number, code, name] = [
      withoutBlanks(halfWidth(words('number'))),
      withoutBlanks(halfWidth(words('code'))),
      words('name'),
    ];
    const measures = {
      measures: words('measures'),
      authority: this.#cells.shown(row, 'authority'),
      local: words('local'),
    };
    if ([number, code, name, measures.measures, measures.local].every((text) => text === '')) return;
    if (this.#grid.hiddenRows.has(row))
      this.#warn(row, 'hidden-row', '该行在工作簿中是隐藏的，已照常读取；如不应公开，请删除后重新导入。');
    const item = this.#item;
    // The name is said again where a page breaks in an item.
    const sameName = item !== undefined && (name === '' || foldText(name) === foldText(item.name));
    const same =
      sameName && ['', item.code].includes(code) && ['', item.number].includes(plainNumber(number));
    if (same) {
      this.#continue(row, item, measures);
      return;
    }
    const problem = this.#problemOf(number, code, name);
    if (problem !== undefined) {
      this.#warn(
        row,
        'unreadable-row',
        `${problem}，整行未导入：“${shorten(name === '' ? measures.measures : name)}”。`,
      );
      this.#unread.push(code, name);
      this.#item = undefined;
      return;
    }
    this.#open(row, { number, code, name }, measures);
  }

  #problemOf(number: string, code: string, name: string): string | undefined {
    if (this.#chapter === undefined) return '上方没有“一、禁止准入类”或“二、许可准入类”的标题';
    if (code === '') return '没有事项编码';
    if (!/^\d{6}$/.test(code)) return `事项编码“${shorten(code)}”不是 6 位数字`;
    if (plainNumber(number) === '') return '没有项目号';
    return joinName(name.replace(/★/g, '')) === '' ? '没有禁止或许可事项' : undefined;
  }

  #open(
    row: number,
    said: { readonly number: string; readonly code: string; readonly name: string },
    measures: Parameters<typeof readMeasures>[0],
  ): void {
    const again = this.#items.find(({ code }) => code === said.code);
    if (again) {
      this.#warn(
        row,
        'serial-repeated',
        `事项编码 ${said.code} 与第 ${again.row.toString()} 行相同，措施并入同一事项，请核对。`,
      );
      this.#item = again;
      again.measures.push(...readMeasures(measures));
      return;
    }
    const item: Growing = {
      row: row + 1,
      number: plainNumber(said.number),
      code: said.code,
      name: joinName(said.name.replace(/★/g, '')),
      chapter: this.#chapter ?? 'permitted',
      section: this.#section,
      sectionName: this.#sectionName,
      provisional: (said.name + said.number).includes('★'),
      measures: readMeasures(measures),
    };
    this.#items.push(item);
    this.#item = item;
  }

  #continue(row: number, item: Growing, measures: Parameters<typeof readMeasures>[0]): void {
    const found = readMeasures(measures);
    const last = item.measures.at(-1);
    const [first] = found;
    const broken =
      this.#afterHeader &&
      last !== undefined &&
      first !== undefined &&
      found.length === 1 &&
      this.#cells.own(row, 'authority') === '' &&
      !/[。；;！]$/.test(last.text);
    if (broken) {
      item.measures[item.measures.length - 1] = { ...last, text: joinName(`${last.text}${first.text}`) };
      this.#warn(
        row,
        'continued-measure',
        `换页后的文字接在上一条措施之后：“${shorten(first.text)}”，请核对。`,
      );
      return;
    }
    item.measures.push(...found);
  }

  #close({ row, provisional, section, sectionName, ...item }: Growing): OfficialSheet['items'] {
    const parsed = NegativeListItemSchema.safeParse({
      schema: 'negative-list-item/1',
      list: '',
      ...item,
      ...(section !== undefined && { section }),
      ...(sectionName !== undefined && { sectionName }),
      // ★ at the name is said of all its measures.
      measures: provisional
        ? item.measures.map((measure) => ({ ...measure, provisional: true }))
        : item.measures,
      state: 'in-force',
    });
    if (parsed.success) return [{ row, item: parsed.data }];
    const issue = parsed.error.issues[0];
    this.#warn(
      row - 1,
      'invalid-item',
      `事项 ${item.code} 不能登记，未导入：${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}`,
    );
    this.#unread.push(item.code);
    return [];
  }

  #warn(row: number, code: WarningCode, message: string): void {
    this.#warnings.push({ row: row + 1, code, message });
  }
}

/** （一）农、林、牧、渔业 · 一、农、林、牧、渔业 · A 农、林、牧、渔业 → A. */
export function findIndustrySection(word: string): IndustrySection | undefined {
  const plain = word
    .replace(
      /^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?=[、.．])|[A-T](?=[\p{Script=Han}、.．]))[、.．]?/u,
      '',
    )
    .replace(/[、，,]/g, '');
  // Object.entries widens the keys; those of the table are the letters.
  const sections = Object.entries(INDUSTRY_SECTIONS) as [IndustrySection, string][];
  return sections.find(([, name]) => name.replace(/、/g, '') === plain)?.[0];
}

function plainNumber(text: string): string {
  return text.replace(/[★.．、]/g, '').slice(0, 20);
}
