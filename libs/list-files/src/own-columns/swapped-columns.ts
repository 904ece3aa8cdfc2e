import { columnLetters, type SheetGrid } from '@mandate/workbook';
import type { Look } from './column-looks.ts';
import type { ListHeader } from './list-header.ts';
import { swappedCells } from './swapped-cells.ts';
import { swappedSubItems } from './swapped-sub-items.ts';
import { swappedTimes } from './swapped-times.ts';
import { COLUMN_NAMES } from './vocabulary/fields.ts';

/** What the cells of a column are called, in a sentence. */
const LOOKS: Readonly<Record<Look, string>> = {
  serial: '序号',
  name: '事项名称',
  category: '权力类型',
  basisText: '法律依据',
  implementingOrgan: '机关名称',
};
const LOOKED_AT: readonly Look[] = ['serial', 'name', 'category', 'basisText', 'implementingOrgan'];
/** Fewer of its cells look like what a column should be: it is not. */
const HARDLY = 0.2;
/** So many of them look like something else: it is that. */
const MOSTLY = 0.6;

interface Looked {
  readonly look: Look;
  readonly column: number;
  readonly ownShare: number;
  readonly shares: Readonly<Record<Look, number>>;
}

/**
 * Columns whose cells are what another column should have, and hardly what they themselves should: names under 实施依据 and
 * statutes under 事项名称. Taken as headed, statutes would be published as powers.
 * @returns what to tell a person; undefined where nothing looks so
 */
export function swappedColumns(grid: SheetGrid, header: ListHeader): string | undefined {
  return (
    swappedLooks(header) ??
    swappedDuties(header) ??
    swappedCells(grid, header) ??
    swappedTimes(grid, header) ??
    swappedSubItems(grid, header)
  );
}

function swappedLooks(header: ListHeader): string | undefined {
  const { columns, placed, heads } = header;
  const looked = LOOKED_AT.flatMap((look): Looked[] => {
    const [column] = columns.get(look) ?? [];
    // What a person said is so.
    if (column === undefined || placed.placed.some((one) => one.column === column && one.ground === 'said'))
      return [];
    const { cells, shares } = placed.looks(column);
    return cells === 0 ? [] : [{ look, column, ownShare: shares[look], shares }];
  });
  const wrong = looked.flatMap((one) => {
    if (one.ownShare > HARDLY) return [];
    const other = LOOKED_AT.find((look) => look !== one.look && one.shares[look] >= MOSTLY);
    if (other === undefined) return [];
    const own = looked.find(({ look }) => look === other);
    // 备注 that look like names take nothing away: only where the other’s own column is not what it should be.
    const missed =
      own === undefined
        ? one.look === 'name'
        : own.ownShare <= HARDLY && Math.max(...Object.values(own.shares)) >= MOSTLY;
    return missed ? [{ ...one, other }] : [];
  });
  if (wrong.length === 0) return undefined;
  const head = (column: number): string => (heads[column]?.words ?? '').replace(/\s+/g, '');
  const said = wrong
    .map(({ column, other }) => `“${head(column)}”列（${columnLetters(column)} 列）里多是${LOOKS[other]}`)
    .join('，');
  const right = new Map<Look, number>();
  for (const { other, column } of wrong) right.set(other, column);
  const options = (places: Iterable<readonly [Look, number]>): string =>
    [...places].map(([look, column]) => `--column ${COLUMN_NAMES[look]}=${head(column)}`).join(' ');
  return (
    `${said}，表头和内容像是写反了。请改好表头后重新导入；或按内容读取：${options(right)}` +
    `；确认表头无误、要照表头读取的：${options(wrong.map(({ look, column }) => [look, column] as const))}`
  );
}

/** Statutes under 责任事项内容 and hardly any under 实施依据: duties would be published as bases. */
function swappedDuties({ columns, placed, heads }: ListHeader): string | undefined {
  const [duties] = columns.get('dutiesText') ?? [];
  if (duties === undefined || placed.looks(duties).shares.basisText < MOSTLY) return undefined;
  for (const field of ['basisText', 'dutyBasisText'] as const) {
    const [basis] = columns.get(field) ?? [];
    if (basis === undefined) continue;
    const said = placed.placed.some(
      ({ column, ground }) => ground === 'said' && [basis, duties].includes(column),
    );
    const { cells, shares } = placed.looks(basis);
    if (said || cells === 0 || shares.basisText > HARDLY || shares.name < MOSTLY) continue;
    const head = (column: number): string => (heads[column]?.words ?? '').replace(/\s+/g, '');
    const options = (one: number, other: number): string =>
      `--column ${COLUMN_NAMES[field]}=${head(one)} --column ${COLUMN_NAMES.dutiesText}=${head(other)}`;
    return (
      `“${head(duties)}”列（${columnLetters(duties)} 列）里多是法律依据，“${head(basis)}”列（${columnLetters(basis)} 列）里多不是，表头和内容像是写反了。` +
      `请改好表头后重新导入；或按内容读取：${options(duties, basis)}；确认表头无误、要照表头读取的：${options(basis, duties)}`
    );
  }
  return undefined;
}
