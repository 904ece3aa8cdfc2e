import { encodeCsv } from './csv.ts';
import { encodeJson } from './json.ts';
import type { Table } from './table.ts';
import { encodeXlsx } from './xlsx.ts';

/** The forms in which every list can be taken away. */
export const FORMATS = {
  csv: { name: 'CSV', type: 'text/csv; charset=utf-8', iana: 'text/csv', encode: encodeCsv },
  json: {
    name: 'JSON',
    type: 'application/json; charset=utf-8',
    iana: 'application/json',
    encode: encodeJson,
  },
  xlsx: {
    name: 'XLSX',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    iana: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    encode: encodeXlsx,
  },
} as const;

export type Format = keyof typeof FORMATS;
// Object.keys forgets the names; they are those of FORMATS.
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** Paths of the three files of each list, for `getStaticPaths`. */
export function inEachFormat<P extends Record<string, string>, T>(
  lists: readonly { readonly params: P; readonly props: T }[],
): { params: P & { format: Format }; props: T }[] {
  return lists.flatMap(({ params, props }) =>
    FORMAT_NAMES.map((format) => ({ params: { ...params, format }, props })),
  );
}

/** The file itself. @param format as in the address */
export function fileOf(table: Table, format: string | undefined): Response {
  // Only the names of `inEachFormat` become addresses.
  const { type, encode } = FORMATS[format as Format];
  return new Response(encode(table), { headers: { 'content-type': type } });
}
