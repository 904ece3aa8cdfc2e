import { expect } from '@jest/globals';
import { organKey } from '@mandate/lists';
import {
  type FileOwners,
  findOrganInTitle,
  type KnownOrgan,
  ownersOf,
  type ReadingOptions,
  readSourceFile,
} from '@mandate/list-files';
import { itemRow, makeWorkbook, type SheetRows, type TestSheet } from './workbook.ts';

/** An organ of the register, placed as its name says. */
export const registeredOrgan = (name: string, more: Partial<KnownOrgan> = {}): KnownOrgan => {
  const { regionName, shortName } = findOrganInTitle(`${name}权责清单`) ?? {};
  return {
    schema: 'organ/1',
    key: organKey({ name }),
    name,
    ...(regionName !== undefined && { regionName }),
    ...(shortName !== undefined && { shortName }),
    ...more,
  };
};

interface Case extends Partial<Parameters<typeof ownersOf>[1]> {
  readonly reading?: ReadingOptions;
  readonly file?: string;
}

/** A workbook as the lists of whose it is; each of its items is in one of them, or told as nobody's. */
export function readOwners(
  sheets: readonly TestSheet[],
  { reading = {}, file = '清单.xlsx', ...said }: Case = {},
): FileOwners {
  const source = readSourceFile(file, makeWorkbook(sheets), { options: reading });
  if (source.register !== 'authority-item') throw new Error('a list of powers');
  const owners = ownersOf(source, {
    known: [],
    areas: [],
    regions: [],
    titles: source.titles,
    file,
    ...(reading.splitBy !== undefined && { splitBy: reading.splitBy }),
    ...said,
  });
  // Nothing is lost, and nothing is anybody's twice.
  const taken = owners.parts.flatMap(({ source: part }) => part.items);
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.length + owners.unowned.length).toBe(source.items.length);
  return owners;
}

/** Name of the organ → how many items it has. */
export const shares = ({ parts }: FileOwners): Record<string, number> =>
  Object.fromEntries(parts.map((part) => [part.organ.name, part.source.items.length]));

/** Rows whose 行使主体 are these. */
export const rowsBy = (organs: readonly string[], each = 1): SheetRows =>
  organs.flatMap((words, n) =>
    Array.from({ length: each }, (_, m) => {
      const serial = n * each + m + 1;
      return itemRow(serial, `事项第${serial.toString()}号`, { 行使主体: words });
    }),
  );
