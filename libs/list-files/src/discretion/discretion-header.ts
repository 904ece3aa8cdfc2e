import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { ListWarning } from '../list-warning.ts';

/** Columns of a table of discretion standards (行政裁量基准). */
export type DiscretionField = 'serial' | 'conduct' | 'tier' | 'circumstances' | 'standard';

const NAMES: Readonly<Record<DiscretionField | 'basis' | 'facts', RegExp>> = {
  serial: /^(?:序号|编号|代码|编码|(?:项目|事项|违法行为)(?:编号|编码|代码)|号)$/,
  conduct:
    /^(?:(?:具体)?违法(?:行为|事实|事项|活动)(?:名称|描述|表现|种类)?|案由(?:名称)?|(?:行政)?处罚(?:事项|项目|行为)(?:名称)?|(?:权力|职权|裁量|执法|权责)?(?:事项|项目)(?:名称)?|(?:权力|行为)名称|行为)$/,
  basis:
    /^(?:(?:法律|处罚|设定|裁量|执法|实施|职权|法定|行政处罚|适用|违法|违反|定性|禁止性)+(?:法律|法规)?(?:的)?(?:依据|条款|规定|法条)|罚则|违则|依据|(?:法律)?依据(?:条款|内容)|法律、?法规、?(?:规章)?(?:规定|依据|名称)?|处罚种类及依据|法律责任)$/,
  tier: /^(?:裁量|处罚|处罚裁量|违法|情节|违法行为|违法情节|行为)?(?:的)?(?:阶次|阶梯|等级|档次|档位|程度|级别|轻重|层级|层次)$/,
  circumstances:
    /^(?:(?:适用|裁量|违法|具体|违法行为|处罚|认定|裁量适用)(?:的)?)?(?:情形|条件|情节(?:与|和|及)(?:后果|危害后果)|因素|表现(?:形式|情形)?|情形描述|情况|标准情形)$/,
  standard:
    /^(?:(?:具体|处罚|裁量|行政处罚|处罚裁量|行政处罚裁量|自由裁量|罚款|处理|量罚)+(?:的)?(?:权)?)(?:标准|幅度|基准|数额|结果|种类(?:及|和|与)幅度|措施|内容|档次及标准)$|^(?:标准|幅度)$/,
  /** 违法情节 is the tier in one table and the circumstances in another: the other columns tell. */
  facts: /^(?:违法|裁量|具体)?情节$/,
};
/** Tables that give each tier a column of its own. */
const TIER =
  /^(?:不予(?:行政)?处罚|免(?:予|于)处罚|减轻(?:处罚|行政处罚)?|从轻(?:处罚|行政处罚)?|一般(?:处罚|行政处罚|情节)?|从重(?:处罚|行政处罚)?|轻微|较轻|较重|严重|特别严重)$/;
/** A list of powers may have a column of standards too. */
const POWERS = /^(?:权力|职权|事项|执法)(?:类型|类别)$|责任事项|追责/;
const ABOUT = /裁量|阶次|处罚标准|处罚幅度|量罚|从轻/;
const SEARCHED_ROWS = 40;

export interface DiscretionHeader {
  /** its rows, from 0: two where 裁量基准 stands above its parts */
  readonly first: number;
  readonly last: number;
  readonly columns: ReadonlyMap<DiscretionField, number>;
  /** those of bases, the one of the penalty first */
  readonly bases: readonly number[];
  readonly tierColumns: readonly { readonly column: number; readonly tier: string }[];
  readonly warnings: readonly ListWarning[];
}

/** The header of a table of discretion standards; undefined where a sheet has none. */
export function findDiscretionHeader(grid: SheetGrid): DiscretionHeader | undefined {
  let about = ABOUT.test(grid.name);
  for (let row = 0; row < Math.min(grid.rows, SEARCHED_ROWS); row += 1) {
    about ||= wordsOf(grid, row, row).some((word) => ABOUT.test(word));
    for (const last of standsOverParts(grid, row) ? [row + 1, row] : [row, row + 1]) {
      const words = wordsOf(grid, row, last);
      if (words.some((word) => POWERS.test(word))) return undefined;
      if (last !== row && !isUpperRow(grid, row)) continue;
      const header = about || words.some((word) => ABOUT.test(word)) ? headerOf(words) : undefined;
      if (header) return { first: row, last, ...header, warnings: unknownColumns(grid, last, words, header) };
    }
  }
  return undefined;
}

