import type { ItemState } from '../authority-item.ts';
import type { ChangeKind } from '../change-kinds.ts';
import { endOfDay, entryInForceOn, entryListedAt } from '../timeline.ts';

/** One entry of an item: a `VersionSummary`, or whatever else says this much. */
export interface ListedVersion {
  /** leaf index in the lists log */
  readonly index: number;
  /** when the registry took it in, UTC to the second */
  readonly time: string;
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  readonly blob: string;
  /** absent, as the name, where the content was redacted */
  readonly state?: ItemState | undefined;
  readonly name?: string | undefined;
  readonly kind?: ChangeKind | undefined;
  readonly related?: string | undefined;
}

export interface ListedHistory<V extends ListedVersion = ListedVersion> {
  readonly key: string;
  readonly versions: readonly V[];
}

/**
 * A state of a list: what was in force on a day, what the list said at the end of a day (in force or scheduled), or all
 * that was listed before an entry of the log, as an edition holds it.
 */
export type ListMoment =
  | { readonly kind: 'in-force'; readonly day: string }
  | { readonly kind: 'listed'; readonly day: string }
  | { readonly kind: 'before'; readonly index: number };

/** The version that counts at a moment, cancelled or not; undefined before the first. */
export function versionAt<V extends ListedVersion>(
  versions: readonly V[],
  moment: ListMoment,
): V | undefined {
  const placed = versions.map((version) => ({ index: version.index, entry: version, version }));
  switch (moment.kind) {
    case 'in-force':
      return entryInForceOn(placed, moment.day)?.version;
    case 'listed':
      return entryListedAt(placed, endOfDay(moment.day))?.version;
    case 'before':
      return versions
        .filter(({ index }) => index < moment.index)
        .reduce<V | undefined>((last, one) => (last && last.index > one.index ? last : one), undefined);
  }
}
