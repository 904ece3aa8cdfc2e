import { CATEGORIES, type CategoryCode } from '@mandate/codes';
import { simplifiedWords, withoutBlanks } from '@mandate/lists';
import type { ListWarning, WarningCode } from '../list-warning.ts';
import { readOrganCell } from '../owner/organ-cell.ts';
import { shorten } from '../table-cells.ts';
import type { ItemDraft } from './item-draft.ts';

/** 同上 in a cell says so itself. */
const DITTO = /^(?:同上|同前|同左|〃|″|"|”|''|’’)$/;
/** What a power is called where the name says its category. */
const ACTS: readonly (readonly [RegExp, CategoryCode])[] = [
  [/许可$/, '01'],
  [/处罚$/, '02'],
  [/(?:行政强制|强制措施|强制执行)$/, '03'],
  [/征收$/, '04'],
  [/给付$/, '05'],
  [/检查$/, '06'],
  [/行政确认$/, '07'],
  [/(?:奖励|表彰)$/, '08'],
  [/裁决$/, '09'],
];
/** 地州市农业农村局 and 市农业农村局 are one office wherever it is. */
const EVERYWHERE =
  /^(?:各级|(?:自治区|省|设区的|地|州|市|县|区|旗|乡|镇|街道|[、，])+级?(?:以上|以下)?(?:地方)?)/u;
const MOST_ROWS = 8;

interface Open {
  readonly category: CategoryCode;
  /** the row above has the same category of its own: every row has one, and a blank is a hole */
  readonly everyRow: boolean;
}
interface Waiting {
  readonly item: ItemDraft;
  readonly category: CategoryCode;
  readonly said: boolean;
  readonly without: (reason?: string) => void;
}

/** Why an item has no category of its own, and of what category it is taken to be. */
export function withoutCategory(
  word: string,
  reason: string,
  section: CategoryCode | undefined,
): { readonly code: WarningCode; readonly message: string } {
  const more = reason === '' ? '' : `（${reason}）`;
  const unread = `权力类型“${shorten(word)}”无法识别`;
  return section === undefined
    ? {
        code: 'unknown-category',
        message: `${word === '' ? '没有权力类型' : unread}${more}，该事项未导入；请填写十类权力之一，或用 --category 指明整份清单的权力类型。`,
      }
    : {
        code: 'category-from-sheet',
        message: `${word === '' ? '权力类型空白' : unread}${more}，按工作表或分节标题归类。`,
      };
}

/** Whether a cell leaves the category to the rows above it. */
export function leavesCategory(word: string): boolean {
  return word === '' || DITTO.test(withoutBlanks(word));
}

/**
 * A category written in the first row of a block of rows, as where merged cells were lost: it holds for the blank rows below
 * it, up to the next. Never beyond a heading or an organ, not where every row has its own, and not against the item's name.
 */
export class CarriedCategories {
  #open: Open | undefined;
  /** of the row above, where it is written there */
  #above: CategoryCode | undefined;
  #organs: readonly string[] = [];
  #closed = new Set<CategoryCode>();
  /** rows that say again what the row above them says */
  #again = 0;
  #written = 0;
  /** a category came back behind another: few blanks are holes then, not blocks */
  #mixed = false;
  #waiting: Waiting[] = [];

  /** A heading, a sum, another table: nothing is carried over it. */
  end(): void {
    this.#open = undefined;
    this.#above = undefined;
    this.#organs = [];
    this.#closed.clear();
  }

  /**
   * A row that shows its category.
   * @param organ the words of its cell, where the list has a column of organs
   * @param isOwn whether the category is written in this very row
   */
  write(category: CategoryCode, organ: string, isOwn = true): void {
    this.#seeOrgan(organ);
    // Under a merged cell.
    if (!isOwn && this.#open?.category === category) return;
    const again = this.#above === category;
    if (again) this.#again += 1;
    this.#written += 1;
    if (this.#open !== undefined && this.#open.category !== category) this.#closed.add(this.#open.category);
    if (this.#closed.has(category)) this.#mixed = true;
    this.#open = { category, everyRow: again };
    this.#above = category;
  }

  /** An item that leaves it open. @param without what is to be done where nothing is carried to it */
  wait(item: ItemDraft, word: string, organ: string, without: Waiting['without']): void {
    this.#seeOrgan(organ);
    this.#above = undefined;
    const said = word !== '';
    if (this.#open === undefined || (this.#open.everyRow && !said)) {
      without();
      return;
    }
    const { category } = this.#open;
    const act = ACTS.find(([name]) => name.test(simplifiedWords(item.name)))?.[1];
    if (act !== undefined && act !== category && !said)
      without(`事项名称像“${CATEGORIES[act]}”，没有沿用上方的“${CATEGORIES[category]}”`);
    else this.#waiting.push({ item, category, said, without });
  }

  /** All rows of the sheet are read. @returns one note for all items to which a category was carried */
  close(): ListWarning[] {
    const blanks = this.#waiting.length;
    const blocks = blanks > this.#again && (!this.#mixed || blanks >= this.#written);
    const carried = this.#waiting.filter(({ said }) => said || blocks);
    for (const { said, without } of this.#waiting) if (!said && !blocks) without();
    for (const { item, category } of carried) item.category = category;
    const [first] = carried;
    if (first === undefined) return [];
    const rows = carried.slice(0, MOST_ROWS).map(({ item }) => item.row.toString());
    return [
      {
        row: first.item.row,
        code: 'category-carried',
        message: `${carried.length.toString()} 个事项的权力类型空白或写作“同上”，按上方最近写明的类型归类（第 ${rows.join('、')} 行${carried.length > rows.length ? '等' : ''}）；不对的请在该行写明权力类型后重新导入。`,
      },
    ];
  }

  #seeOrgan(cell: string): void {
    const names = readOrganCell(cell).flatMap(({ kind, words }) =>
      kind === 'office' ? [] : [kind === 'template' ? words.replace(EVERYWHERE, '') : words],
    );
    if (names.length === 0) return;
    const same = names.some((name) =>
      this.#organs.some((other) => name.endsWith(other) || other.endsWith(name) || name.startsWith(other)),
    );
    if (this.#organs.length > 0 && !same) this.end();
    this.#organs = names;
  }
}
