import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chinaDay } from '@mandate/certificate';
import { DataSource } from 'typeorm';
import { utf8 } from '@mandate/encoding';
import { encodeCsv } from '@mandate/workbook';
import { formatReport } from '../../apps/registry/src/commands/format-report.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { OrgansService } from '../../apps/registry/src/organs/organs.service.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { itemRow, listRows, type SheetRows } from '../support/workbook.ts';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.nextOrgan();
});

const entries = (): Promise<number> => desk.count('SELECT count(*) FROM entry');
const namesAndKeys = async () =>
  Object.fromEntries((await desk.listed()).map(({ key, name }) => [name, key]));

const asWords = (rows: SheetRows): string[][] => rows.map((row) => row.map((cell) => String(cell ?? '')));

const three = [itemRow(1, '甲许可'), itemRow(2, '乙许可'), itemRow(3, '丙检查', { 权力类型: '行政检查' })];

describe('an import', () => {
  test('enters the organ and its items, and their entries into the log', async () => {
    const report = await desk.run(await desk.list(three));
    expect(report).toMatchObject({
      items: 3,
      entriesAppended: 5,
      unchanged: 0,
      missing: [],
      files: [
        {
          file: 'list.xlsx',
          items: 3,
          organ: { key: desk.key, name: desk.organ, from: '标题' },
          changes: { new: 3, changed: 0, unchanged: 0 },
          sheets: [{ sheet: 'Sheet1', items: 3, subItems: 0, levels: 3 }],
        },
      ],
    });
    const heads = await desk.listed();
    expect(heads.map(({ key, name, category, state }) => [key.slice(-5), name, category, state])).toEqual([
      ['00001', '甲许可', '01', 'in-force'],
      ['00002', '乙许可', '01', 'in-force'],
      ['00003', '丙检查', '06', 'in-force'],
    ]);
    expect(heads.every(({ index }) => index !== undefined)).toBe(true);
    const { entry } = await desk.items.get(`${desk.key}.00001`);
    expect(entry).toMatchObject({
      organ: desk.key,
      effectiveDate: chinaDay(new Date(entry.time)),
      register: 'authority-item',
    });
  });

  test('of the same file again appends nothing, in any format and under another name', async () => {
    await desk.run(await desk.list(three));
    const before = await entries();
    const again = [
      await desk.list(three),
      await desk.save('另一个名字.xls', [{ rows: listRows(three, `${desk.organ}2026年权责清单`) }], 'biff8'),
      await desk.saveBytes(
        'list.csv',
        utf8(encodeCsv(asWords(listRows(three, `${desk.organ}2026年权责清单`)))),
      ),
    ];
    for (const path of again) {
      expect(await desk.run(path)).toMatchObject({ entriesAppended: 0, unchanged: 3, missing: [] });
    }
    expect(await entries()).toBe(before);
  });

  test('of one changed cell appends exactly one entry, for that item', async () => {
    await desk.run(await desk.list(three));
    const changed = three.with(1, itemRow(2, '乙许可', { 追责情形: '1.另一种情形。' }));
    expect(await desk.run(await desk.list(changed))).toMatchObject({
      entriesAppended: 2,
      unchanged: 2,
      files: [{ changes: { new: 0, changed: 1, unchanged: 2 } }],
    });
    const history = await desk.items.history(`${desk.key}.00002`);
    expect(history.map(({ item }) => item.accountabilityGrounds)).toEqual([
      '因不履行职责，有下列情形的：\n1.违法受理的。',
      '1.另一种情形。',
    ]);
  });

  test('keeps every key when a row is put in at the top and all serials move', async () => {
    await desk.run(await desk.list(three));
    const before = await namesAndKeys();
    const moved = [
      itemRow(1, '丁许可'),
      ...three.map(([serial, ...cells]) => [Number(serial) + 1, ...cells]),
    ];
    expect(await desk.run(await desk.list(moved))).toMatchObject({
      entriesAppended: 2,
      unchanged: 3,
      missing: [],
    });
    expect(await namesAndKeys()).toEqual({ ...before, 丁许可: `${desk.key}.00004` });
  });

  test('keeps the key of an item that is confirmed to be reworded, and of one that changes its category', async () => {
    await desk.run(await desk.list(three));
    const before = await namesAndKeys();
    const changed = [
      itemRow(1, '甲许可（含延续）'),
      itemRow(2, '乙许可', { 权力类型: '行政确认' }),
      itemRow(3, '丙检查', { 权力类型: '行政检查' }),
    ];
    expect(await desk.answered(await desk.list(changed), { same: true })).toMatchObject({
      entriesAppended: 3,
      unchanged: 1,
      missing: [],
    });
    expect(await namesAndKeys()).toEqual({
      '甲许可（含延续）': before['甲许可'],
      乙许可: before['乙许可'],
      丙检查: before['丙检查'],
    });
  });

  test('gives another power at the same place a key of its own', async () => {
    await desk.run(await desk.list(three));
    const stays = { is: 'stays' as const, reason: '另行清理' };
    const report = await desk.answered(await desk.list(three.with(0, itemRow(1, '戊己庚辛'))), {
      missing: stays,
    });
    expect(report).toMatchObject({
      entriesAppended: 2,
      missing: [{ key: `${desk.key}.00001`, name: '甲许可' }],
    });
    expect((await namesAndKeys())['戊己庚辛']).toBe(`${desk.key}.00004`);
  });

  test('tells two items of one name apart by where they stand', async () => {
    const twins = [itemRow(1, '甲许可', { 备注: '其一' }), itemRow(2, '甲许可', { 备注: '其二' })];
    await desk.run(await desk.list(twins));
    expect(await desk.run(await desk.list(twins))).toMatchObject({ entriesAppended: 0, unchanged: 2 });
    expect(
      await desk.run(await desk.list([twins[0] ?? [], itemRow(2, '甲许可', { 备注: '改' })])),
    ).toMatchObject({
      entriesAppended: 2,
    });
    const { item } = await desk.items.get(`${desk.key}.00001`);
    expect(item.remarks).toBe('其一');
  });

  test('takes the effective date and the reason it is given', async () => {
    await desk.run(await desk.list(three), { effectiveDate: '2027-01-01', reason: '示例市人民政府批准' });
    const items = desk.items;
    const { entry } = await items.get(`${desk.key}.00001`);
    expect(entry).toMatchObject({ effectiveDate: '2027-01-01', reason: '示例市人民政府批准' });
    expect(await items.findInForce(`${desk.key}.00001`, '2026-12-31')).toBeUndefined();
    expect(await items.findInForce(`${desk.key}.00001`, '2027-01-01')).toMatchObject({ entry });
  });

  test('publishes neither the name of the file nor that of a clerk', async () => {
    const path = await desk.list(three, '张示例改定稿.xlsx');
    await desk.run(path);
    const leaves = await desk.count(
      `SELECT count(*) FROM entry e JOIN blob b ON b.hash = e.blob_hash
       WHERE convert_from(e.leaf, 'UTF8') || convert_from(b.bytes, 'UTF8') LIKE '%张示例%'`,
    );
    expect(leaves).toBe(0);
  });
});

