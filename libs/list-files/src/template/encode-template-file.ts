import { utf8 } from '@mandate/encoding';
import type { AuthorityItem, NegativeList, NegativeListItem, Organ } from '@mandate/lists';
import { encodeCsv } from '@mandate/workbook';
import { ITEM_SHEET } from './authority-sheets.ts';
import { AUTHORITY_SHEETS, authorityGuide, negativeGuide } from './guide.ts';
import { NEGATIVE_SHEET } from './negative-sheet.ts';
import { encodeTemplate, toTable } from './template-workbook.ts';
import { withDetails, writeItem } from './write-authority.ts';

/** As CSV a template is its main sheet alone. */
export type TemplateFormat = 'xlsx' | 'csv';

/** The template of an authority list, empty, or filled with the items of an organ that are not cancelled. */
export function encodeAuthorityTemplate(
  format: TemplateFormat,
  organ?: Pick<Organ, 'key' | 'name'>,
  items: readonly { readonly key: string; readonly item: AuthorityItem }[] = [],
): Uint8Array {
  const rows = items
    .filter(({ item }) => item.state !== 'cancelled')
    .flatMap(({ item, key }, n) => writeItem(item, (n + 1).toString(), key));
  return format === 'csv'
    ? utf8(encodeCsv(toTable(ITEM_SHEET, rows)))
    : encodeTemplate(AUTHORITY_SHEETS, rows, authorityGuide(organ));
}

/** The template of a negative list, empty, or filled with its items that are not cancelled. */
export function encodeNegativeTemplate(
  format: TemplateFormat,
  list?: Pick<NegativeList, 'key' | 'name'>,
  items: readonly NegativeListItem[] = [],
): Uint8Array {
  const rows = items
    .filter(({ state }) => state !== 'cancelled')
    .flatMap((item) => withDetails(NEGATIVE_SHEET, {}, item, '事项编码'));
  return format === 'csv'
    ? utf8(encodeCsv(toTable(NEGATIVE_SHEET, rows)))
    : encodeTemplate([NEGATIVE_SHEET], rows, negativeGuide(list));
}
