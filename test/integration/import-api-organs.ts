import { describe, expect, test } from '@jest/globals';
import { organKey } from '@mandate/lists';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { itemRow, listRows, makeWorkbook, type SheetRows } from '../support/workbook.ts';
import type { UploadDesk } from '../support/upload-desk.ts';

interface Desk extends UploadDesk {
  /** that of the account `theirs`, with a list */
  readonly organ: string;
  readonly app: () => INestApplicationContext;
}

/** Claims about uploads, for the application of import-api.spec.ts: another one would take as long again to start. */
export function describeFilesOfSeveralOrgans({ organ, send, publishSubmitted, app }: Desk): void {
  const KEY = organKey({ name: organ });
  describe('a file of several organs', () => {
    const second = '示例市第二局';
    const rowOf = (serial: number, name: string, whose: string) => itemRow(serial, name, { 行使主体: whose });
    const several = (...rows: SheetRows): Uint8Array =>
      makeWorkbook([{ rows: listRows(rows, '示例市权力事项汇总表') }]);
    const file = several(
      rowOf(1, '甲许可', organ),
      rowOf(2, '乙许可', organ),
      rowOf(3, '子许可', second),
      rowOf(4, '丑许可', `${organ}；${second}`),
    );

    test('is for the editor of one organ his own list; of the others he is told that they are not his', async () => {
      const { status, body } = await send('theirs', '汇总表.xlsx', file, { dryRun: 'true' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        lists: [{ list: KEY, changes: { new: 0, changed: 2 } }],
        reports: [
          {
            items: 2,
            organs: [
              { key: KEY, items: 2 },
              { name: second, items: 1, founded: true, error: { code: 'not-your-organ' } },
            ],
            unowned: [{ row: 6, name: '丑许可' }],
          },
        ],
      });
      expect(body).not.toHaveProperty('regions');
    });

    test('cancels nothing that a row of nobody may be', async () => {
      const rows = [rowOf(1, '甲许可', organ), rowOf(2, '子许可', second), rowOf(3, '寅许可', second)];
      const joint = rowOf(4, '丑许可', `${organ}；${second}`);
      const cancelledOf = async (bytes: Uint8Array) => {
        const query = { dryRun: 'true', cancelMissing: 'true' };
        const { body } = await send('theirs', '汇总表.xlsx', bytes, query);
        return (body['lists'] as { cancelled: number }[]).map(({ cancelled }) => cancelled);
      };
      expect(await cancelledOf(several(...rows))).toEqual([1]);
      expect(await cancelledOf(several(...rows, joint))).toEqual([0]);
    });

    test('is refused for the editor of none of them, who is told nothing of what is listed', async () => {
      const { status, body } = await send('other', '汇总表.xlsx', file);
      expect([status, body['code']]).toEqual([403, 'not-your-organ']);
      expect(JSON.stringify(body)).not.toContain(KEY);
    });

    test('is a draft for each list of those that the registry may write, and founds the organs', async () => {
      const third = '示例市第三局';
      const bytes = several(rowOf(1, '子许可', second), rowOf(2, '寅许可', third), rowOf(3, '卯许可', third));
      const { status, body } = await send('editor', '汇总表.xlsx', bytes, { submit: 'true' });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        changes: { new: 3, changed: 0, unchanged: 0 },
        lists: [
          { name: second, draft: { state: 'submitted', changes: 2 } },
          { name: third, draft: { state: 'submitted', changes: 3 } },
        ],
      });
      expect((await publishSubmitted()).length + (await publishSubmitted()).length).toBe(5);
      for (const [name, items] of [
        [second, 1],
        [third, 2],
      ] as const)
        expect(
          await app()
            .get(ItemsService)
            .heads({ organ: organKey({ name }) }),
        ).toHaveLength(items);
    });

    test('is split by the column that the query names, and says so of one that is not there', async () => {
      const query = { splitBy: '行使主体', dryRun: 'true' };
      const { body } = await send('editor', '汇总表.xlsx', several(rowOf(1, '甲许可', organ)), query);
      expect(body).toMatchObject({ lists: [{ list: KEY }], reports: [{ unowned: [] }] });
      const wrong = await send('editor', '汇总表.xlsx', file, { splitBy: '归口单位' });
      expect([wrong.status, wrong.body['code']]).toEqual([422, 'no-column']);
    });

    test('brings the regions of the organs that it founds, once, for the registry to decide on', async () => {
      const rows = [
        rowOf(1, '甲许可', '独山子区教育局'),
        rowOf(2, '乙许可', '市气象局'),
        rowOf(3, '丙许可', '市档案局'),
      ];
      const bytes = makeWorkbook([{ rows: listRows(rows, '克拉玛依市权力事项汇总表') }]);
      const dry = await send('editor', '汇总表.xlsx', bytes, { dryRun: 'true' });
      const missing = [
        { code: '650000', name: '新疆维吾尔自治区' },
        { code: '650200', name: '克拉玛依市' },
        { code: '650202', name: '独山子区' },
      ];
      expect(dry.body['regions']).toEqual({ missing });
      const sent = await send('editor', '汇总表.xlsx', bytes);
      expect(sent.body['regions']).toMatchObject({ missing, draft: { state: 'draft' } });
      const { id } = (sent.body['regions'] as { draft: { id: string } }).draft;
      const { manager } = app().get(DataSource);
      const changes = await app().get(DraftsService).changes(manager, id);
      expect(changes.map(({ register, key, value }) => [register, key, value])).toEqual([
        ['region', '650000', { schema: 'region/1', code: '650000', name: '新疆维吾尔自治区', level: '2' }],
        [
          'region',
          '650200',
          { schema: 'region/1', code: '650200', name: '克拉玛依市', level: '3', parent: '650000' },
        ],
        [
          'region',
          '650202',
          { schema: 'region/1', code: '650202', name: '独山子区', level: '4', parent: '650200' },
        ],
      ]);
      const [list] = sent.body['lists'] as { draft: { id: string } }[];
      const [founded] = await app()
        .get(DraftsService)
        .changes(manager, list?.draft.id ?? '');
      expect(founded?.value).toMatchObject({
        name: '克拉玛依市独山子区教育局',
        region: '650202',
        regionName: '克拉玛依市独山子区',
        level: '4',
      });
      // While that draft is open nobody proposes the same regions again.
      const more = several(rowOf(1, '甲许可', '克拉玛依市体育局'), rowOf(2, '乙许可', '克拉玛依市信访局'));
      const again = await send('editor', '汇总表.xlsx', more);
      expect(again.status).toBe(201);
      expect(again.body['regions']).not.toHaveProperty('draft');
      // Nor anybody one that is listed.
      await inTransaction(app().get(DataSource), (tx) =>
        app()
          .get(ListsService)
          .put(
            tx,
            changes.slice(0, 2).map(({ key = '', value }) => ({
              register: 'region' as const,
              key,
              value,
              effectiveDate: '2026-01-01',
              reason: '登记区划',
            })),
          ),
      );
      const listed = several(rowOf(1, '甲许可', '克拉玛依市审计局'), rowOf(2, '乙许可', '克拉玛依市统计局'));
      expect((await send('editor', '汇总表.xlsx', listed, { dryRun: 'true' })).body).not.toHaveProperty(
        'regions',
      );
    });
  });
}
