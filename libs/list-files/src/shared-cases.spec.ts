import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWithSharedData } from '../../../test/support/shared-data.ts';
import { readSourceFile, type SourceFile } from './index.ts';

/** Files of each kind that were once read wrongly; what is right was counted by people. */
describeWithSharedData('cases', 'files from elsewhere', (folder) => {
  const read = (kind: string): SourceFile[] =>
    readdirSync(join(folder, kind))
      .filter((name) => !/\.(?:md|json)$/.test(name))
      .sort()
      .map((name) => readSourceFile(name, new Uint8Array(readFileSync(join(folder, kind, name)))));
  const powers = (source: SourceFile | undefined) => {
    if (source?.register !== 'authority-item') throw new Error('no list of powers');
    return source.items.map(({ name, category, content }) => {
      if ('issue' in content) throw new Error(content.issue);
      return { name, category, content };
    });
  };

  test('a list of inspections is the same as a workbook and as the HTML table that it was', () => {
    const sources = read('headers-zhejiang');
    expect(sources).toHaveLength(2);
    for (const source of sources) {
      const items = powers(source);
      expect([items.length, new Set(items.map(({ category }) => category))]).toEqual([36, new Set(['06'])]);
      expect(items.reduce((sum, { content }) => sum + content.subItems.length, 0)).toBe(55);
    }
    const [one, other] = sources.map((source) => powers(source).map(({ name }) => name.replace(/\s/g, '')));
    expect(one).toEqual(other);
  });

  test('the national forms of permits and of enforcement', () => {
    const counts = read('headers-national').map((source) => powers(source).map(({ category }) => category));
    const byLength = counts.toSorted((a, b) => a.length - b.length);
    expect(byLength.map((categories) => [categories.length, new Set(categories).size])).toEqual([
      [3, 3],
      [4, 1],
    ]);
    expect(byLength[1]?.[0]).toBe('01');
  });

  test('foreign investment in both forms', () => {
    const items = read('headers-foreign-investment').map((source) =>
      source.register === 'negative-list-item' ? source.items.map(({ item }) => item) : [],
    );
    expect(items.map((all) => all.length).sort()).toEqual([2, 3]);
    const three = items.find((all) => all.length === 3) ?? [];
    expect(new Set(three.map(({ section, sectionName }) => section ?? sectionName)).size).toBe(2);
  });

  test('a workbook of Excel 95 in GBK', () => {
    const [source] = read('excel95-gbk');
    expect(powers(source).map(({ name }) => /^\p{Script=Han}{4,}/u.test(name))).toEqual([true, true]);
  });

  test('our CSV as it was written and as Excel saved it again, code for code', () => {
    const [after, before] = read('csv-through-excel').map((source) =>
      powers(source).map(({ name, content }) => [name, content.codes?.base]),
    );
    expect(before).toHaveLength(9);
    expect(after).toEqual(before);
  });

  test('names copied from a PDF are mended, and told', () => {
    const [source] = read('look-alike-characters');
    const names = powers(source).map(({ name }) => name);
    expect(names).toHaveLength(3);
    for (const name of names) expect(name).not.toMatch(/[\u2e80-\u2fdf\u200b\u00ad]/u);
    expect(source?.mended.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['hidden-signs', 'look-alikes']),
    );
  });
});
