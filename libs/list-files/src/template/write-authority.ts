import { type AuthorityItem, type LegalBasis, parseDuties, parseLegalBases } from '@mandate/lists';
import { BASIS_USES, DETAIL_SHEETS, ITEM_SHEET } from './authority-sheets.ts';
import { encodeCell } from './cell-value.ts';
import { saysTheSame, valueAt } from './paths.ts';
import { type Address, ADDRESSES, type TemplateColumn, type TemplateSheet } from './template-sheet.ts';

/** What a row says, by the words of its header. */
export type RowWords = Readonly<Record<string, string>>;
export type WrittenRow = readonly [sheet: TemplateSheet, words: RowWords];
type At = Readonly<Partial<Record<Address, string>>>;

/** What of an item, a sub-item or a level is derived from its words. */
interface Worded {
  readonly basisText?: string | undefined;
  readonly bases?: readonly LegalBasis[] | undefined;
  readonly dutiesText?: string | undefined;
  readonly duties?: AuthorityItem['duties'];
  readonly dutyBasisText?: string | undefined;
  readonly dutyBases?: readonly LegalBasis[] | undefined;
}

/** An item → its rows, on all the sheets it needs. `serial` is what joins them. */
export function writeItem(item: AuthorityItem, serial: string, key?: string): WrittenRow[] {
  const { subItems, levels, duties, bases, ...single } = DETAIL_SHEETS;
  const rows: WrittenRow[] = [row(ITEM_SHEET, { serial }, { ...item, key })];
  const worded = (at: At, owner: Worded): void => {
    rows.push(...derived(duties, at, owner.duties, owner.dutiesText, parseDuties));
    if (!saysTheSame(owner.duties, owner.dutiesText === undefined ? [] : parseDuties(owner.dutiesText)))
      owner.duties?.forEach((duty, n) => {
        const use = { ...at, duty: count(n), use: BASIS_USES.duty };
        rows.push(...(duty.bases ?? []).map((basis) => row(bases, use, basis)));
      });
    const { bases: own, basisText, dutyBases, dutyBasisText } = owner;
    rows.push(...derived(bases, { ...at, use: BASIS_USES.bases }, own, basisText, parseLegalBases));
    rows.push(
      ...derived(bases, { ...at, use: BASIS_USES.dutyBases }, dutyBases, dutyBasisText, parseLegalBases),
    );
  };
  const levelled = (at: At, divisions: AuthorityItem['levels'] | undefined): void => {
    divisions?.forEach((division, n) => {
      const below = { ...at, level: count(n) };
      rows.push(row(levels, below, division));
      worded(below, division);
    });
  };
  worded({ serial }, item);
  levelled({ serial }, item.levels);
  item.subItems.forEach((subItem, n) => {
    const below = { serial, sub: count(n) };
    rows.push(row(subItems, below, subItem));
    worded(below, subItem);
    levelled(below, subItem.levels);
  });
  for (const material of item.service?.materials ?? [])
    rows.push(row(single.materials, { serial }, material));
  for (const window of item.service?.windows ?? []) rows.push(row(single.windows, { serial }, window));
  for (const step of item.process ?? []) {
    rows.push(row(single.process, { serial }, step));
    for (const turn of step.next ?? []) rows.push(row(single.turns, { serial, step: step.id }, turn));
  }
  for (const risk of item.risks ?? []) rows.push(row(single.risks, { serial }, risk));
  item.discretion?.forEach((standard, n) => {
    rows.push(...withDetails(single.discretion, { serial, standard: count(n) }, standard));
  });
  return rows;
}

/**
 * A thing with its details: what it says itself stands in the first of its rows, but for the column that is `repeated` in
 * all of them.
 */
export function withDetails(sheet: TemplateSheet, at: At, value: object, repeated?: string): WrittenRow[] {
  const { path, columns } = sheet.details ?? { path: '', columns: [] };
  const found = valueAt(value, path);
  const details: readonly unknown[] = Array.isArray(found) ? found : [];
  const [first = {}, ...others] = details;
  const own = words(sheet.columns, value);
  const again = repeated === undefined ? {} : { [repeated]: own[repeated] ?? '' };
  return [
    [sheet, { ...address(at), ...own, ...words(columns, first) }],
    ...others.map((detail): WrittenRow => [sheet, { ...address(at), ...again, ...words(columns, detail) }]),
  ];
}

/**
 * Rows for what reading the words would not give by itself; a row that says nothing where the words would give something
 * and the item has nothing.
 */
function derived<T extends object>(
  sheet: TemplateSheet,
  at: At,
  values: readonly T[] | undefined,
  text: string | undefined,
  parse: (text: string) => readonly T[],
): WrittenRow[] {
  if (saysTheSame(values, text === undefined ? [] : parse(text))) return [];
  return values === undefined || values.length === 0
    ? [row(sheet, at, {})]
    : values.map((one, n) =>
        row(sheet, sheet === DETAIL_SHEETS.duties ? { ...at, duty: count(n) } : at, one),
      );
}

function row(sheet: TemplateSheet, at: At, value: object): WrittenRow {
  return [sheet, { ...address(at), ...words(sheet.columns, value) }];
}

function address(at: At): RowWords {
  // Object.entries widens the keys; those of an address are its names.
  const parts = Object.entries(at) as [Address, string | undefined][];
  return Object.fromEntries(parts.map(([name, word]) => [ADDRESSES[name], word ?? '']));
}

export function words(columns: readonly TemplateColumn[], value: unknown): RowWords {
  return Object.fromEntries(
    columns.map(({ header, path, value: kind }) => [header, encodeCell(kind, valueAt(value, path))]),
  );
}

function count(n: number): string {
  return (n + 1).toString();
}