describe('an item that is gone from the list', () => {
  test('is reported, stays as it is, and waits in a draft for somebody to decide about it', async () => {
    await desk.run(await desk.list(three));
    expect(await desk.run(await desk.list(three.slice(0, 2)))).toMatchObject({
      entriesAppended: 0,
      cancelled: 0,
      missing: [{ key: `${desk.key}.00003`, organ: desk.key, name: '丙检查' }],
      lists: [{ draft: { state: 'draft', changes: 0, undecided: 1 } }],
    });
    expect((await desk.listed()).map(({ state }) => state)).toEqual(['in-force', 'in-force', 'in-force']);
  });

  test('is cancelled when asked for, once, and comes back under its key', async () => {
    await desk.run(await desk.list(three));
    const path = await desk.list(three.slice(0, 2));
    expect(await desk.run(path, { cancelMissing: true })).toMatchObject({ entriesAppended: 2, cancelled: 1 });
    expect((await desk.listed()).map(({ state }) => state)).toEqual(['in-force', 'in-force', 'cancelled']);
    expect(await desk.run(path, { cancelMissing: true })).toMatchObject({ entriesAppended: 0, missing: [] });
    expect(await desk.run(await desk.list(three))).toMatchObject({ entriesAppended: 2, missing: [] });
    expect((await desk.listed()).map(({ key, state }) => [key.slice(-5), state])[2]).toEqual([
      '00003',
      'in-force',
    ]);
  });

  test('is not cancelled while another file of the run could not be read, or holds it', async () => {
    await desk.run(await desk.list(three));
    const [part, rest, damaged] = [
      await desk.list(three.slice(0, 2), 'a.xlsx'),
      await desk.list(three.slice(2), 'b.xlsx'),
      join(desk.folder, 'damaged.xlsx'),
    ];
    await writeFile(damaged, 'PK\u0003\u0004');
    expect(await desk.run([part, damaged], { cancelMissing: true })).toMatchObject({
      cancelled: 0,
      entriesAppended: 0,
    });
    expect(await desk.run([part, rest], { cancelMissing: true })).toMatchObject({
      missing: [],
      entriesAppended: 0,
    });
  });

  test('is not cancelled for having lost its serial number or its category', async () => {
    await desk.run(await desk.list(three));
    const broken = [itemRow(1, '甲许可'), itemRow('', '乙许可'), itemRow(2, '丙检查', { 权力类型: '不详' })];
    expect(await desk.run(await desk.list(broken), { cancelMissing: true })).toMatchObject({
      missing: [],
      entriesAppended: 0,
    });
  });
});

