import type { SourceFile } from '@mandate/list-files';
import type { NegativeList, Organ } from '@mandate/lists';
import type { FileReport } from './import-report.ts';

/** Files that are of one list, and what that list is. */
export interface ListFiles {
  readonly register: SourceFile['register'];
  readonly key: string;
  readonly name: string;
  /** the organ or negative list as it is to be entered where the register does not know it */
  readonly owner: Organ | NegativeList;
  readonly files: readonly {
    readonly source: SourceFile;
    readonly from: string;
    readonly warnings: FileReport['warnings'];
  }[];
}
