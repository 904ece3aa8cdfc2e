import type { DraftEdition } from '@mandate/drafting';
import { cutText } from '@mandate/encoding';

export interface EditionOptions {
  readonly edition?: string | undefined;
  readonly editionName?: string | undefined;
  readonly editionDate?: string | undefined;
  readonly approvedBy?: string | undefined;
}

interface ListSource {
  readonly titles: readonly string[];
  readonly files: readonly string[];
}

/** The year that a title or the file's name states: 2024年版 */
export function statedYear({ titles, files }: ListSource): string | undefined {
  return [...titles, ...files]
    .map((line) => /((?:19|20)\d{2})\s*年/.exec(line)?.[1])
    .find((year) => year !== undefined);
}

/**
 * The edition a list is published as: its number as given, else the year that a title or the file's name states, else that
 * of the effective date; where the list has that one already, 2025-2, 2025-3 …
 * @param options.date the list's own day, or that from which it holds; absent where neither is known
 * @param taken numbers the list has
 */
export function chooseEdition(
  list: { readonly name: string; readonly negative: boolean },
  source: ListSource,
  options: EditionOptions & { readonly effectiveDate: string; readonly date: string | undefined },
  taken: ReadonlySet<string>,
): DraftEdition {
  const year = statedYear(source) ?? options.effectiveDate.slice(0, 4);
  const number = options.edition ?? free(year, taken);
  const name = list.negative ? list.name : `${list.name}权责清单`;
  return {
    number,
    name:
      options.editionName ?? `${cutText(name, 180)}（${/^\d{4}$/.test(number) ? `${number}年版` : number}）`,
    ...(options.date !== undefined && { date: options.date }),
    ...(options.approvedBy !== undefined && { approvedBy: options.approvedBy }),
  };
}

function free(year: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n += 1) {
    const number = n === 1 ? year : `${year}-${n.toString()}`;
    if (!taken.has(number)) return number;
  }
}
