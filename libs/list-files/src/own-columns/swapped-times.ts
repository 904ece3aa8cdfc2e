import { joinName, withoutBlanks } from '@mandate/lists';
import type { SheetGrid } from '@mandate/workbook';
import type { ListHeader } from './list-header.ts';
import { columnWords, unsaidColumn, waysOut } from './swapped-words.ts';
import { unitInHeader } from './vocabulary/find-field.ts';

/** Rows looked at: spread over the whole list. */
const SAMPLE = 500;

/**
 * A promise is shorter than what the law allows. Where it is longer in most rows, the columns are swapped: citizens would be
 * told a limit that binds nobody.
 * @returns what to tell a person; undefined where nothing looks so
 */
export function swappedTimes(grid: SheetGrid, header: ListHeader): string | undefined {
  const statutory = unsaidColumn(header, 'statutoryTime');
  const promised = unsaidColumn(header, 'promisedTime');
  if (statutory === undefined || promised === undefined) return undefined;
  const [statutoryUnit] = header.columns.get('statutoryUnit') ?? [];
  const [promisedUnit] = header.columns.get('promisedUnit') ?? [];
  const timeAt = (row: number, column: number, unit: number | undefined): Time | undefined =>
    readTime(
      grid.text(row, column),
      unit === undefined ? (header.heads[column]?.words ?? '') : `（${grid.text(row, unit)}）`,
    );
  let [both, longer] = [0, 0];
  const step = Math.max(1, Math.floor((grid.rows - header.end) / SAMPLE));
  for (let row = header.end; row < grid.rows; row += step) {
    const law = timeAt(row, statutory, statutoryUnit);
    const promise = timeAt(row, promised, promisedUnit);
    if (law === undefined || promise === undefined) continue;
    // Five working days and seven days are not compared.
    if (law.unit !== undefined && promise.unit !== undefined && law.unit !== promise.unit) continue;
    both += 1;
    if (promise.days > law.days) longer += 1;
  }
  // Of one or two rows it is a slip in the row: the health check says that.
  if (longer < 2 || longer * 2 <= both) return undefined;
  return (
    `${columnWords(header, promised)}里的时限比${columnWords(header, statutory)}里的长（可比的 ${both.toString()} 行里有 ${longer.toString()} 行），` +
    `承诺时限不应长于法定时限，两列像是写反了。${waysOut(header, [
      { column: promised, headed: 'promisedTime', is: 'statutoryTime' },
      { column: statutory, headed: 'statutoryTime', is: 'promisedTime' },
    ])}`
  );
}

interface Time {
  readonly days: number;
  readonly unit: 'working-day' | 'calendar-day' | undefined;
}

/** One number of days or months; 即办 is none. */
function readTime(text: string, unitWords: string): Time | undefined {
  const word = withoutBlanks(joinName(text)).normalize('NFKC');
  if (/^(?:即办|即时|当场|当日|立即|现场|马上)/.test(word)) return { days: 0, unit: undefined };
  const found = /^(\d{1,4})(?:\.0+)?(?:个)?(工作日|自然日|日|天|月|年)?(?:内|以内)?(?:办结)?$/.exec(word);
  if (found === null) return undefined;
  const unit = found[2] ?? '';
  const count = Number(found[1]);
  if (unit === '月') return { days: count * 30, unit: undefined };
  if (unit === '年') return { days: count * 365, unit: undefined };
  const said = unit === '' ? unitInHeader(unitWords) : unit === '工作日' ? 'working-day' : 'calendar-day';
  return { days: count, unit: said };
}
