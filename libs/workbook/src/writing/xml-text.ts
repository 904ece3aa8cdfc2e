import { escapeXml } from '@mandate/encoding';

/** `_x000D_` in a text would be read as the character it names (ECMA-376 part 1, 22.9.2.19). */
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** In the name of a sheet; the quote only at its ends, but a name that begins with one is no loss. */
const NOT_IN_SHEET_NAME = /[:\\/?*[\]']/g;
const MAX_SHEET_NAME = 31;

export function cellText(text: string): string {
  return escapeXml(text.replace(ESCAPE, '_x005F_'));
}

/** A reader makes blanks of the line ends in an attribute. */
export function attributeText(text: string): string {
  return cellText(text).replace(/\n/g, '&#10;');
}

export function sheetName(name: string): string {
  return attributeText(name.replace(NOT_IN_SHEET_NAME, ' ').slice(0, MAX_SHEET_NAME) || 'Sheet');
}
