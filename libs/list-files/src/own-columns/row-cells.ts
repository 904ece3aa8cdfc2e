import { halfWidth } from '@mandate/encoding';
import { joinName, joinWrappedLines, withoutBlanks } from '@mandate/lists';
import { joinBasis } from './basis-parts.ts';
import type { Field } from './vocabulary/fields.ts';
import { TEXT_FIELDS, type ItemPart, type TextField } from './item-draft.ts';
import type { ListHeader } from './list-header.ts';
import { findSerial } from './serials.ts';
import { columnLetters, type SheetGrid } from '@mandate/workbook';
import { shorten } from '../table-cells.ts';

/**
 * How the words of a column are put together again where the list broke their lines. 实施依据, 责任事项 and their bases
 * stay as they are: what is parsed from them stands beside them.
 */
const WORDING: Partial<Record<TextField, (text: string) => string>> = {
  implementingOrgan: joinLabel,
  handlingOffice: joinLabel,
  departmentDuties: joinNarrowLines,
  accountablePersons: joinNarrowLines,
  accountabilityGrounds: joinNarrowLines,
};

/** One row of a list, read by field. */
export class RowCells {
  readonly row: number;
  readonly #grid: SheetGrid;
  readonly #header: ListHeader;

  constructor(grid: SheetGrid, header: ListHeader, row: number) {
    this.#grid = grid;
    this.#header = header;
    this.row = row;
  }

  /** What the row shows under a field, merged areas from above included. Doubled columns: the first that has words. */
  shown(field: Field): string {
    return this.#first(field, (column) => this.#grid.text(this.row, column));
  }

  /** What is written in this row itself. */
  written(field: Field): string {
    return this.#first(field, (column) => this.#grid.own(this.row, column));
  }

  /** What each column of a field shows, where two of different words may be it. */
  readings(field: Field): { readonly column: number; readonly text: string }[] {
    return (this.#header.columns.get(field) ?? [])
      .map((column) => ({ column, text: this.#grid.text(this.row, column) }))
      .filter(({ text }) => text !== '');
  }

  get serial(): string {
    const words = this.written('serial');
    return findSerial(words) ?? withoutBlanks(halfWidth(words));
  }

  get name(): string {
    return joinName(this.shown('name'));
  }

  /** The words of the row as a part of an item. */
  part(): ItemPart {
    const subItem = joinName(this.shown('subItem'));
    const label = joinName(this.shown('level'));
    const division = joinNarrowLines(this.shown('division'));
    return {
      ...(subItem !== '' && { subItem }),
      ...(label !== '' && { label }),
      ...(division !== '' && { division }),
      texts: this.texts((field) => this.shown(field)),
    };
  }

  texts(read: (field: TextField) => string): Partial<Record<TextField, string>> {
    const texts: Partial<Record<TextField, string>> = {};
    for (const field of TEXT_FIELDS) {
      const text = WORDING[field]?.(read(field)) ?? read(field);
      if (text !== '') texts[field] = text;
    }
    return texts;
  }

  /** Whether anything is written in this row under a known column. */
  get isBlank(): boolean {
    return ![...this.#header.columns.keys()].some((field) => this.written(field) !== '');
  }

  /** The one thing written in this row, if it stands at the left or over many columns: a note, a heading. */
  get onlyText(): string | undefined {
    const places: number[] = [];
    for (let column = 0; column < this.#grid.columns; column += 1)
      if (this.#grid.own(this.row, column) !== '') places.push(column);
    const [place] = places;
    if (place === undefined) return undefined;
    const text = this.#grid.own(this.row, place);
    // Notes are also copied into every cell of their row instead of merging it.
    if (
      places.length > 1 &&
      !(places.length > 3 && places.every((at) => this.#grid.own(this.row, at) === text))
    )
      return undefined;
    const merge = this.#grid.mergeAt(this.row, place);
    const wide = places.length > 1 || (merge !== undefined && merge.right - merge.left >= 2);
    const leftmost = (['serial', 'name'] as const).some((field) =>
      this.#header.columns.get(field)?.includes(place),
    );
    return wide || leftmost ? text : undefined;
  }

  /** What the first of some columns shows that shows anything. */
  firstText(columns: readonly number[]): string {
    return columns.map((column) => this.#grid.text(this.row, column)).find((text) => text !== '') ?? '';
  }

  /** The row as a message quotes it. */
  excerpt(): string {
    return [...this.#header.columns.values()]
      .flat()
      .map((column) => ({ column, text: this.#grid.own(this.row, column) }))
      .filter(({ text }) => text !== '')
      .map(({ column, text }) => `${columnLetters(column)} 列“${shorten(text)}”`)
      .join('，');
  }

  /** Each as it is written in one cell: 【法律】《…》, with the words of its column. */
  #joinedBases(columns: readonly number[], read: (column: number) => string): string {
    return columns
      .flatMap((column) => {
        const text = read(column);
        const kind = this.#header.heads[column]?.words.split(/\s+/).at(-1) ?? '';
        return text === '' ? [] : [/^[【[]/.test(text) ? text : `【${kind}】${text}`];
      })
      .join('\n');
  }

  #first(field: Field, read: (column: number) => string): string {
    const columns = this.#header.columns.get(field) ?? [];
    if (field === 'basisText' && this.#header.joinsBases) return this.#joinedBases(columns, read);
    const parts = this.#header.basisParts.get(field);
    if (parts) {
      const [title = '', article = '', content = ''] = [parts.title, parts.article, parts.content].map(
        (column) => (column === undefined ? '' : read(column)),
      );
      return joinBasis(title, article, content);
    }
    for (const column of columns) {
      const text = read(column);
      if (text !== '') return text;
    }
    return '';
  }
}

/** Names of offices, one or several: line ends between two names stay, those inside a name go. */
function joinLabel(text: string): string {
  const [first = '', ...others] = text.split('\n').map((line) => line.trim());
  let joined = first;
  for (const line of others) {
    if (line === '') continue;
    const ends =
      /(?:[科室处队局厅所站办委股部院中心）)]|中心)$/.test(joined) && !/^[、，,；;）)（(]/.test(line);
    joined += (ends ? '\n' : '') + line;
  }
  return joinLines(joined);
}

function joinLines(text: string): string {
  return text.split('\n').map(joinName).join('\n');
}

/** A list pasted from a printed page breaks every few characters: only where most line ends split a sentence they go. */
function joinNarrowLines(text: string): string {
  const ends = text.split('\n').length - 1;
  if (ends < 3) return text;
  const joined = joinWrappedLines(text);
  return joined.split('\n').length - 1 < ends * 0.6 ? joined : text;
}
