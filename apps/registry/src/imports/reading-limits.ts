import { IMPORT_LIMITS } from '@mandate/list-files';
import type { WorkbookLimits } from '@mandate/workbook';
import type { PoolLimits } from '../runtime/limited-processes.ts';

export interface ReadingLimits {
  readonly process: PoolLimits;
  readonly workbook: WorkbookLimits;
}

/**
 * A file sent over the network: somebody waits for the answer, and others want to be served meanwhile.
 * @param seconds 30,000 rows take 10 s, and some times as long behind everything else on a busy machine
 */
export function uploadReading(seconds: number): ReadingLimits {
  return {
    process: {
      timeMs: seconds * 1_000,
      memoryMib: 1_024,
      // One stays free of the server on two cores.
      processes: 2,
      // A morning of a city's departments; what they hold meanwhile is bounded by `heldUploadBytes`.
      waiting: 24,
      // Whoever waits for another's file waits no longer than a file may take.
      waitMs: seconds * 1_000,
      jobsOfOne: 50,
      keptMemoryMib: 400,
      idleMs: 10 * 60_000,
    },
    // What was read is held and compared by the server itself, and a text that the file holds once may be shown by every cell:
    // the largest real list has 1,200 characters a row, so this is some 40,000 of its rows.
    workbook: { ...IMPORT_LIMITS, fileBytes: IMPORT_LIMITS.uploadBytes, textCharacters: 50_000_000 },
  };
}

/** A file named at the command line: one after the other, up to the largest that a workbook may be. */
export function commandReading(seconds: number): ReadingLimits {
  const { process } = uploadReading(2 * seconds);
  return { process: { ...process, memoryMib: 2_048, processes: 1 }, workbook: IMPORT_LIMITS };
}
