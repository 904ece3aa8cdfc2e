/** `ENOENT` and the like of a failed system call. */
export function systemCode(error: unknown): string | undefined {
  // Not `instanceof Error`: an error of Node itself is of another realm where code runs in a vm context.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
