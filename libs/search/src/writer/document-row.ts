/** What an index says of a document beside its text. */
export interface DocumentRow {
  /** of its source, a dot, its number or code */
  readonly key: string;
  /** empty where the content was redacted */
  readonly name: string;
  /** code; empty where the content was redacted or has none */
  readonly category: string;
  /** empty where the content was redacted */
  readonly state: 'in-force' | 'suspended' | 'cancelled' | '';
  /** digits, ascending; empty: those of its organ */
  readonly levels: string;
  /** letter of a negative-list item */
  readonly section: string;
  /** an item of the authority list that also says what its organ must do */
  readonly duty: boolean;
  /** 基本编码 of a power, or of the powers that carry the measures of a negative-list item */
  readonly baseCodes: readonly string[];
}