describe('a file of many organs', () => {
  test('is a list and a draft for each, and again nothing new; its items are those of the lists and those told', async () => {
    const names = Array.from({ length: 34 }, (_, n) => `${desk.organ}第${(n + 1).toString()}处`);
    const rows = names.flatMap((organ, n) =>
      [1, 2].map((m) => itemRow(n * 2 + m, `第${(n * 2 + m).toString()}号许可`, { 行使主体: organ })),
    );
    const joint = itemRow(69, '合办许可', { 行使主体: `${names[0] ?? ''}；${names[1] ?? ''}` });
    const path = await desk.save('汇总.xlsx', [{ rows: listRows([...rows, joint], '权力事项汇总表') }]);
    const report = await desk.run(path);
    expect(report).toMatchObject({ items: 68, entriesAppended: 34 * 4, files: [{ items: 68 }] });
    expect(report.files[0]?.organs).toEqual(
      names.map((name) => expect.objectContaining({ name, items: 2, founded: true }) as unknown),
    );
    expect(report.files[0]?.unowned?.map(({ row, name }) => [row, name])).toEqual([[71, '合办许可']]);
    for (const name of ['看不出属于哪个机关', ...names]) expect(formatReport(report)).toContain(name);
    expect(await desk.run(path)).toMatchObject({ entriesAppended: 0, unchanged: 68, changes: 0 });
  });

  test('takes nothing away while an item of it is nobody’s', async () => {
    const [first, second] = [`${desk.organ}第一处`, `${desk.organ}第二处`];
    const row = (serial: number, name: string, organ: string) => itemRow(serial, name, { 行使主体: organ });
    const save = (...rows: SheetRows): Promise<string> =>
      desk.save('汇总.xlsx', [{ rows: listRows(rows, '权力事项汇总表') }]);
    const both = [row(1, '甲', first), row(2, '乙', first), row(3, '丙', second), row(4, '丁', second)];
    await desk.run(await save(...both));
    const joint = both.with(1, row(2, '乙（含延续）', `${first}；${second}`));
    const cut = { cancelMissing: true };
    // A draft of it would wait for somebody to decide what becomes of the one that is missing.
    expect(await desk.draft(await save(...joint), { ...cut, dryRun: true })).toMatchObject({
      cancelled: 0,
      missing: [{ name: '乙' }],
    });
    expect(await desk.run(await save(...both.toSpliced(1, 1)), cut)).toMatchObject({ cancelled: 1 });
  });

  test('finds an organ under the name that it had', async () => {
    const [old, name, other] = [`${desk.organ}旧处`, `${desk.organ}新处`, `${desk.organ}另处`];
    const row = (serial: number, item: string, organ: string) => itemRow(serial, item, { 行使主体: organ });
    const path = await desk.save('汇总.xlsx', [
      { rows: listRows([row(1, '甲', old), row(2, '乙', other)], '权力事项汇总表') },
    ]);
    await desk.run(path);
    const source = desk.registry.app.get(DataSource);
    await source.transaction(async (tx) => {
      const organ = await desk.registry.app.get(OrgansService).get(tx, old);
      const effectiveDate = chinaDay(new Date());
      await desk.registry.app.get(ListsService).put(tx, [
        {
          register: 'organ',
          key: organ.key,
          kind: 'changed',
          value: { ...organ, name },
          effectiveDate,
          reason: '更名',
        },
      ]);
    });
    const report = await desk.run(path);
    expect(report).toMatchObject({ entriesAppended: 0, unchanged: 2 });
    expect(report.files[0]?.organs?.map((share) => share.name)).toEqual([name, other]);
  });
});

