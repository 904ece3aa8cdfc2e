import {
  type DiscretionStandard,
  DiscretionStandardSchema,
  joinName,
  joinWrappedLines,
  withoutBlanks,
} from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import { closingFrom, closingLine } from '../closing-rows.ts';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import {
  type DiscretionField,
  type DiscretionHeader,
  findDiscretionHeader,
  repeatsDiscretionHeader,
} from './discretion-header.ts';
import { onlyText, shorten, TableCells } from '../table-cells.ts';

/** A standard as a table has it. */
export interface FoundStandard {
  readonly sheet: string;
  /** its first row, from 1 */
  readonly row: number;
  readonly serial: string;
  readonly standard: DiscretionStandard;
}

export interface DiscretionSheet {
  readonly sheet: string;
  readonly titles: readonly string[];
  readonly items: readonly FoundStandard[];
  readonly warnings: readonly ListWarning[];
}

interface Growing {
  readonly row: number;
  readonly serial: string;
  readonly conduct: string;
  readonly bases: string[];
  readonly tiers: { tier: string; circumstances: string; standard: string }[];
}

/** A sheet → the discretion standards on it, one for each conduct; undefined where it has no such table. */
export function readDiscretionSheet(grid: SheetGrid): DiscretionSheet | undefined {
  const header = findDiscretionHeader(grid);
  return header && new Reader(grid, header).read();
}

const TIER_BEFORE =
  /^[\s（(]*[一二三四五\d]{0,2}[)）、.．]?\s*((?:情节|违法行为)?(?:不予处罚|免予处罚|减轻|从轻|轻微|较轻|一般|较重|从重|严重|特别严重))(?:的|处罚|情节)?[：:]/;
const NUMERALS = '一二三四五六七八九十';

class Reader {
  readonly #grid: SheetGrid;
  readonly #header: DiscretionHeader;
  readonly #cells: TableCells<DiscretionField>;
  readonly #found: Growing[] = [];
  readonly #titles: string[] = [];
  readonly #warnings: ListWarning[];

