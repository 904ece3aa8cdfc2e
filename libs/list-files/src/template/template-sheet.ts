import type { CellValue } from './cell-value.ts';

/**
 * Columns in front of a row that say what it belongs to: the item by its 事项序号, below it the sub-item, level, duty … by
 * the number it has on its own sheet.
 */
export const ADDRESSES = {
  serial: '事项序号',
  sub: '子项序号',
  level: '层级序号',
  duty: '责任序号',
  use: '依据用途',
  step: '环节标识',
  standard: '裁量序号',
} as const;
export type Address = keyof typeof ADDRESSES;

export interface TemplateColumn {
  readonly header: string;
  /** of the value, within what the row describes: `service.fee.charged` */
  readonly path: string;
  readonly value: CellValue;
  /** in characters */
  readonly width?: number;
  /** what is to be filled in; shown at the header */
  readonly note?: string;
  readonly required?: true;
}

/** One sheet of a template: a row for each thing of one kind. */
export interface TemplateSheet {
  readonly name: string;
  readonly about: string;
  readonly addresses: readonly Address[];
  readonly columns: readonly TemplateColumn[];
  /** things of one row each below the one that the other columns describe, e.g. tiers of a standard */
  readonly details?: { readonly path: string; readonly columns: readonly TemplateColumn[] };
}

export const TEXT: CellValue = { kind: 'text' };
export const WHOLE: CellValue = { kind: 'whole' };
export const MARK: CellValue = { kind: 'mark' };

export function choice(words: Readonly<Record<string, string>>): CellValue {
  return { kind: 'choice', words };
}

/** A column of the shape most have. */
export function column(
  header: string,
  path: string,
  rest: Partial<Omit<TemplateColumn, 'header' | 'path'>> = {},
): TemplateColumn {
  return { header, path, value: TEXT, ...rest };
}
