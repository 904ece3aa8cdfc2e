import type { z } from 'zod';
import { columnLetters } from '@mandate/workbook';

/** Something in a filled template that cannot be taken, at its cell. */
export interface CellError {
  readonly sheet: string;
  /** counted from 1 */
  readonly row: number;
  /** letters: A, B … */
  readonly column: string;
  readonly message: string;
}

/** A cell, its indexes from 0, and what its column is called. */
export interface CellPlace {
  readonly sheet: string;
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly header: string;
  readonly note?: string | undefined;
}

export function errorAt({ sheet, rowIndex, columnIndex, header }: CellPlace, message: string): CellError {
  return { sheet, row: rowIndex + 1, column: columnLetters(columnIndex), message: `${header}：${message}` };
}

/**
 * What a schema objects to, at the cells it came from. What has no cell of its own is said at the nearest one: what it
 * stands in, else the first thing that stands in it.
 */
export function issuesAtCells(
  issues: readonly z.core.$ZodIssue[],
  places: ReadonlyMap<string, CellPlace>,
  fallback: CellPlace,
): CellError[] {
  return issues.map((issue) => {
    const path = issue.path.map(String);
    return errorAt(nearest(path, places) ?? fallback, messageOf(issue, nearest(path, places)));
  });
}

/**
 * What a person mends at each cell, said once: a cell whose words could not be taken is also empty to the schema, and a
 * formula that failed is wrong whatever else it is. What is written first is what stands in the cell.
 */
export function oncePerCell(errors: readonly CellError[]): readonly CellError[] {
  const cellOf = ({ sheet, row, column }: CellError): string => [sheet, row, column].join('\n');
  const groups = Map.groupBy(errors, cellOf);
  const told = new Set(
    [...groups.values()].flatMap((all) => {
      const formula = all.find(({ message }) => message === FORMULA_ERROR);
      if (formula !== undefined) return [formula];
      const more = all.filter(({ message }) => !message.endsWith(`：${MUST_BE_FILLED}`));
      const kept = more.length === 0 ? all : more;
      return kept.filter(({ message }, n) => kept.findIndex((one) => one.message === message) === n);
    }),
  );
  return errors.filter((error) => told.has(error));
}

/** What stands in a cell whose formula failed is no answer to the question of its column. */
export const FORMULA_ERROR = '这里是公式错误。请填写文字，不要用公式。';
const MUST_BE_FILLED = '必须填写。';

function nearest(path: readonly string[], places: ReadonlyMap<string, CellPlace>): CellPlace | undefined {
  const whole = path.join('.');
  const own = places.get(whole);
  if (own) return own;
  const inside = [...places].find(([at]) => at.startsWith(`${whole}.`));
  if (inside) return inside[1];
  for (let length = path.length - 1; length > 0; length -= 1) {
    const around = places.get(path.slice(0, length).join('.'));
    if (around) return around;
  }
  return undefined;
}

/** In the words of the person who fills the template. */
function messageOf(issue: z.core.$ZodIssue, place: CellPlace | undefined): string {
  const hint = place?.note ?? '';
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
      return issue.input === undefined ? MUST_BE_FILLED : `填写有误。${hint}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? MUST_BE_FILLED
        : `太短或太小，至少是 ${issue.minimum.toString()}。`;
    case 'too_big':
      return issue.origin === 'string'
        ? `太长，最多 ${issue.maximum.toString()} 个字。`
        : `太多或太大，最多是 ${issue.maximum.toString()}。`;
    default:
      return /\p{Script=Han}/u.test(issue.message) ? `${issue.message}。` : `格式不对，请核对。${hint}`;
  }
}
