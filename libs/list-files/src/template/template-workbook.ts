import type { TemplateSheet } from './template-sheet.ts';
import { ADDRESSES } from './template-sheet.ts';
import { offeredWords } from './cell-value.ts';
import { encodeWorkbook, type SheetToWrite } from '@mandate/workbook';
import type { WrittenRow } from './write-authority.ts';

/** A cell of Excel holds 32,767 characters; what is longer stands in pieces on a sheet of its own. */
const PIECE = 32_000;
export const LONG_TEXTS = '长文本';
export const GUIDE = '填写说明';
const LONG_TEXT = /^【长文本\d+】$/;

/** Headers of a sheet, addresses first. */
export function headersOf(sheet: TemplateSheet): readonly string[] {
  return [
    ...sheet.addresses.map((address) => ADDRESSES[address]),
    ...[...sheet.columns, ...(sheet.details?.columns ?? [])].map(({ header }) => header),
  ];
}

/** Rows as tables, one for each sheet, the header on top. */
export function toTable(sheet: TemplateSheet, rows: readonly WrittenRow[]): string[][] {
  const headers = headersOf(sheet);
  return [
    [...headers],
    ...rows.filter(([of]) => of === sheet).map(([, words]) => headers.map((header) => words[header] ?? '')),
  ];
}

/** The workbook of a template, empty or filled. @param guide lines of the sheet 填写说明: its columns */
export function encodeTemplate(
  sheets: readonly TemplateSheet[],
  rows: readonly WrittenRow[],
  guide: readonly (readonly string[])[],
): Uint8Array {
  const long: string[][] = [['编号', '文字']];
  const shorten = (text: string): string => {
    if (text.length <= PIECE && !LONG_TEXT.test(text)) return text;
    const number = new Set(long.map(([at]) => at)).size.toString();
    for (const piece of pieces(text)) long.push([number, piece]);
    return `【长文本${number}】`;
  };
  const filled = sheets.map((sheet): SheetToWrite => {
    const columns = [...sheet.columns, ...(sheet.details?.columns ?? [])];
    const before = sheet.addresses.length;
    return {
      name: sheet.name,
      rows: toTable(sheet, rows).map((row) => row.map(shorten)),
      headRows: 1,
      widths: [...sheet.addresses.map(() => 10), ...columns.map(({ width = 12 }) => width)],
      choices: columns
        .map(({ value }, n) => ({ column: before + n, words: offeredWords(value) }))
        .filter(({ words }) => words.length > 0),
      notes: columns.flatMap(({ note }, n) =>
        note === undefined ? [] : [{ row: 0, column: before + n, text: note }],
      ),
    };
  });
  const all: SheetToWrite[] = [
    { name: GUIDE, rows: guide, widths: [18, 90] },
    ...filled,
    ...(long.length > 1 ? [{ name: LONG_TEXTS, rows: long, headRows: 1, widths: [10, 100] }] : []),
  ];
  return encodeWorkbook(all, 'form');
}

/** Pieces that no reader trims: each begins and ends with a character that is no blank. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > PIECE) {
    let end = PIECE;
    while (end > 1 && (/\s/.test(rest.charAt(end - 1)) || /[\s\udc00-\udfff]/.test(rest.charAt(end))))
      end -= 1;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}
