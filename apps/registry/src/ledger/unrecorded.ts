import type { Logger } from '@nestjs/common';
import { UNDER_TEST } from '../config/under-test.ts';

/** Something was written, or could have been, and the ledger knows nothing of it: a fault of this program. */
export class UnrecordedError extends Error {
  override readonly name = 'UnrecordedError';
  readonly code = 'unrecorded';

  constructor(what: string) {
    super(`台账中没有这次操作：${what}。这是程序的缺陷，请报告。`);
  }
}

/**
 * Where tests run it stops everything; where officials work it is told in the log: what was done is done by then, and an
 * answer that it failed would have it done twice.
 * @throws UnrecordedError under test
 */
export function requireRecorded(recorded: number, what: string, logger: Pick<Logger, 'error'>): void {
  if (recorded > 0) return;
  const error = new UnrecordedError(what);
  if (UNDER_TEST) throw error;
  logger.error(error.message);
}
