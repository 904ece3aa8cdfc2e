import { parseReadingOptions, type ReadingOptions, type SaidOfColumns } from '@mandate/list-files';
import { ZodError } from 'zod';
import { UsageError } from './usage-error.ts';

const OPTIONS: Readonly<Record<keyof SaidOfColumns, string>> = {
  column: '--column',
  category: '--category',
  splitBy: '--split-by',
};

/** What is said of the files' columns at the command line. @throws UsageError */
export function readingOf({ column, category, splitBy }: SaidOfColumns): ReadingOptions {
  try {
    return parseReadingOptions({ column, category, splitBy });
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    // The schema's own keys are all that an issue of it can stand at.
    const option = OPTIONS[issue?.path[0] as keyof SaidOfColumns];
    throw new UsageError(`${option}：${issue?.message ?? ''}。`);
  }
}
