import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils, type WorkSheet } from '@e965/xlsx';
import { expect, test } from '@jest/globals';
import { cleanText } from '@mandate/encoding';
import { type AuthorityItem, AuthorityItemSchema, findCategory, withoutBlanks } from '@mandate/lists';
import { columnLetters, readWorkbook, type SheetGrid } from '@mandate/workbook';
import { describeWithSharedData } from '../../../../test/support/shared-data.ts';
import type { ListWarning } from '../list-warning.ts';
import { findOrganInTitle } from '../owner/organ-title.ts';
import { assembleItem } from './assemble-item.ts';
import { findHeader, type ListHeader } from './list-header.ts';
import { readSheet } from './read-list.ts';

/** Part of the file's name → items, sub-items, level rows. The items are those the README beside the lists counts. */
const COUNTS: readonly (readonly [string, number, number, number])[] = [
  ['农业农村局', 310, 0, 312],
  ['统计局', 3, 0, 3],
  ['人力资源和社会保障局', 100, 12, 108],
  ['住房和城乡建设局', 323, 8, 327],
  ['医疗保障局', 17, 0, 0],
  ['商务局', 20, 0, 20],
  ['应急管理局', 137, 21, 149],
  ['文化体育广播电视和旅游局', 301, 0, 301],
  ['科学技术局', 4, 0, 4],
  ['交通运输局', 360, 1, 360],
  ['市场监督管理局', 442, 0, 442],
  ['财政局', 19, 0, 0],
];

interface ReadItem {
  readonly row: number;
  readonly serial: string;
  readonly item: AuthorityItem;
}
interface ReadSheet {
  readonly grid: SheetGrid;
  readonly raw: WorkSheet;
  readonly header: ListHeader | undefined;
  readonly items: readonly ReadItem[];
  readonly warnings: readonly ListWarning[];
  readonly claimed: number | undefined;
}

describeWithSharedData('authority-lists', 'the twelve real workbooks', (folder) => {
  const fileOf = (part: string): string => {
    const file = readdirSync(folder).find((name) => name.includes(part) && /\.xlsx?$/.test(name));
    if (file === undefined) throw new Error(`no workbook of ${part}`);
    return join(folder, file);
  };
  const lists = new Map<string, ReadSheet[]>();
  /** Each workbook is read once, whatever is asked of it. */
  const readList = (part: string): ReadSheet[] => {
    const list = lists.get(part) ?? readAnew(part);
    lists.set(part, list);
    return list;
  };
  const readAnew = (part: string): ReadSheet[] => {
    const bytes = readFileSync(fileOf(part));
    const raw = read(bytes, { type: 'buffer' });
    return readWorkbook(bytes).map((grid) => {
      const { items, warnings, claimed } = readSheet(grid);
      const sheet = raw.Sheets[grid.name];
      if (!sheet) throw new Error(`no sheet ${grid.name}`);
      return {
        grid,
        raw: sheet,
        header: findHeader(grid),
        warnings,
        claimed,
        items: items.map((draft) => {
          const item = assembleItem(draft);
          if ('issue' in item) throw new Error(`row ${draft.row.toString()}: ${item.issue}`);
          return { row: draft.row, serial: draft.serial, item };
        }),
      };
    });
  };

  test.each(COUNTS)(
    '%s: %i items, %i sub-items, %i levels, all fit the schema',
    (part, items, subItems, levels) => {
      const all = readList(part).flatMap((sheet) => sheet.items);
      for (const { item } of all) AuthorityItemSchema.parse(item);
      expect(all).toHaveLength(items);
      expect(all.flatMap(({ item }) => item.subItems)).toHaveLength(subItems);
      const below = all.flatMap(({ item }) => item.subItems.flatMap((sub) => sub.levels ?? []));
      expect(all.flatMap(({ item }) => item.levels).length + below.length).toBe(levels);
      expect(all.filter(({ item }) => item.levels.some(({ level }) => level === undefined))).toEqual([]);
    },
  );

  test.each(COUNTS)('%s: every cell is published, heads a column, or stands in a warning', (part) => {
    const lost: string[] = [];
    for (const sheet of readList(part))
      for (const { row, column, text } of cellsOf(sheet.raw))
        if (!accounted(sheet, row, column, text))
          lost.push(
            `${sheet.grid.name}!${columnLetters(column)}${(row + 1).toString()} ${text.slice(0, 40)}`,
          );
    expect(lost).toEqual([]);
  });

  test('the organ is in the title or the file name of every list', () => {
    for (const [part] of COUNTS) {
      const name = findOrganInTitle(fileOf(part).split('/').at(-1) ?? '')?.name;
      expect(name).toMatch(new RegExp(`市${part}$`));
    }
  });

  test('a sheet that claims one item more than it has is reported', () => {
    const [permits, ...others] = readList('农业农村局');
    expect(permits).toMatchObject({ claimed: 11, items: { length: 10 } });
    expect(permits?.warnings).toContainEqual(expect.objectContaining({ code: 'claimed-count' }));
    expect(permits?.items.map(({ serial }) => serial)).toContain('2,3');
    expect(others.flatMap(({ warnings }) => warnings.filter(({ code }) => code === 'claimed-count'))).toEqual(
      [],
    );
    expect(others.every(({ claimed, items }) => claimed === items.length)).toBe(true);
  });

  test('one item over three rows keeps each level with its own organ and duties', () => {
    const levy = readList('农业农村局')
      .flatMap(({ items }) => items)
      .find(({ item }) => item.category === '04');
    expect(levy?.item.levels.map(({ level, implementingOrgan }) => [level, implementingOrgan])).toEqual([
      ['2', '自治区农业农村厅'],
      ['4', '县市区农业农村局'],
      ['3', '地州市农业农村局'],
    ]);
    expect(levy?.item).not.toHaveProperty('implementingOrgan');
    expect(levy?.item).toHaveProperty('basisText');
  });

  test('a named row without a serial number is reported with its row, not counted and not published', () => {
    const [sheet] = readList('商务局');
    expect(sheet?.warnings).toContainEqual(expect.objectContaining({ row: 22, code: 'missing-serial' }));
    expect(sheet?.items.map(({ item }) => item.name)).not.toContain('洗染业经营者备案');
  });

  test('of doubled columns the one the list shows counts', () => {
    const [sheet] = readList('商务局');
    const last = sheet?.items.find(({ serial }) => serial === '21')?.item;
    expect(last?.dutyBases?.[0]).toMatchObject({ kind: 'law' });
    expect(
      sheet?.warnings.filter(({ code }) => code === 'doubled-column').map(({ column }) => column),
    ).toEqual(['L', 'M', 'N', 'O']);
  });

  test('a column without a header is named and its words are published nowhere', () => {
    const [sheet] = readList('财政局');
    expect(sheet?.warnings).toContainEqual(expect.objectContaining({ column: 'N', code: 'unknown-column' }));
    expect(JSON.stringify(sheet?.items)).not.toContain('其他类别');
  });

  test('救助渠道 is kept as what it is', () => {
    const [sheet] = readList('科学技术局');
    expect(sheet?.items.every(({ item }) => item.remedies !== undefined && item.remarks === undefined)).toBe(
      true,
    );
  });
});

