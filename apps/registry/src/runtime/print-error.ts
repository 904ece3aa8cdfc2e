/** A coded error says in its message what to do, and a stack would bury it; of any other the stack is all there is. */
export function printError(error: unknown): void {
  const coded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  console.error(coded ? error.message : error);
}
