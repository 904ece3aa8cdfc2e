import { XML } from './sheet-to-write.ts';

/**
 * How a workbook looks: a `list` is to be read, numbers are numbers in it; a `form` is to be filled in: every cell has the
 * text format and is marked as quoted, so that `=1+1` stays what it is also when somebody edits it, and a code of twelve
 * digits is not turned into a number.
 */
export interface Look {
  readonly styles: string;
  /** places in its table of cell styles */
  readonly head: number;
  readonly text: number;
  readonly error: number;
  /** of whole columns, for the cells that somebody fills in */
  readonly column: string;
  /** an empty cell; where it is '', it is left out, and every cell says where it stands */
  readonly blank: string;
}

export type LookName = 'list' | 'form';

function styles(parts: {
  readonly font: string;
  readonly fills: string;
  readonly borders: string;
  readonly base: string;
  readonly cells: readonly string[];
  readonly names: string;
}): string {
  const { font, fills, borders, base, cells, names } = parts;
  const name = `<sz val="11"/><name val="${font}"/>`;
  return `<styleSheet xmlns="${XML.main}"><fonts count="2"><font>${name}</font><font><b/>${name}</font></fonts>${fills}${borders}<cellStyleXfs count="1">${base}</cellStyleXfs><cellXfs count="${cells.length.toString()}">${cells.join('')}</cellXfs>${names}</styleSheet>`;
}

const NO_FILLS =
  '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>';

/** Plain, the heading, text that breaks its lines. */
const LIST: Look = {
  head: 1,
  text: 2,
  error: 2,
  column: '',
  blank: '<c/>',
  styles: styles({
    font: '等线',
    fills: `<fills count="2">${NO_FILLS}</fills>`,
    borders: '<borders count="1"><border/></borders>',
    base: '<xf/>',
    cells: [
      '<xf xfId="0"><alignment vertical="top"/></xf>',
      '<xf xfId="0" fontId="1" applyFont="1"/>',
      '<xf xfId="0" numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
    ],
    names: '',
  }),
};

const filled = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill></fill>`;
const LINE = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FF9AA5B1"/></${side}>`)
  .join('');
/** Quoted and of the text format (49). */
const quoted = (font: number, fill: number, border: number): string =>
  `<xf numFmtId="49" fontId="${font.toString()}" fillId="${fill.toString()}" borderId="${border.toString()}" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`;

const FORM: Look = {
  text: 1,
  head: 2,
  error: 3,
  column: ' style="1"',
  blank: '',
  styles: styles({
    font: '宋体',
    fills: `<fills count="4">${NO_FILLS}${filled('FFE3EDF7')}${filled('FFFFC7CE')}</fills>`,
    borders: `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${LINE}<diagonal/></border></borders>`,
    base: '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    cells: [
      '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
      quoted(0, 0, 0),
      quoted(1, 2, 1),
      quoted(0, 3, 1),
    ],
    names: '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  }),
};

export const LOOKS: Readonly<Record<LookName, Look>> = { list: LIST, form: FORM };
