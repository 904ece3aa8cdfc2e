import { joinName } from '@mandate/lists';
import { columnLetters } from '@mandate/workbook';
import type { WarningCode } from '../list-warning.ts';
import type { ItemDraft } from './item-draft.ts';
import {
  CODE_FIELDS,
  findOrganNature,
  findPowerSource,
  findState,
  type ItemCodes,
  readCode,
} from './item-words.ts';
import type { ListHeader } from './list-header.ts';
import type { RowCells } from './row-cells.ts';
import { readService, type TimeUnit } from './service-words.ts';
import { COLUMN_NAMES, SERVICE_FIELDS, type ServiceField } from './vocabulary/fields.ts';
import { unitInHeader } from './vocabulary/find-field.ts';
import { shorten } from '../table-cells.ts';

type Warn = (row: number, code: WarningCode, message: string) => void;

/** What rows say of an item besides its texts: codes, state, and what a citizen needs to be served. */
export class ItemFacts {
  readonly #warn: Warn;
  readonly #service = new Map<ItemDraft, Partial<Record<ServiceField, string[]>>>();
  readonly #units = new Map<ItemDraft, Partial<Record<ServiceField, TimeUnit>>>();
  readonly #toldWords = new Set<string>();

  constructor(warn: Warn) {
    this.#warn = warn;
  }

  codes(cells: RowCells, { columns }: ListHeader): ItemCodes {
    const codes: ItemCodes = {};
    for (const field of CODE_FIELDS) {
      if (!columns.has(field)) continue;
      const text = cells.shown(field);
      const read = readCode(field, text);
      if (read === undefined) continue;
      const named = `“${COLUMN_NAMES[field]}”里的“${shorten(text, 30)}”`;
      if (read === 'too-long') this.#warn(cells.row, 'invalid-code', `${named}太长，未导入。`);
      else if (codes[read.as] !== undefined && codes[read.as] !== read.code)
        this.#warn(cells.row, 'invalid-code', `${named}是这一事项的又一个编码，未导入。`);
      else {
        codes[read.as] = read.code;
        if (read.unlike)
          this.#warn(cells.row, 'invalid-code', `${named}不合其格式，作为其他编码原样保留，请核对。`);
      }
    }
    return codes;
  }

  /** What one more row of an item says of it. */
  read(cells: RowCells, item: ItemDraft, header: ListHeader): void {
    this.#readChoices(cells, item, header);
    this.#readTwofold(cells, header);
    for (const field of SERVICE_FIELDS) {
      if (!header.columns.has(field)) continue;
      const text = cells.shown(field);
      if (text === '') continue;
      const texts = this.#service.get(item) ?? {};
      const before = texts[field] ?? [];
      if (!before.includes(text)) texts[field] = [...before, text];
      this.#service.set(item, texts);
    }
    if (!this.#units.has(item)) this.#units.set(item, unitsOf(header));
  }

  /** All rows are read: the words of each item become facts. */
  close(): void {
    for (const [item, texts] of this.#service) {
      const { service, unread } = readService(texts, this.#units.get(item));
      if (service !== undefined) item.service = service;
      if (unread.length > 0)
        this.#warn(item.row - 1, 'unused-cell', `${unread.join('；')}，不合登记的格式，未导入。`);
    }
  }

  #readChoices(cells: RowCells, item: ItemDraft, { columns }: ListHeader): void {
    const choose = <Value>(
      field: 'state' | 'powerSource' | 'organNature',
      find: (text: string) => Value | undefined,
    ): Value | undefined => {
      if (!columns.has(field)) return undefined;
      const text = joinName(cells.shown(field));
      const found = text === '' ? undefined : find(text);
      if (found === undefined && text !== '' && !this.#toldWords.has(`${field} ${text}`)) {
        // Once for each word: a column of 已审核 has it in every row.
        this.#toldWords.add(`${field} ${text}`);
        this.#warn(
          cells.row,
          'unused-cell',
          `“${COLUMN_NAMES[field]}”里的“${shorten(text, 30)}”没有对应的内容，这样写的各行都未采用。`,
        );
      }
      return found;
    };
    const [state, powerSource, organNature] = [
      choose('state', findState),
      choose('powerSource', findPowerSource),
      choose('organNature', findOrganNature),
    ];
    if (state !== undefined) item.state ??= state;
    if (powerSource !== undefined) item.powerSource ??= powerSource;
    if (organNature !== undefined) item.organNature ??= organNature;
  }

  /** 设定依据 beside 实施依据: where both have words, one of them was chosen. */
  #readTwofold(cells: RowCells, { twofold }: ListHeader): void {
    for (const field of twofold) {
      const [first, ...others] = cells.readings(field);
      const other = others.find(({ text }) => text !== first?.text);
      if (first && other)
        this.#warn(
          cells.row,
          'two-readings',
          `“${COLUMN_NAMES[field]}”有两种读法：取了 ${columnLetters(first.column)} 列的“${shorten(first.text, 30)}”，没有取 ${columnLetters(other.column)} 列的“${shorten(other.text, 30)}”；请核对，或用 --column 指明。`,
        );
    }
  }
}

function unitsOf({ columns, heads }: ListHeader): Partial<Record<ServiceField, TimeUnit>> {
  const units: Partial<Record<ServiceField, TimeUnit>> = {};
  for (const field of ['statutoryTime', 'promisedTime'] as const) {
    const [column] = columns.get(field) ?? [];
    const unit = column === undefined ? undefined : unitInHeader(heads[column]?.words ?? '');
    if (unit !== undefined) units[field] = unit;
  }
  return units;
}
