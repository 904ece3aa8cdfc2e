/** One column of a sheet of which no list was read. */
export interface RefusedColumn {
  /** its letters: C */
  readonly column: string;
  /** what stands at its head, '' where nothing does; `--column` takes it */
  readonly header: string;
  /** what it was taken as, as `--column` names it */
  readonly understoodAs?: string;
  /** the first of its cells, cut short */
  readonly samples: readonly string[];
}

/** A sheet that was refused: what stands at its head, for a person to say what each column is. */
export interface RefusedSheet {
  readonly sheet: string;
  /** from 1 */
  readonly headerRow: number;
  readonly columns: readonly RefusedColumn[];
  /** columns with words that are not told of */
  readonly columnsLeftOut?: number;
  /** what a list has and was not found, as `--column` names it */
  readonly missing: readonly string[];
}

/** One thing to say of the file: a parameter of an import, and its value. */
export interface SuggestedOption {
  readonly option: 'column' | 'category' | 'splitBy' | 'organ';
  readonly value: string;
}

/** What would read the file, all of its options said together; where there are several a person chooses. */
export interface ReadingSuggestion {
  /** `likely`: by what cells look like; of columns that look swapped, `by-cells` or `as-headed` */
  readonly reads: 'likely' | 'by-cells' | 'as-headed';
  readonly options: readonly SuggestedOption[];
}

/** Words that are told of as organs, and how many items have them. */
export interface NamedInFile {
  readonly words: string;
  readonly items: number;
}

/** What a program needs of a refused file to ask a person: bounded, whatever the file is. */
export interface RefusedFile {
  readonly sheets?: readonly RefusedSheet[];
  readonly suggestions?: readonly ReadingSuggestion[];
  /** where it is not clear whose it is */
  readonly organs?: readonly NamedInFile[];
}

/** Sheets that one refusal tells of. */
export const MOST_REFUSED_SHEETS = 3;

/** The options as they are written at the command line. */
export function optionsText(options: readonly SuggestedOption[]): string {
  const names = { column: '--column', category: '--category', splitBy: '--split-by', organ: '--organ' };
  return options.map(({ option, value }) => `${names[option]} ${value}`).join(' ');
}