  constructor(grid: SheetGrid, header: DiscretionHeader) {
    this.#grid = grid;
    this.#header = header;
    this.#cells = new TableCells(grid, header.columns);
    this.#warnings = [...header.warnings];
    for (const { row, text } of grid.errors)
      this.#warn(
        row,
        'error-cell',
        `单元格是公式错误 ${text}，照录在草稿里；请改成文字后重新导入，改好之前，除非审核人说明理由保留，不能发布。`,
      );
    if (grid.hidden) this.#warn(0, 'hidden-sheet', '工作表是隐藏的，已照常读取。');
  }

  read(): DiscretionSheet {
    const closing = closingFrom(this.#grid);
    for (let row = 0; row < this.#grid.rows; row += 1) {
      const only = onlyText(this.#grid, row);
      if (row < this.#header.first) {
        if (only !== undefined) this.#titles.push(only);
        continue;
      }
      if (row <= this.#header.last || repeatsDiscretionHeader(this.#grid, row, this.#header)) continue;
      const closed = closingLine(this.#grid, row, closing);
      if (closed === '') continue;
      if (closed !== undefined)
        this.#warn(row, 'note', `合计或落款，未作为裁量基准导入：“${shorten(closed)}”。`);
      else if (only !== undefined && this.#isNote(row))
        this.#warn(row, 'note', `说明文字，未作为裁量基准导入：“${shorten(only)}”。`);
      else this.#readRow(row);
    }
    const items = this.#found.flatMap((one) => this.#close(one));
    const warnings = this.#warnings.toSorted((a, b) => a.row - b.row);
    return { sheet: this.#grid.name, titles: this.#titles, items, warnings };
  }

  /** One text alone is a note unless it is more of the table: a standard, a tier, or a merged row of them. */
  #isNote(row: number): boolean {
    const { columns, tierColumns } = this.#header;
    const inTable = [
      columns.get('standard'),
      columns.get('circumstances'),
      ...tierColumns.map(({ column }) => column),
    ];
    return inTable.every((column) => column === undefined || this.#grid.own(row, column) === '');
  }

  #readRow(row: number): void {
    const own = joinWrappedLines(this.#cells.own(row, 'conduct'));
    const serial = withoutBlanks(this.#cells.own(row, 'serial'));
    const bases = this.#header.bases.flatMap((column) => {
      const text = joinWrappedLines(this.#grid.own(row, column));
      return text === '' ? [] : [text];
    });
    const tiers = this.#tiersOf(row);
    if (own === '' && bases.length === 0 && tiers.length === 0) return;
    if (this.#grid.hiddenRows.has(row))
      this.#warn(row, 'hidden-row', '该行在工作簿中是隐藏的，已照常读取；如不应公开，请删除后重新导入。');
    const last = this.#found.at(-1);
    const again = last !== undefined && withoutBlanks(own) === withoutBlanks(last.conduct);
    const goesOn = last !== undefined && (own === '' || (again && ['', last.serial].includes(serial)));
    if (!goesOn && own === '') {
      this.#warn(row, 'unreadable-row', '没有违法行为，整行未导入。');
      return;
    }
    const standard: Growing = goesOn ? last : { row: row + 1, serial, conduct: own, bases: [], tiers: [] };
    if (!goesOn) this.#found.push(standard);
    for (const text of bases) if (!standard.bases.includes(text)) standard.bases.push(text);
    standard.tiers.push(...tiers.map((tier) => this.#named(tier, standard)));
  }

  #tiersOf(row: number): { tier: string; circumstances: string; standard: string }[] {
    const { tierColumns } = this.#header;
    if (tierColumns.length > 0)
      return tierColumns.flatMap(({ column, tier }) => {
        const standard = joinWrappedLines(this.#grid.own(row, column));
        return /^[-—/无\s]*$/.test(standard) ? [] : [{ tier, circumstances: tier, standard }];
      });
    const written = (['tier', 'circumstances', 'standard'] as const).some(
      (field) => this.#cells.own(row, field) !== '',
    );
    if (!written) return [];
    const [tier, circumstances, standard] = [
      joinName(this.#cells.shown(row, 'tier')),
      joinWrappedLines(this.#cells.shown(row, 'circumstances')),
      joinWrappedLines(this.#cells.shown(row, 'standard')),
    ];
    // 不予处罚 needs no words beside it.
    const said = standard === '' && /不予|免予|免于/.test(tier) ? tier : standard;
    if (said !== '') return [{ tier, circumstances, standard: said }];
    this.#warn(
      row,
      'unreadable-row',
      `“${shorten(tier === '' ? circumstances : tier)}”没有裁量标准，这一档未导入。`,
    );
    return [];
  }

  /** A tier that its own words name (情节轻微的：…), or by its place. */
  #named(tier: Growing['tiers'][number], { tiers }: Growing): Growing['tiers'][number] {
    const name = tier.tier === '' ? (TIER_BEFORE.exec(tier.circumstances)?.[1] ?? '') : tier.tier;
    const place = NUMERALS[tiers.length] ?? (tiers.length + 1).toString();
    const called = name === '' ? `第${place}档` : name.slice(0, 40);
    return { ...tier, tier: called, circumstances: tier.circumstances === '' ? called : tier.circumstances };
  }

  #close({ row, serial, conduct, bases, tiers }: Growing): FoundStandard[] {
    const parsed = DiscretionStandardSchema.safeParse({
      conduct,
      ...(bases.length > 0 && { basis: bases.join('\n') }),
      tiers,
    });
    if (parsed.success) return [{ sheet: this.#grid.name, row, serial, standard: parsed.data }];
    const why = tiers.length === 0 ? '没有裁量阶次和标准' : (parsed.error.issues[0]?.message ?? '');
    this.#warn(row - 1, 'invalid-item', `“${shorten(conduct)}”不能作为裁量基准登记，未导入：${why}`);
    return [];
  }

  #warn(row: number, code: WarningCode, message: string): void {
    this.#warnings.push({ row: row + 1, code, message });
  }
}
