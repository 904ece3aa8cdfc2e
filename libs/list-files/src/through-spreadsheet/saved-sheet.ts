/** What a file says that is a sheet alone, which a spreadsheet may have opened and saved again. */
export interface SavedSheet {
  /** by `itemName`: codes that could not be read, by their paths */
  readonly unreadCodes: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** An item of a file, whoever it is of. */
export function itemName({ category, name }: { readonly category: string; readonly name: string }): string {
  return `${category} ${name}`;
}
