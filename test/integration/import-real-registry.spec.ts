import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AuthorityItemSchema } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { TemplatesService } from '../../apps/registry/src/imports/templates.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { OrgansService } from '../../apps/registry/src/organs/organs.service.ts';
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
    desk.overrules = '原清单如此，依据由制定机关补充';
  });
  afterAll(() => desk.close());

  test('are twelve organs of one city and 2,036 items, one entry each, and an edition for each organ', async () => {
    const report = await desk.run(files());
    expect(report.files.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(report).toMatchObject({
      items: 2_036,
      changes: 2_036,
      // 12 organs, their items, and 12 editions.
      entriesAppended: 2_060,
      unchanged: 0,
      missing: [],
    });
    expect(report.lists.map(({ draft }) => draft?.state)).toEqual(new Array(12).fill('submitted'));
    const organs = report.files.map(({ organ }) => organ?.name ?? '');
    expect(new Set(organs).size).toBe(12);
    // The one list that says only 市农业农村局 takes its region from the eleven others.
    expect(organs.filter((name) => /^克拉玛依市.+局$/.test(name))).toHaveLength(12);
    const { manager } = desk.registry.app.get(DataSource);
    const records = await desk.registry.app.get(ListsService).records(manager, 'authority-item');
    expect(records).toHaveLength(2_036);
    for (const { entry, value } of records)
      expect(entry.key.startsWith(`${AuthorityItemSchema.parse(value).organ}.`)).toBe(true);
    // All that the gate stops of them: one duty whose basis is an empty cell, and so it is told in its entry.
    expect(
      records.flatMap(({ entry: { overruled }, value }) =>
        overruled === undefined ? [] : [AuthorityItemSchema.parse(value).name, overruled],
      ),
    ).toEqual([
      '对未经定点从事畜禽屠宰活动的处罚',
      [{ rule: 'duty-without-basis', reason: '原清单如此，依据由制定机关补充' }],
    ]);
  });

  test('again, in another order, are nothing new, and no draft is made', async () => {
    const again = await desk.run(files().reverse());
    expect(again.lists.flatMap(({ draft }) => draft ?? [])).toEqual([]);
    expect(again).toMatchObject({
      entriesAppended: 0,
      unchanged: 2_036,
      missing: [],
    });
  });

  test('are the same again when each list is exported into the template and imported', async () => {
    const before = await desk.count('SELECT count(*) FROM entry');
    const templates = desk.registry.app.get(TemplatesService);
    for (const format of ['xlsx', 'csv'] as const) {
      const organs = await desk.registry.app
        .get(OrgansService)
        .list(desk.registry.app.get(DataSource).manager);
      const paths: string[] = [];
      // Those with sub-items, with levels, with neither; all twelve take a minute.
      for (const { key, name } of organs.filter(({ name: organ }) =>
        /人力资源|应急|科学技术|医疗保障|商务/.test(organ),
      )) {
        const { bytes } = await templates.get(key, format);
        paths.push(await desk.saveBytes(`${name}权责清单.${format}`, bytes));
      }
      const report = await desk.run(paths);
      expect(report.files.flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(report).toMatchObject({ items: 278, unchanged: 278, changes: 0, missing: [] });
    }
    expect(await desk.count('SELECT count(*) FROM entry')).toBe(before);
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
