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
      return issue.input === undefined ? '必须填写。' : `填写有误。${hint}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? '必须填写。'
        : `太短或太小，至少是 ${issue.minimum.toString()}。`;
    case 'too_big':
      return issue.origin === 'string'
        ? `太长，最多 ${issue.maximum.toString()} 个字。`
        : `太多或太大，最多是 ${issue.maximum.toString()}。`;
    default:
      return /\p{Script=Han}/u.test(issue.message) ? `${issue.message}。` : `格式不对，请核对。${hint}`;
  }
}
