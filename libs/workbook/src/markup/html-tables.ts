import { WorkbookError } from '../workbook.errors.ts';
import { attributeOf, type Token, tokensOf } from './tokens.ts';

/** A table as the page has it, before its cells have places. */
export interface HtmlTable {
  readonly rows: HtmlRow[];
  /** lines right before it, and its caption */
  readonly titles: readonly string[];
}
export interface HtmlRow {
  readonly hidden: boolean;
  readonly cells: HtmlCell[];
}
export interface HtmlCell {
  readonly rowspan: number;
  readonly colspan: number;
  /** the number behind what is shown, as Excel writes it */
  readonly number?: string;
  readonly parts: (string | HtmlTable)[];
}

/** Tables in cells in tables: no list has more than three, and each is walked through again for the one around it. */
const DEEPEST = 16;
const SPANS = { rowspan: 65_534, colspan: 1_000 };
const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'dl',
  'dt',
  'dd',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'center',
  'caption',
  'hr',
  'section',
  'article',
  'form',
  'body',
]);
/** Where a block begins or ends; several of them, and a `<br>` before them, are one line end. */
const BLOCK_END = '\v';
const TITLES = { lines: 3, characters: 100 };

interface OpenTable {
  readonly table: HtmlTable;
  row?: HtmlRow | undefined;
  cell?: HtmlCell | undefined;
}

/**
 * The tables of a page, in its order; those that stand in a cell are parts of that cell.
 * @throws WorkbookError `damaged-workbook` | `too-large` for tables nested deeper than any list has them
 */
export function htmlTables(page: string): HtmlTable[] {
  const found: HtmlTable[] = [];
  const open: OpenTable[] = [];
  let outside = '';
  for (const token of tokensOf(page)) {
    const top = open.at(-1);
    if ('text' in token) {
      if (top?.cell) addText(top.cell, spaced(token.text));
      else outside += spaced(token.text);
      continue;
    }
    const name = 'open' in token ? token.open : token.close;
    if (name === 'table') {
      if ('close' in token) open.pop();
      else {
        const table: HtmlTable = { rows: [], titles: titlesOf(outside) };
        outside = '';
        if (top?.cell) top.cell.parts.push(table);
        else found.push(table);
        open.push({ table });
        if (open.length > DEEPEST) throw new WorkbookError('too-large', '网页里的表格嵌套过深，未读取。');
      }
    } else if (top && placesCell(top, token)) continue;
    else if (name === 'br' || BLOCKS.has(name)) {
      const end = name === 'br' ? '\n' : BLOCK_END;
      if (top?.cell) addText(top.cell, end);
      else outside += end;
    }
  }
  return found;
}

/** Rows and cells: their ends may be left out. @returns whether the tag was one of them */
function placesCell(top: OpenTable, token: Exclude<Token, { text: string }>): boolean {
  const name = 'open' in token ? token.open : token.close;
  if (name === 'tr' || name === 'thead' || name === 'tbody' || name === 'tfoot') {
    top.cell = undefined;
    top.row = undefined;
    if ('open' in token && name === 'tr') openRow(top, token.attributes);
    return true;
  }
  if (name !== 'td' && name !== 'th') return false;
  top.cell = undefined;
  if ('open' in token) {
    const { attributes } = token;
    const number = attributeOf(attributes, 'x:num');
    top.cell = {
      rowspan: spanOf(attributes, 'rowspan'),
      colspan: spanOf(attributes, 'colspan'),
      ...(number !== undefined && { number }),
      parts: [],
    };
    (top.row ?? openRow(top, '')).cells.push(top.cell);
  }
  return true;
}

function openRow(top: OpenTable, attributes: string): HtmlRow {
  const row: HtmlRow = { hidden: /display\s*:\s*none/i.test(attributes), cells: [] };
  top.row = row;
  top.table.rows.push(row);
  return row;
}

function spanOf(attributes: string, which: 'rowspan' | 'colspan'): number {
  const said = /^\s*\+?(\d{1,9})/.exec(attributeOf(attributes, which) ?? '')?.[1];
  if (said === undefined) return 1;
  // A row span of 0 goes to the end of the table.
  return Number(said) === 0 && which === 'rowspan'
    ? SPANS.rowspan
    : Math.min(Math.max(1, Number(said)), SPANS[which]);
}

function addText(cell: HtmlCell, text: string): void {
  const last = cell.parts.length - 1;
  const before = cell.parts[last];
  if (typeof before === 'string') cell.parts[last] = before + text;
  else cell.parts.push(text);
}

/** Line ends of the file are blanks; those of the page are its tags. */
function spaced(text: string): string {
  return text.replace(/[ \t\r\n\f\v]+/g, ' ');
}

/** The lines of a text made by the reader of tables. */
export function linesOf(text: string): string[] {
  return text
    .replace(/\n?[ \v]*\v[ \v]*/g, '\n')
    .split('\n')
    .map((line) => line.trim());
}

function titlesOf(text: string): string[] {
  const lines = linesOf(text.slice(-TITLES.lines * TITLES.characters * 4)).filter(
    (line) => line !== '' && line.length <= TITLES.characters,
  );
  return lines.slice(-TITLES.lines);
}
