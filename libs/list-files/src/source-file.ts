import type { AuthorityItem } from '@mandate/lists';
import type { FoundStandard } from './discretion/read-discretion.ts';
import type { ListWarning } from './list-warning.ts';
import type { CellError, CellPlace } from './template/cell-errors.ts';
import type { ReadTemplate } from './template/read-authority.ts';
import type { NegativeRow } from './template/read-negative.ts';
import type { TemplateOwner } from './template/template-file.ts';

/** An item as a file has it, before it is anybody's. */
export interface FoundItem {
  readonly sheet: string;
  readonly serial: string;
  /** its first row, from 1 */
  readonly row: number;
  readonly name: string;
  readonly category: string;
  /** 事项标识 of a template */
  readonly key?: string;
  readonly keyPlace?: CellPlace;
  /** 行使主体 of its rows, as worded */
  readonly wordings: readonly string[];
  /** whose it is as the file says it: by a title over its rows, or in the column by which the file is to be split */
  readonly organName?: string;
  /** 主管部门 of its first row, as worded */
  readonly department?: string;
  /** what its rows say, read once; `organ` is not known yet and empty. An issue where the words fit no item */
  readonly content: AuthorityItem | { readonly issue: string };
}

/** One sheet as the report tells of it. */
export interface FoundSheet {
  readonly sheet: string;
  /** how many items its name or title says it holds */
  readonly claimed?: number;
  /** the lines above its table */
  readonly titles?: readonly string[];
  readonly warnings: readonly ListWarning[];
  /** rows in which something was mended that a reviewer should look at; told once for the whole file */
  readonly mended?: readonly ListWarning[];
}

/** One header, as it is known again. */
export interface FoundHeader {
  /** of the words of its main row: 64 hexadecimal digits */
  readonly signature: string;
  /** those words, for people */
  readonly words: string;
}

interface SourceBase {
  /** name without its folder */
  readonly file: string;
  /** lines above the tables */
  readonly titles: readonly string[];
  readonly sheets: readonly FoundSheet[];
  /** what was mended in its cells: one line for each kind */
  readonly mended: readonly ListWarning[];
  /** what a template says it is the list of */
  readonly owner: TemplateOwner;
  /** what is wrong in a template, at its cells */
  readonly cellErrors: readonly CellError[];
}

export interface AuthoritySource extends SourceBase {
  readonly register: 'authority-item';
  readonly items: readonly FoundItem[];
  /** names in rows that could not be read: their items are not missing */
  readonly unread: readonly string[];
  /** what the file can say at all; absent for a department's own workbook, whose columns are its own */
  readonly says?: ReadTemplate['says'];
  /** of a department's own workbook: the headers of its tables, by which what is said of them is kept */
  readonly headers: readonly FoundHeader[];
  /** key of the organ for which the columns were said before as they were read now */
  readonly remembered?: string;
}

export interface NegativeSource extends SourceBase {
  readonly register: 'negative-list-item';
  readonly items: readonly NegativeRow[];
  /** codes in rows that could not be read */
  readonly unread: readonly string[];
  /** the official table has no column for the powers that serve a measure */
  readonly official: boolean;
  /** the table prints no 事项编码: those of its items are of their place, until they are held against what is listed */
  readonly derivedCodes?: true;
}

/** A table of 行政裁量基准: standards for penalties that are listed already. */
export interface DiscretionSource extends SourceBase {
  readonly register: 'discretion';
  readonly items: readonly FoundStandard[];
}

/** What one file holds: plain data, which passes from the process that read it to the one that asked. */
export type SourceFile = AuthoritySource | NegativeSource | DiscretionSource;
