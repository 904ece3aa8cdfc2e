/** A word of the interface in both languages; `en` absent where it is list content. */
export interface Word {
  readonly zh: string;
  readonly en?: string | undefined;
}

/** What a table of bars shows. */
export interface BarChart {
  readonly caption: Word;
  /** heading of the first column */
  readonly rowWord: Word;
  /** at most four: more cannot be told apart */
  readonly series: readonly Word[];
  /** the series of a row add up */
  readonly stacked: boolean;
  readonly rows: readonly (Word & { readonly href?: string; readonly values: readonly number[] })[];
}
