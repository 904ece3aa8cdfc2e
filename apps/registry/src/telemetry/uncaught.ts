import { printError } from '../runtime/print-error.ts';
import type { Logger } from './logger.ts';

/**
 * Ends the process at an error that nobody caught, as Node would, but with a line in the log and without printing what the
 * error holds: of a failed query that is its parameters.
 */
export function endOnUncaught(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ event: 'uncaught', err: error });
    // What we say ourselves tells the operator what to do.
    if (isOurs(error)) printError(error);
    process.exit(1);
  });
}

/** Coded in words, `data-folder-unusable`; codes of Node and of the database are written otherwise. */
function isOurs(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && /^[a-z]+(-[a-z]+)*$/.test(error.code);
}