describe('a dry run', () => {
  test('reports what an import would do and writes nothing, not even a draft', async () => {
    const written = `SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM blob) + (SELECT count(*) FROM draft)
      + (SELECT count(*) FROM import_source) AS count`;
    const before = await desk.count(written);
    const report = await desk.run(await desk.list(three), { dryRun: true });
    expect(report).toMatchObject({ changes: 3, items: 3, dryRun: true, lists: [{ changes: { new: 3 } }] });
    expect(report.lists[0]).not.toHaveProperty('draft');
    expect(await desk.count(written)).toBe(before);
    expect(await desk.listed()).toEqual([]);
  });
});

describe('a file that fails', () => {
  test('is reported, and the others are imported', async () => {
    const report = await desk.run([join(desk.folder, 'none.xlsx'), await desk.list(three), desk.folder]);
    expect(report.files.map(({ error, items }) => [error?.code, items])).toEqual([
      ['unreadable-file', 0],
      [undefined, 3],
      ['unreadable-file', 0],
    ]);
    expect(await desk.listed()).toHaveLength(3);
  });

  test('half-way leaves nothing behind', async () => {
    // The database itself refuses a change in the middle of the file.
    const owner = new DataSource({ type: 'postgres', url: desk.registry.database.ownerUrl });
    await owner.initialize();
    await owner.query(`
      CREATE FUNCTION refuse_word() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF convert_from(NEW.content, 'UTF8') LIKE '%坏事项%' THEN RAISE EXCEPTION 'disk full'; END IF;
        RETURN NEW;
      END $$`);
    await owner.query(
      'CREATE TRIGGER refuse_word BEFORE INSERT ON draft_change FOR EACH ROW EXECUTE FUNCTION refuse_word()',
    );
    const written = `SELECT (SELECT count(*) FROM draft) + (SELECT count(*) FROM draft_change)
      + (SELECT count(*) FROM entry) + (SELECT count(*) FROM import_source) AS count`;
    try {
      const before = await desk.count(written);
      const rows = Array.from({ length: 600 }, (_, n) =>
        itemRow(n + 1, `${n === 500 ? '坏事项' : '事项'}第${n.toString()}号`),
      );
      const report = await desk.run(await desk.list(rows));
      expect(report).toMatchObject({
        entriesAppended: 0,
        items: 0,
        lists: [],
        files: [{ error: { code: 'import-failed' } }],
      });
      expect(report.files[0]?.error?.message).toContain('disk full');
      expect(await desk.count(written)).toBe(before);
      expect(await desk.listed()).toEqual([]);
    } finally {
      await owner.query('DROP TRIGGER refuse_word ON draft_change');
      await owner.destroy();
    }
  });

  test('for want of an organ says how to give it; given, it is imported', async () => {
    const path = await desk.save('名单.xlsx', [{ rows: listRows(three, '事项汇总') }]);
    expect((await desk.run(path)).files[0]?.error).toMatchObject({ code: 'no-organ' });
    expect((await desk.run(path, { organ: desk.organ })).files[0]?.organ).toEqual({
      key: desk.key,
      name: desk.organ,
      from: '--organ',
    });
    expect((await desk.run(path, { organ: desk.key })).files[0]?.organ?.name).toBe(desk.organ);
    expect((await desk.run(path, { organ: 'o-aaaaaaaaaaaaaaaa' })).files[0]?.error).toMatchObject({
      code: 'unknown-organ',
    });
    expect((await desk.run(path, { organ: '11440300007542785T' })).files[0]?.error).toMatchObject({
      code: 'unknown-organ',
    });
  });

  test('for being no list says so', async () => {
    const path = await desk.save('通讯录.xlsx', [
      {
        rows: [
          ['姓名', '电话'],
          ['某人', '1'],
        ],
      },
    ]);
    expect((await desk.run(path)).files[0]?.error).toMatchObject({ code: 'no-list' });
  });
});
