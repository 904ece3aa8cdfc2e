import { getSettings } from '../published/settings.ts';
import type { Table } from './table.ts';

/** `list-table/1`: what the columns are, then an object for each row; what a list does not say is absent. */
export function encodeJson({ title, page, columns, rows }: Table): string {
  const head = {
    schema: 'list-table/1',
    title,
    page: getSettings().publicUrl + page,
    columns: columns.map(({ key, heading, about }) => ({ key, heading, about })),
  };
  const items = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map(({ key }, at) => [key, row[at]]))),
  );
  // A row on a line of its own: two editions of the file can be compared line by line.
  return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${items.join(',\n')}\n]}\n`;
}