/** Whether a cell is merged over several columns each of which has words of its own below: 违法情节 over 程度 and 情形. */
function standsOverParts(grid: SheetGrid, row: number): boolean {
  return Array.from({ length: grid.columns }, (_, column) => grid.mergeAt(row, column)).some(
    (merge) =>
      merge !== undefined &&
      merge.top === row &&
      merge.bottom === row &&
      merge.right > merge.left &&
      merge.right - merge.left + 1 < grid.columns &&
      Array.from({ length: merge.right - merge.left + 1 }, (_, n) => grid.own(row + 1, merge.left + n)).every(
        (text) => text !== '' && text.length <= 12,
      ),
  );
}

/** Whether a row can stand above the rest of a header: it says several things, and the next row is none by itself. */
function isUpperRow(grid: SheetGrid, row: number): boolean {
  const said = new Set(wordsOf(grid, row, row).filter((word) => word !== ''));
  return said.size >= 2 && headerOf(wordsOf(grid, row + 1, row + 1)) === undefined;
}

/** Whether a row repeats the header on a later page; under merged cells only a part of it shows. */
export function repeatsDiscretionHeader(grid: SheetGrid, row: number, header: DiscretionHeader): boolean {
  const fields = [...header.columns].filter(([, column]) => grid.own(row, column) !== '');
  return (
    fields.length >= 2 &&
    fields.every(([field, column]) => {
      const word = wordOf(grid.own(row, column));
      return NAMES[field].test(word) || NAMES.facts.test(word);
    })
  );
}

type Columns = Pick<DiscretionHeader, 'columns' | 'bases' | 'tierColumns'>;

function headerOf(words: readonly string[]): Columns | undefined {
  const columns = new Map<DiscretionField, number>();
  const bases: number[] = [];
  const tierColumns: { column: number; tier: string }[] = [];
  let facts: number | undefined;
  words.forEach((word, column) => {
    if (word === '') return;
    if (TIER.test(word)) tierColumns.push({ column, tier: word });
    else if (NAMES.basis.test(word)) bases.push(column);
    else if (NAMES.facts.test(word)) facts ??= column;
    else
      for (const field of ['serial', 'conduct', 'tier', 'circumstances', 'standard'] as const)
        if (!columns.has(field) && NAMES[field].test(word)) {
          columns.set(field, column);
          break;
        }
  });
  if (facts !== undefined) {
    const field = columns.has('circumstances') ? 'tier' : 'circumstances';
    if (!columns.has(field)) columns.set(field, facts);
  }
  const graded = columns.has('standard') && (columns.has('tier') || columns.has('circumstances'));
  if (!columns.has('conduct') || !(graded || tierColumns.length >= 2)) return undefined;
  // 违反条款 says what is forbidden; a penalty rests on 处罚依据.
  bases.sort((a, b) => Number(isOfPenalty(words[b])) - Number(isOfPenalty(words[a])));
  return { columns, bases, tierColumns: graded ? [] : tierColumns };
}

function isOfPenalty(word = ''): boolean {
  return /处罚|罚则|裁量|责任/.test(word);
}

function wordOf(text: string): string {
  return text.replace(/\s+/g, '').replace(/[（(][^（()）]*[）)]$/, '');
}

/** What heads each column in these rows: the lower word where there are two. */
function wordsOf(grid: SheetGrid, first: number, last: number): string[] {
  return Array.from({ length: grid.columns }, (_, column) => {
    const lower = grid.text(last, column);
    return wordOf(first === last ? grid.own(first, column) : lower === '' ? grid.text(first, column) : lower);
  });
}

function unknownColumns(
  grid: SheetGrid,
  last: number,
  words: readonly string[],
  { columns, bases, tierColumns }: Columns,
): ListWarning[] {
  const taken = new Set([...columns.values(), ...bases, ...tierColumns.map(({ column }) => column)]);
  return words.flatMap((word, column): ListWarning[] => {
    if (taken.has(column)) return [];
    let written = 0;
    for (let row = last + 1; row < grid.rows; row += 1) if (grid.own(row, column) !== '') written += 1;
    if (written === 0) return [];
    const message = `不认识的列“${word}”（${written.toString()} 个单元格）未导入，内容不会公开。`;
    return [{ row: last + 1, column: columnLetters(column), code: 'unknown-column', message }];
  });
}
