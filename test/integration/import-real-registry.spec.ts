import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AuthorityItemSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

describeWithSharedData('authority-lists', 'the twelve real workbooks in a registry', (folder) => {
  let desk: ImportDesk;
  const files = (): string[] =>
    readdirSync(folder)
      .filter((file) => /\.xlsx?$/.test(file))
      .map((file) => join(folder, file));

  beforeAll(async () => {
    desk = await ImportDesk.open();
  });
  afterAll(() => desk.close());

  test('are twelve organs of one city and 2,036 items, one entry each', async () => {
    const report = await desk.run(files());
    expect(report.files.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(report).toMatchObject({ items: 2_036, entriesAppended: 2_048, unchanged: 0, missing: [] });
    const organs = report.files.map(({ organ }) => organ?.name ?? '');
    expect(new Set(organs).size).toBe(12);
    // The one list that says only 市农业农村局 takes its region from the eleven others.
    expect(organs.filter((name) => /^克拉玛依市.+局$/.test(name))).toHaveLength(12);
    const { manager } = desk.registry.app.get(DataSource);
    const records = await desk.registry.app.get(ListsService).records(manager, 'authority-item');
    expect(records).toHaveLength(2_036);
    for (const { entry, value } of records)
      expect(entry.key.startsWith(`${AuthorityItemSchema.parse(value).organ}.`)).toBe(true);
  });

  test('again, in another order, are nothing new', async () => {
    expect(await desk.run(files().reverse())).toMatchObject({
      entriesAppended: 0,
      unchanged: 2_036,
      missing: [],
    });
  });

  test('the one without its region is the same organ when it comes alone', async () => {
    const alone = files().filter((path) => path.includes('农业农村局'));
    expect(await desk.run(alone)).toMatchObject({
      items: 310,
      entriesAppended: 0,
      unchanged: 310,
      missing: [],
    });
  });
});
