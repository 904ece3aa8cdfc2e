import { CommanderError } from 'commander';

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
  // A coded error says in its message what to do; a stack would bury it.
  const coded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  console.error(coded ? error.message : error);
  return 1;
}