function cellsOf(sheet: WorkSheet): { row: number; column: number; text: string }[] {
  return Object.keys(sheet)
    .filter((address) => !address.startsWith('!'))
    .map((address) => {
      const { r, c } = utils.decode_cell(address);
      // Every key of a sheet but its !properties is a cell.
      const cell = sheet[address] as { v?: unknown; w?: string };
      return { row: r, column: c, text: cleanText(typeof cell.v === 'string' ? cell.v : (cell.w ?? '')) };
    })
    .filter(({ text }) => text !== '');
}

/** Where a cell ended, looked for without the importer's own notion of columns. */
function accounted(
  { header, items, warnings }: ReadSheet,
  row: number,
  column: number,
  text: string,
): boolean {
  if (!header) return warnings.some(({ code }) => code === 'no-header');
  if (row < header.end) return true;
  const letter = columnLetters(column);
  const says = (codes: readonly string[], test: (warning: ListWarning) => boolean): boolean =>
    warnings.some((warning) => codes.includes(warning.code) && test(warning));
  if (says(['unknown-column', 'doubled-column'], (warning) => warning.column === letter)) return true;
  const here = (warning: ListWarning): boolean => warning.row === row + 1;
  if (says(['missing-serial', 'missing-name', 'unreadable-row', 'note'], here)) return true;
  if (
    says(['covered-cell'], (warning) => here(warning) && (warning.column ?? '').split('、').includes(letter))
  )
    return true;
  const owner = items.findLast((item) => item.row <= row + 1);
  if (!owner) return false;
  if (withoutBlanks(text).replace(/\.$/, '') === owner.serial) return true;
  if (findCategory(text) === owner.item.category) return true;
  const plain = withoutBlanks(text);
  return wordsOf(owner.item).some((words) => words.includes(plain));
}

const WORDS = new WeakMap<AuthorityItem, readonly string[]>();
function wordsOf(item: AuthorityItem): readonly string[] {
  const words = WORDS.get(item) ?? stringsOf(item);
  WORDS.set(item, words);
  return words;
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [withoutBlanks(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
