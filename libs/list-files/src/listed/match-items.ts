import { foldText } from '@mandate/encoding';

/** An item of a file, by what it is called and where it stands. */
export interface PlacedItem {
  readonly file: string;
  readonly sheet: string;
  readonly serial: string;
  readonly name: string;
  readonly category: string;
  /** all that it says; asked only where several have one name */
  readonly words?: (() => string) | undefined;
}

/** An item as it is listed, and where it was found the last time. */
export interface KnownItem {
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly cancelled: boolean;
  readonly file?: string | undefined;
  readonly sheet?: string | undefined;
  readonly serial?: string | undefined;
  /** all that it says, of one of several with one name */
  readonly words?: string | undefined;
}

/**
 * Which listed item each found one is beyond doubt, so that keys stay what they are: that of its category and name. Of
 * several with one name each is the one that says the same, then the one at its place, which is all that tells them apart.
 * What is left is for `pairItems` and a person, or new.
 * @returns the known item for each found one, in order
 */
export function matchItems(
  found: readonly PlacedItem[],
  known: readonly KnownItem[],
): (KnownItem | undefined)[] {
  const matches = new Array<KnownItem | undefined>(found.length).fill(undefined);
  const free = new Map<string, KnownItem[]>();
  for (const item of known) {
    const name = nameOf(item);
    const namesakes = free.get(name);
    if (namesakes) namesakes.push(item);
    else free.set(name, [item]);
  }
  const names = found.map(nameOf);
  const match = (fits: (item: PlacedItem, other: KnownItem) => boolean): void => {
    found.forEach((item, n) => {
      if (matches[n] !== undefined) return;
      const namesakes = free.get(names[n] ?? '') ?? [];
      // The one that is not cancelled, then the oldest.
      const [best] = namesakes
        .filter((other) => fits(item, other))
        .toSorted((a, b) => Number(a.cancelled) - Number(b.cancelled));
      if (!best) return;
      matches[n] = best;
      namesakes.splice(namesakes.indexOf(best), 1);
    });
  };
  // A row put in above moves all that follow: where an item stands says less than what it says.
  match(
    (item, other) => other.words !== undefined && samePlace(item, other) && other.words === item.words?.(),
  );
  match((item, other) => other.words !== undefined && other.words === item.words?.());
  match(samePlace);
  match(() => true);
  return matches;
}

/** Keys of listed items that do not alone have their category and name, here or in the files: whose words are asked for. */
export function namesakesOf(found: readonly PlacedItem[], known: readonly KnownItem[]): string[] {
  const counts = new Map<string, number>();
  for (const name of found.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = known.map(nameOf);
  const listed = new Map<string, number>();
  for (const name of names) listed.set(name, (listed.get(name) ?? 0) + 1);
  return known.flatMap(({ key }, n) => {
    const here = counts.get(names[n] ?? '') ?? 0;
    return here > 0 && here + (listed.get(names[n] ?? '') ?? 0) > 2 ? [key] : [];
  });
}

function nameOf(item: PlacedItem | KnownItem): string {
  return `${item.category} ${foldText(item.name)}`;
}

function samePlace(item: PlacedItem, other: KnownItem): boolean {
  return item.sheet === other.sheet && item.serial === other.serial;
}
