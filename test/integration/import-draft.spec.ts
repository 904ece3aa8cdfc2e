import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chinaDay } from '@mandate/certificate';
import { DataSource } from 'typeorm';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { importPaths } from '../../apps/registry/src/commands/import-run.ts';
import { FileReaderService } from '../../apps/registry/src/imports/file-reader.service.ts';
import { ImportsService } from '../../apps/registry/src/imports/imports.service.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { itemRow } from '../support/workbook.ts';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.nextOrgan();
});

const three = [itemRow(1, '甲许可'), itemRow(2, '乙许可'), itemRow(3, '丙检查', { 权力类型: '行政检查' })];

describe('a draft of an edition', () => {
  const draftOf = async (report: { lists: readonly { draft?: { id: string } }[] }) => {
    const { manager } = desk.registry.app.get(DataSource);
    const drafts = desk.registry.app.get(DraftsService);
    const id = report.lists[0]?.draft?.id ?? '';
    return { draft: await drafts.get(manager, desk.editor, id), changes: await drafts.changes(manager, id) };
  };

  test('holds the organ, its items and where each was found, and lists nothing before it is published', async () => {
    const report = await desk.draft(await desk.list(three));
    const { draft, changes } = await draftOf(report);
    expect(draft).toMatchObject({
      scope: 'edition',
      state: 'submitted',
      list: desk.key,
      edition: { number: '2026', name: `${desk.organ}权责清单（2026年版）` },
      report: { changes: { new: 3 }, findings: { total: expect.any(Number) as unknown } },
    });
    expect(changes.map(({ register, kind, place }) => [register, kind, place?.row, place?.serial])).toEqual([
      ['organ', 'added', undefined, undefined],
      ['authority-item', 'added', 3, '1'],
      ['authority-item', 'added', 4, '2'],
      ['authority-item', 'added', 5, '3'],
    ]);
    expect(await desk.listed()).toEqual([]);
    await desk.publish(report.lists);
    const { entry } = await desk.items.get(`${desk.key}.00001`);
    expect(entry).toMatchObject({ kind: 'added', edition: `${desk.key}.2026` });
  });

  test('shows a reviewer what is new, changed, missing and doubtful', async () => {
    await desk.run(await desk.list(three));
    const next = [itemRow(1, '甲许可（含延续）'), itemRow(2, '乙许可', { 备注: '改' }), itemRow(4, '丁许可')];
    const report = await desk.draft(await desk.list(next));
    expect(report.lists[0]).toMatchObject({
      edition: { number: '2026-2' },
      changes: { new: 1, changed: 2, unchanged: 0 },
      missing: [{ key: `${desk.key}.00003`, name: '丙检查' }],
      doubtful: [{ row: 3, name: '甲许可（含延续）', doubts: [{ code: 'renamed' }] }],
    });
    const { draft, changes } = await draftOf(report);
    // What is taken for another under a new name is among those of which something has to be said.
    expect(draft.missing.map(({ name }) => name)).toEqual(['甲许可', '丙检查']);
    expect(changes.map(({ kind, key, doubts }) => [kind, key, doubts.length])).toEqual([
      ['changed', `${desk.key}.00001`, 1],
      ['changed', `${desk.key}.00002`, 0],
      ['added', undefined, 0],
    ]);
    expect(report.lists[0]?.draft).toMatchObject({ state: 'draft', undecided: 1 });
  });

  test('is refused while another one of the list is open', async () => {
    const path = await desk.list(three);
    const first = await desk.draft(path);
    const second = await desk.draft(path);
    expect(second.files[0]?.error).toMatchObject({ code: 'open-draft' });
    expect(second.files[0]?.error?.message).toContain(first.lists[0]?.draft?.id);
    expect(await desk.publish(first.lists)).toHaveLength(1);
    expect(await desk.draft(path)).toMatchObject({ changes: 0, unchanged: 3, files: [{ items: 3 }] });
  });

  test('cannot list a second time what another draft has listed in the meantime', async () => {
    await desk.run(await desk.list(three.slice(0, 1)));
    const report = await desk.draft(await desk.list(three));
    const source = desk.registry.app.get(DataSource);
    const { item } = await desk.items.get(`${desk.key}.00001`);
    const other = await source.transaction((tx) =>
      desk.registry.app.get(DraftsService).create(tx, desk.editor, {
        scope: 'change',
        list: desk.key,
        title: '单项列入',
        effectiveDate: chinaDay(new Date()),
        reason: '单项列入',
        changes: [{ register: 'authority-item', kind: 'added', value: { ...item, name: '乙 许可' } }],
      }),
    );
    const steps = desk.registry.app.get(DraftStepsService);
    const submitted = await source.transaction((tx) =>
      steps.take(tx, desk.editor, { step: 'submit', draft: other.id, version: other.version }),
    );
    const at = { list: desk.key, draft: { id: other.id, version: submitted.version } };
    // Of a report only its draft is looked at.
    await desk.publish([at as never]);
    await expect(desk.publish(report.lists)).rejects.toMatchObject({ code: 'already-listed' });
    expect((await desk.listed()).map(({ name }) => name)).toEqual(['甲许可', '乙 许可']);
  });

  test('is not for whoever may not edit, nor of another organ', async () => {
    const path = await desk.list(three);
    const imports = desk.registry.app.get(ImportsService);
    const reader = desk.registry.app.get(FileReaderService);
    const reviewer = await importPaths(imports, reader, desk.reviewer, [path], {});
    expect(reviewer.files[0]?.error).toMatchObject({ code: 'missing-role' });
    const stranger = { ...desk.editor, organ: 'o-aaaaaaaaaaaaaaaa' };
    const other = await importPaths(imports, reader, stranger, [path], {});
    expect(other.files[0]?.error).toMatchObject({ code: 'not-your-organ' });
    // Nor is it told that the file says what is listed, and makes no draft.
    await desk.run(path);
    const same = await importPaths(imports, reader, stranger, [path], {});
    expect(same.files[0]?.error).toMatchObject({ code: 'not-your-organ' });
  });
});
