import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TemplatesService } from '../../apps/registry/src/imports/templates.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { sampleChanges } from '../../apps/registry/sample/sample-entries.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { itemRow, listRows } from '../support/workbook.ts';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
  const { app } = desk.registry;
  await app.get(DataSource).transaction((tx) => app.get(ListsService).put(tx, sampleChanges()));
});
afterAll(() => desk.close());

/** Newest records of a register: key → content. */
async function newest(register: 'organ' | 'authority-item' | 'negative-list' | 'negative-list-item') {
  const { app } = desk.registry;
  const records = await app.get(ListsService).records(app.get(DataSource).manager, register);
  // Of these registers, so objects.
  return new Map(records.map(({ entry, value }) => [entry.key, value as Readonly<Record<string, unknown>>]));
}

const listOf = (key: string): string => key.slice(0, key.indexOf('.'));

describe('the sample lists, with everything an item can say', () => {
  test.each(['xlsx', 'csv'] as const)(
    'change nothing when they are exported and imported again (%s)',
    async (format) => {
      const templates = desk.registry.app.get(TemplatesService);
      const owners = new Map([...(await newest('organ')), ...(await newest('negative-list'))]);
      const items = new Map([...(await newest('authority-item')), ...(await newest('negative-list-item'))]);
      const listed = [...items].filter(([, item]) => item['state'] !== 'cancelled').map(([key]) => key);
      const lists = [...new Set(listed.map(listOf))];
      expect(lists.length).toBeGreaterThan(8);
      let unchanged = 0;
      for (const list of lists) {
        const { name, bytes } = await templates.get(list, format);
        const path = await desk.saveBytes(name, bytes);
        // A CSV names its list by its file alone.
        const options = { dryRun: true, ...(list.startsWith('n-') ? { list } : { organ: list }) };
        const report = await desk.draft(path, options);
        expect(report.files.flatMap(({ error }) => error ?? [])).toEqual([]);
        expect(report.lists).toMatchObject([
          { list, name: owners.get(list)?.['name'], changes: { new: 0, changed: 0 }, missing: [] },
        ]);
        unchanged += report.unchanged;
      }
      expect(unchanged).toBe(listed.length);
    },
  );

  test("keep materials, process and risks when a department's own workbook, which has none, changes a word", async () => {
    const items = [...(await newest('authority-item'))];
    const found = items.find(
      ([, item]) =>
        item['service'] !== undefined && item['risks'] !== undefined && item['state'] === 'in-force',
    );
    const [key = '', item = {}] = found ?? [];
    const organ = (await newest('organ')).get(listOf(key));
    const rows = listRows(
      [itemRow(1, String(item['name']), { 备注: '改了一个字' })],
      `${String(organ?.['name'])}2027年权责清单`,
    );
    const path = await desk.save('2027.xlsx', [{ rows }]);
    const report = await desk.answered(path, { missing: { is: 'stays', reason: '不在这份文件中' } });
    expect(report.lists[0]).toMatchObject({ list: listOf(key), changes: { new: 0, changed: 1 } });
    const after = (await newest('authority-item')).get(key);
    expect(after).toMatchObject({ remarks: '改了一个字', dutiesText: expect.any(String) as unknown });
    for (const kept of ['service', 'process', 'risks', 'discretion', 'codes', 'sample'])
      expect(after?.[kept]).toEqual(item[kept]);
  });

  test('are another list than a real one of the same name', async () => {
    const rows = [
      ['市场准入负面清单（2026年版）'],
      ['项目号', '禁止或许可事项', '事项编码', '禁止或许可准入措施描述', '主管部门', '地方性许可事项'],
      ['一、禁止准入类'],
      ['1', '示例禁止事项', '100001', '不得从事甲类示例活动', '示例一部'],
    ];
    const report = await desk.draft(await desk.save('市场准入负面清单.xlsx', [{ rows }]), { dryRun: true });
    expect(report.lists[0]).toMatchObject({ list: 'n-market-access', changes: { new: 1 }, missing: [] });
  });
});
