import { CommanderError } from 'commander';
import { printError } from '../runtime/print-error.ts';

/** Wrong use of the command line: exit code 2. Anything else that goes wrong: 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** Prints what a person can act on and gives the exit code: 0 for --help, 2 for wrong use, 1 for the rest. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  printError(error);
  return 1;
}
