import { type BookType, utils, write } from '@e965/xlsx';

export type SheetRows = readonly (readonly (string | number | undefined)[])[];

export interface TestSheet {
  readonly name?: string;
  readonly rows: SheetRows;
  /** A2:A4 … */
  readonly merges?: readonly string[];
  /** from 0 */
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  /** addresses of cells whose text is the error that a formula gave (B2: #REF!) */
  readonly errors?: readonly string[];
}

/** The columns of a list as they are most often posted. */
export const COLUMNS = [
  '序号',
  '事项名称',
  '子项名称',
  '权力类型',
  '实施依据',
  '行使主体',
  '承办机构',
  '实施层级及权限',
  '',
  '部门职责',
  '责任事项内容',
  '责任事项依据',
  '追责对象范围',
  '追责情形',
  '备注',
] as const;

/** One row of such a list, in our own words. */
export function itemRow(
  serial: number | string,
  name: string,
  cells: { readonly [column: string]: string | undefined } = {},
): (string | number | undefined)[] {
  const filled: Record<string, string | undefined> = {
    权力类型: '行政许可',
    实施依据: `【法律】《示例法》（2020年）\n第一条：${name}由主管部门负责。`,
    行使主体: '示例市示例局',
    承办机构: '示例科',
    实施层级及权限: '市级',
    '': `负责本市${name}`,
    责任事项内容: '直接实施责任：\n1.受理责任：公示材料。\n2.审查责任：审核材料。',
    责任事项依据: '《示例法》第二条',
    追责情形: '因不履行职责，有下列情形的：\n1.违法受理的。',
    ...cells,
  };
  return COLUMNS.map((column, n) => (n === 0 ? serial : n === 1 ? name : filled[column]));
}

export function listRows(items: SheetRows, title = '示例市示例局2026年权责清单'): SheetRows {
  return [[title], COLUMNS, ...items];
}

const ERRORS: Readonly<Record<string, number>> = {
  '#DIV/0!': 0x07,
  '#VALUE!': 0x0f,
  '#REF!': 0x17,
  '#NAME?': 0x1d,
  '#N/A': 0x2a,
};

export function makeWorkbook(sheets: readonly TestSheet[], bookType: BookType = 'xlsx'): Uint8Array {
  const book = utils.book_new();
  sheets.forEach(({ name, rows, merges = [], hiddenRows = [], hiddenColumns = [], errors = [] }, n) => {
    const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
    for (const address of errors) {
      const w = rows[utils.decode_cell(address).r]?.[utils.decode_cell(address).c];
      sheet[address] = { t: 'e', v: ERRORS[w ?? ''], w };
    }
    sheet['!merges'] = merges.map((area) => utils.decode_range(area));
    if (hiddenRows.length > 0)
      sheet['!rows'] = rows.map((_, row) => (hiddenRows.includes(row) ? { hidden: true } : {}));
    if (hiddenColumns.length > 0)
      sheet['!cols'] = COLUMNS.map((_, column) => (hiddenColumns.includes(column) ? { hidden: true } : {}));
    utils.book_append_sheet(book, sheet, name ?? `Sheet${(n + 1).toString()}`);
  });
  // With type 'array' the writer gives an ArrayBuffer; its own type says any.
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer);
}
