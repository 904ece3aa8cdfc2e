import type { IndexFiles } from '@mandate/search';
import { encodeCsv } from '../../downloads/csv.ts';
import type { Table } from '../../downloads/table.ts';
import { foundDocument } from './result-view.ts';

/** More than that is a whole list, which lies ready elsewhere. */
export const MOST_ROWS = 5_000;
const AT_ONCE = 200;

export type TakenFormat = 'csv' | 'json' | 'xlsx';

const COLUMNS = [
  { key: 'name', heading: '事项名称', about: '名称', width: 48 },
  { key: 'source', heading: '部门或清单', about: '实施机关；负面清单事项为清单名称', width: 28 },
  { key: 'category', heading: '权力类型', about: '权力类型', width: 14 },
  { key: 'levels', heading: '行使层级', about: '行使层级', width: 16 },
  { key: 'sections', heading: '行业门类', about: '国民经济行业门类', width: 28 },
  { key: 'state', heading: '状态', about: '状态', width: 10 },
  { key: 'address', heading: '网址', about: '事项页面的网址', width: 60 },
] as const;

/** The rows of a search as a table. @param onProgress told after every few rows @throws SearchIndexError */
export async function tableOf(
  index: IndexFiles,
  documents: Uint32Array,
  { title, page, origin }: { title: string; page: string; origin: string },
  signal: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<Table> {
  const rows: string[][] = [];
  for (let from = 0; from < documents.length; from += AT_ONCE) {
    const own = [...documents.subarray(from, from + AT_ONCE)];
    const names = await index.names(own, signal);
    names.forEach((name, i) => {
      const { address, ...found } = foundDocument(index, own[i] ?? 0, name);
      const cells = { ...found, address: origin + address };
      rows.push(COLUMNS.map(({ key }) => cells[key]));
    });
    onProgress(rows.length);
  }
  return { title, page, columns: COLUMNS, rows };
}

export async function encodeTable(table: Table, format: TakenFormat, origin: string): Promise<Blob> {
  switch (format) {
    case 'csv':
      return new Blob([encodeCsv(table)], { type: 'text/csv;charset=utf-8' });
    case 'json':
      return new Blob([encodeTaken(table, origin)], { type: 'application/json' });
    case 'xlsx':
      return new Blob([await encodeWorkbook(table)], {
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      });
  }
}

/** What packs it is loaded only for who asks for a workbook. */
async function encodeWorkbook(table: Table): Promise<Uint8Array<ArrayBuffer>> {
  const { encodeXlsx } = await import('../../downloads/xlsx.ts');
  return encodeXlsx(table);
}

/** `list-table/1`, as the lists of the site. */
function encodeTaken({ title, page, columns, rows }: Table, origin: string): string {
  const head = {
    schema: 'list-table/1',
    title,
    page: origin + page,
    columns: columns.map(({ key, heading, about }) => ({ key, heading, about })),
  };
  const items = rows.map((row) => Object.fromEntries(columns.map(({ key }, at) => [key, row[at]])));
  return `${JSON.stringify({ ...head, rows: items }, null, 1)}\n`;
}

export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken the address by then; a minute is for slow ones.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
