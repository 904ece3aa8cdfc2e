import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chinaDay } from '@mandate/certificate';
import type { Register } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { DraftReplacementService } from '../../apps/registry/src/drafts/draft-replacement.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { importPaths } from '../../apps/registry/src/commands/import-run.ts';
import { FileReaderService } from '../../apps/registry/src/imports/file-reader.service.ts';
import { ImportsService } from '../../apps/registry/src/imports/imports.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { formatReport } from '../../apps/registry/src/commands/format-report.ts';
import { chinaToday } from '../support/china-today.ts';
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
      ['organ', 'recorded', undefined, undefined],
      ['authority-item', 'recorded', 3, '1'],
      ['authority-item', 'recorded', 4, '2'],
      ['authority-item', 'recorded', 5, '3'],
    ]);
    expect(await desk.listed()).toEqual([]);
    await desk.publish(report.lists);
    const { entry } = await desk.items.get(`${desk.key}.00001`);
    expect(entry).toMatchObject({ kind: 'recorded', edition: `${desk.key}.2026` });
  });

  const entriesOf = async (register: Register, key: string) => {
    const { manager } = desk.registry.app.get(DataSource);
    const history = await desk.registry.app.get(ListsService).history(manager, register, key);
    return history.map(({ entry, value }) => ({ ...entry, value: value as Record<string, unknown> }));
  };

  test('of a list that is first recorded takes its own day, and needs no reason for it', async () => {
    const options = { newItems: undefined, document: '测政办发〔2024〕12号 2024年12月31日' };
    const today = await chinaToday();
    const report = await desk.run(await desk.list(three), options);
    expect(report.lists[0]).toMatchObject({ newItems: 'recorded', effectiveDate: '2024-12-31' });
    expect(report.lists[0]?.edition).toMatchObject({ date: '2024-12-31' });
    const [organ] = await entriesOf('organ', desk.key);
    const [item] = await entriesOf('authority-item', `${desk.key}.00001`);
    const [edition] = await entriesOf('edition', `${desk.key}.2026`);
    for (const entry of [organ, item, edition])
      expect(entry).toMatchObject({ kind: 'recorded', effectiveDate: '2024-12-31' });
    expect(item?.reason).toBe('按公布的清单首次收录');
    expect(chinaDay(new Date(item?.time ?? 0))).toBe(today);
    expect(edition?.value).toMatchObject({ date: '2024-12-31' });
    // What a later file has more is new, from today, unless somebody knows better.
    const more = [...three, itemRow(4, '丁许可')];
    const next = await desk.run(await desk.list(more));
    expect(next.lists[0]).toMatchObject({ newItems: 'added', effectiveDate: today });
    // Nobody said when that edition was published: no day is invented, and whoever imports is told.
    expect(next.lists[0]?.edition).not.toHaveProperty('date');
    expect(formatReport(next)).toContain('没有写明清单的日期，草稿里没有发布日期');
    expect(await entriesOf('authority-item', `${desk.key}.00004`)).toMatchObject([
      { kind: 'added', effectiveDate: today },
    ]);
    const bulk = await desk.list([...more, itemRow(5, '戊许可')]);
    await desk.run(bulk, { newItems: 'recorded', listDate: '2025-06-30' });
    const dated = [...more, itemRow(5, '戊许可'), itemRow(6, '己许可')];
    const said = await desk.run(await desk.list(dated), { document: '测政办发〔2026〕2号 2026年3月1日' });
    expect(said.lists[0]).toMatchObject({ newItems: 'added', effectiveDate: today });
    expect(said.lists[0]?.edition).toMatchObject({ date: '2026-03-01' });
    expect(formatReport(said)).not.toContain('没有写明清单的日期');
    expect(await entriesOf('authority-item', `${desk.key}.00005`)).toMatchObject([
      { kind: 'recorded', effectiveDate: '2025-06-30' },
    ]);
  });

  test('of a list that says no whole day is recorded as of its publication, whenever it was begun', async () => {
    const report = await desk.draft(await desk.list(three));
    const id = report.lists[0]?.draft?.id;
    expect(report.lists[0]?.edition).not.toHaveProperty('date');
    // Begun some days ago; what is not recorded would now need a reason.
    await desk.registry.app
      .get(DataSource)
      .query(`UPDATE draft SET effective_date = effective_date - 9 WHERE id = $1`, [id]);
    const today = await chinaToday();
    await desk.publish(report.lists);
    const [edition] = await entriesOf('edition', `${desk.key}.2026`);
    expect(edition).toMatchObject({ kind: 'recorded', effectiveDate: today, value: { date: today } });
    expect(await entriesOf('authority-item', `${desk.key}.00001`)).toMatchObject([
      { kind: 'recorded', effectiveDate: today },
    ]);
  });

  test('of an empty list is of new powers where somebody says so, or names a day to come', async () => {
    const report = await desk.draft(await desk.list(three), { newItems: 'added' });
    const { changes } = await draftOf(report);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['added']));
    const past = { newItems: 'added', effectiveDate: '2024-12-31' } as const;
    desk.nextOrgan();
    const backdated = await desk.draft(await desk.list(three), past);
    expect(backdated.files[0]?.error).toMatchObject({ code: 'backdated' });
    const ahead = await desk.draft(await desk.list(three), { effectiveDate: '2099-01-01' });
    expect(ahead.lists[0]).toMatchObject({ newItems: 'added', effectiveDate: '2099-01-01' });
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
    const effectiveDate = await chinaToday();
    const other = await source.transaction((tx) =>
      desk.registry.app.get(DraftsService).create(tx, desk.editor, {
        scope: 'change',
        list: desk.key,
        title: '单项列入',
        effectiveDate,
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

describe('an edition that has little in common with its list', () => {
  const many = (count: number, name: string, cells = {}) =>
    Array.from({ length: count }, (_, n) =>
      itemRow(n + 1, `${name}第${String.fromCharCode(19968 + n)}项许可`, cells),
    );

  test('becomes no draft unless somebody says why, and the reviewer reads that', async () => {
    await desk.run(await desk.list(many(21, '甲')));
    const half = await desk.list(many(10, '甲'));
    const stopped = await desk.draft(half);
    expect(stopped).toMatchObject({
      lists: [],
      files: [{ error: { code: 'mostly-changed', message: expect.stringContaining('--mostly-changed') } }],
    });
    const tried = await desk.draft(half, { dryRun: true });
    expect(tried.lists[0]?.mostlyChanged).toMatchObject({
      listed: 21,
      missing: 11,
      cause: 'part-of-the-list',
    });
    expect(formatReport(tried)).toContain('导入时不会建立草稿');
    const meant = await desk.draft(half, { mostlyChanged: '机构改革，一半职权划出', cancelMissing: true });
    const id = meant.lists[0]?.draft?.id ?? '';
    const { manager } = desk.registry.app.get(DataSource);
    expect(await desk.registry.app.get(DraftsService).get(manager, desk.editor, id)).toMatchObject({
      report: { mostlyChanged: { reason: '机构改革，一半职权划出', missing: 11 } },
    });
  });

  test('is told to be another organ’s where that organ has what is new', async () => {
    await desk.run(await desk.list(many(12, '特种设备安装检验机构核准')));
    const theirs = desk.organ;
    desk.nextOrgan();
    await desk.run(await desk.list(many(12, '渔业船舶捕捞水域')));
    const path = await desk.list(many(12, '特种设备安装检验机构核准'));
    const { files } = await desk.draft(path);
    expect(files[0]?.error?.message).toContain(`“${theirs}”`);
  });

  test('of a header and nothing else says that the list is empty', async () => {
    await desk.run(await desk.list(three));
    const { files, lists } = await desk.draft(await desk.list([]));
    expect([files[0]?.error?.code, lists]).toEqual(['empty-list', []]);
    expect(files[0]?.error?.message).toContain('清单是空的');
  });
});

test('an import that is submitted is told what stops its approval, a line a rule', async () => {
  const report = await desk.draft(
    await desk.list([1, 2, 3].map((n) => itemRow(n, `第${n}种许可`, { 实施依据: '' }))),
  );
  expect(report.lists[0]?.draft?.openFindings).toMatchObject([{ rule: 'power-without-basis', count: 3 }]);
  expect(formatReport(report)).toContain('权力没有依据 [power-without-basis] 3 处');
});

test('a dry run is told while a draft is open, with which one that is', async () => {
  const first = await desk.draft(await desk.list(three));
  const tried = await desk.draft(await desk.list(three.slice(0, 2)), { dryRun: true });
  expect(tried.files[0]?.error).toBeUndefined();
  expect(tried.lists[0]).toMatchObject({ changes: { new: 2 }, openDraft: { id: first.lists[0]?.draft?.id } });
  expect(formatReport(tried)).toContain('用 --replace 替换它的内容');
});

describe('a corrected file', () => {
  const state = async (id: string) => {
    const { manager } = desk.registry.app.get(DataSource);
    const drafts = desk.registry.app.get(DraftsService);
    return {
      draft: await drafts.get(manager, desk.editor, id),
      changes: await drafts.changes(manager, id),
      events: await drafts.events(manager, id),
    };
  };
  const draftId = (report: { lists: readonly { draft?: { id: string } }[] }) =>
    report.lists[0]?.draft?.id ?? '';

  test('takes the place of what its draft held; what says the same stays as it was reviewed', async () => {
    const id = draftId(await desk.draft(await desk.list(three)));
    const corrected = [three[0] ?? [], itemRow(2, '乙许可', { 备注: '改正' }), itemRow(3, '丁许可')];
    const path = await desk.list(corrected);
    expect((await desk.draft(path)).files[0]?.error?.message).toContain(`--replace ${id}`);
    const report = await desk.draft(path, { replace: id });
    expect(report.lists[0]?.draft).toMatchObject({ id, state: 'submitted' });
    const { draft, changes, events } = await state(id);
    expect(draft.report).toMatchObject({ changes: { new: 3 } });
    expect(
      changes.map(({ number, version, value }) => [number, version > 2, (value as { name: string }).name]),
    ).toEqual([
      [1, false, desk.organ],
      [2, false, '甲许可'],
      [3, true, '乙许可'],
      [5, true, '丁许可'],
    ]);
    expect(events.map(({ action }) => action)).toEqual([
      'created',
      'submitted',
      'reopened',
      'replaced',
      'submitted',
    ]);
    expect(events[3]?.detail).toMatchObject({ same: 2, edited: 1, added: 1, removed: 1 });
    await desk.publish(report.lists);
    expect((await desk.listed()).map(({ name }) => name)).toEqual(['甲许可', '乙许可', '丁许可']);
  });

  test('takes no place of what was written after its editor saw the draft', async () => {
    const first = await desk.draft(await desk.list(three));
    const id = draftId(first);
    const { version } = (await state(id)).draft;
    const path = await desk.list(three.slice(0, 2));
    const stale = await desk.draft(path, { replace: id, revision: version - 1 });
    expect(stale.files[0]?.error).toMatchObject({
      code: 'draft-changed',
      message: expect.stringContaining(`现在是第 ${version.toString()} 版`) as unknown,
    });
    // Another one edits it: who says no version is told of him, and who says the one of before as well.
    const { manager } = desk.registry.app.get(DataSource);
    const other = await desk.registry.app.get(AuthService).createAccount({
      organ: null,
      password: 'long enough for us',
      demo: false,
      login: 'other-editor',
      displayName: '另一编辑',
      roles: ['editor'],
    });
    await manager.transaction(async (tx) => {
      const reopened = await desk.registry.app
        .get(DraftStepsService)
        .take(tx, other, { step: 'reopen', draft: id, version });
      const { title, effectiveDate, reason, edition } = (await state(id)).draft;
      await desk.registry.app.get(DraftEditingService).describe(tx, other, {
        draft: id,
        version: reopened.version,
        headings: { title: `${title}改`, effectiveDate, reason, edition },
      });
    });
    const after = (await state(id)).draft;
    for (const revision of [undefined, version]) {
      const refused = await desk.draft(path, { replace: id, revision });
      expect(refused.files[0]?.error?.code).toBe('draft-changed');
    }
    const silent = await desk.draft(path, { replace: id });
    expect(silent.files[0]?.error?.message).toContain('另一编辑');
    expect(silent.files[0]?.error?.message).toContain(`--revision ${after.version.toString()}`);
    expect((await state(id)).draft).toEqual(after);
    const report = await desk.draft(path, { replace: id, revision: after.version });
    expect(report.lists[0]?.draft).toMatchObject({ id });
  });

  test('that says one item twice is refused as a whole, and its draft stays as it was', async () => {
    await desk.run(await desk.list(three));
    const id = draftId(
      await desk.draft(await desk.list([itemRow(1, '甲许可', { 备注: '改' }), ...three.slice(1)])),
    );
    const before = await state(id);
    const [change] = before.changes.filter(({ key }) => key !== undefined);
    if (change === undefined) throw new Error('nothing was changed');
    const { manager } = desk.registry.app.get(DataSource);
    const { title, effectiveDate, reason, edition, scope, list, version } = before.draft;
    const changes = [change, { ...change, reason: '又一次' }];
    const next = { title, effectiveDate, reason, edition, scope, list, changes };
    await expect(
      manager.transaction((tx) =>
        desk.registry.app.get(DraftReplacementService).replace(tx, desk.editor, { draft: id, version, next }),
      ),
    ).rejects.toMatchObject({ code: 'key-taken' });
    expect(await state(id)).toEqual(before);
  });

  test('takes no place in a draft of another list, nor in one that is published', async () => {
    const first = await desk.draft(await desk.list(three));
    const id = draftId(first);
    const theirs = await desk.list(three);
    desk.nextOrgan();
    const other = await desk.draft(await desk.list(three), { replace: id });
    expect(other.files[0]?.error?.code).toBe('invalid-draft');
    expect((await state(id)).draft).toMatchObject({ state: 'submitted', version: 2 });
    await desk.publish(first.lists);
    const late = await desk.draft(theirs, { replace: id });
    expect(late.lists.flatMap(({ draft }) => draft ?? [])).toEqual([]);
    expect((await state(id)).draft.state).toBe('published');
  });
});
