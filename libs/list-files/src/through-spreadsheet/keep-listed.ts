import type { AuthorityItem } from '@mandate/lists';
import { ITEM_SHEET } from '../template/authority-sheets.ts';
import { putAt, valueAt } from '../template/paths.ts';
import { sameThroughSpreadsheet } from './same-text.ts';

/** What a file says that is a sheet alone, which a spreadsheet may have opened and saved again. */
export interface SavedSheet {
  /** by `itemName`: codes that could not be read, by their paths */
  readonly unreadCodes: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** An item of a file, whoever it is of. */
export function itemName({ category, name }: { readonly category: string; readonly name: string }): string {
  return `${category} ${name}`;
}

/** Where what is listed would look in such a file as what stands there, it is what is listed that was meant. */
export function keepListedTexts(
  item: AuthorityItem & Record<string, unknown>,
  listed: AuthorityItem,
  { unreadCodes }: SavedSheet,
): void {
  const unread = unreadCodes.get(itemName(item)) ?? {};
  for (const { path, value } of ITEM_SHEET.columns) {
    if (value.kind !== 'text' || path === 'key') continue;
    const [found, known] = [valueAt(item, path) ?? unread[path], valueAt(listed, path)];
    if (typeof found !== 'string' || typeof known !== 'string' || found === known) continue;
    if (sameThroughSpreadsheet(known, found)) putAt(item, path, known);
  }
}
