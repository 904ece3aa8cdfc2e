import type { SourceFile, UnownedItem } from '@mandate/list-files';
import type { NegativeList, Organ } from '@mandate/lists';
import type { FileReport } from './import-report.ts';

/** Files that are of one list, and what that list is. */
export interface ListFiles {
  readonly register: SourceFile['register'];
  readonly key: string;
  readonly name: string;
  /** the organ or negative list as it is to be entered where the register does not know it */
  readonly owner: Organ | NegativeList;
  /** the register does not know it */
  readonly founded?: true;
  readonly files: readonly {
    readonly source: SourceFile;
    readonly from: string;
    readonly warnings: FileReport['warnings'];
    /** the rest of the file is of other organs */
    readonly isPart?: true;
  }[];
}

/** One file as the lists that it is of. */
export interface OwnedFile {
  /** of the part of the file that is of each */
  readonly lists: readonly ListFiles[];
  /** a file of several organs, whole */
  readonly divided?: DividedFile;
}

export interface DividedFile {
  readonly source: SourceFile;
  /** items that are nobody's as far as the file says */
  readonly unowned: readonly UnownedItem[];
}
