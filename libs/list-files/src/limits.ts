import { WORKBOOK_LIMITS } from '@mandate/workbook';

/** Everything that bounds an import, with what bounds the reading of any workbook. */
export const IMPORT_LIMITS = {
  ...WORKBOOK_LIMITS,
  /** of a file sent over the network: a whole city's 30,000 rows have 27 MiB; a larger one is imported at the command line */
  uploadBytes: 64 * 2 ** 20,
  /** of all files that are sent and not answered yet, each of which is held */
  heldUploadBytes: 240 * 2 ** 20,
  /** errors that are painted in a template given back: more than a person mends at once; a file may be wrong in every row */
  markedErrors: 2_000,
  /** items that the health check holds at once; a list that is longer has it when it is listed */
  checkedItems: 5_000,
  /** findings of it that a report carries; its counts are of all */
  reportedFindings: 1_000,
} as const;

export type ImportLimits = Readonly<Record<keyof typeof IMPORT_LIMITS, number>>;
