import type { ListWarning } from '../list-warning.ts';
import type { AuthoritySource, FoundItem, FoundSheet } from '../source-file.ts';

/**
 * A file taken apart by organs: the items of each, and of its sheets what is said of their rows. What a row of another organ
 * leaves doubtful must not be taken for a doubt about the item above it.
 */
export class SourceParts {
  readonly #source: AuthoritySource;
  readonly #doubts: ReadonlyMap<FoundItem, string>;
  readonly #unowned: ReadonlySet<string>;
  readonly #itemOf = new Map<ListWarning, FoundItem>();

  /**
   * @param doubts what is doubtful about whose an item is
   * @param unowned names of items that are nobody's: they stand in the file, and are not missing
   */
  constructor(source: AuthoritySource, doubts: ReadonlyMap<FoundItem, string>, unowned: ReadonlySet<string>) {
    this.#source = source;
    this.#doubts = doubts;
    this.#unowned = unowned;
    for (const sheet of source.sheets) this.#placeWarnings(sheet);
  }

  of(items: readonly FoundItem[]): AuthoritySource {
    const own = new Set(items);
    const used = new Set(items.map(({ sheet }) => sheet));
    const sheets = this.#source.sheets
      .filter(({ sheet }) => used.has(sheet))
      .map((sheet): FoundSheet => {
        const inRows = sheet.warnings.filter((warning) => {
          const item = this.#itemOf.get(warning);
          return item !== undefined && own.has(item);
        });
        const doubtful = items.flatMap((item): ListWarning[] => {
          const message = item.sheet === sheet.sheet ? this.#doubts.get(item) : undefined;
          return message === undefined ? [] : [{ row: item.row, code: 'organ-unclear', message }];
        });
        const warnings = [...inRows, ...doubtful].toSorted((a, b) => a.row - b.row);
        return { sheet: sheet.sheet, warnings };
      });
    return { ...this.#source, sheets, items, unread: [...this.#source.unread, ...this.#unowned] };
  }

  /** A warning is about the last item that begins at its row or above. */
  #placeWarnings({ sheet, warnings }: FoundSheet): void {
    const items = this.#source.items.filter((item) => item.sheet === sheet).toSorted((a, b) => a.row - b.row);
    let at = -1;
    for (const warning of warnings.toSorted((a, b) => a.row - b.row)) {
      while ((items[at + 1]?.row ?? Infinity) <= warning.row) at += 1;
      const item = items[at];
      if (item) this.#itemOf.set(warning, item);
    }
  }
}
