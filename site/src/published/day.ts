import { entryInForceOn } from '@mandate/lists';

/**
 * The version that an address without a version shows: the one in force on the day; before the first day of all, the one
 * that comes into force first.
 */
export function versionShownOn<
  T extends { readonly index: number; readonly entry: { readonly effectiveDate: string } },
>(versions: readonly T[], day: string): T | undefined {
  return (
    entryInForceOn(versions, day) ??
    versions.reduce<T | undefined>(
      (first, one) =>
        first === undefined || one.entry.effectiveDate < first.entry.effectiveDate ? one : first,
      undefined,
    )
  );
}
