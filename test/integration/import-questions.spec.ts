import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AuthorityItem } from '@mandate/lists';
import { DataSource, type EntityManager } from 'typeorm';
import { DraftEditingService } from '../../apps/registry/src/drafts/draft-editing.service.ts';
import { DraftMissingService } from '../../apps/registry/src/drafts/draft-missing.service.ts';
import { DraftPairsService } from '../../apps/registry/src/drafts/draft-pairs.service.ts';
import { DraftReadingService } from '../../apps/registry/src/drafts/draft-reading.service.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { AskedDraft } from '../support/asked-draft.ts';
import { ImportDesk } from '../support/import-desk.ts';
import { itemRow, type SheetRows } from '../support/workbook.ts';

let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.nextOrgan();
});

const LAW = { 实施依据: '【法律】《计量法》（2018年修正）\n第八条：企业可以建立计量标准器具。' };
const METROLOGY = itemRow(2, '计量标准器具核准', LAW);
const THREE = [itemRow(1, '甲经营许可'), METROLOGY, itemRow(3, '丙检查', { 权力类型: '行政检查' })];
/** A row more at the top, and one character written for another below it. */
const slipped = (basis: string) => [
  itemRow(1, '丁备案', { 权力类型: '其他行政权力' }),
  itemRow(2, '甲经营许可'),
  itemRow(3, '计量标准器具核淮', { 实施依据: basis, 备注: '改' }),
  itemRow(4, '丙检查', { 权力类型: '行政检查' }),
];
const SLIPPED = slipped(`${LAW.实施依据}具体办法另行规定。`);

const tx = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
  desk.registry.app.get(DataSource).transaction(work);
const key = (n: number): string => `${desk.key}.${n.toString().padStart(5, '0')}`;
const asked = (rows: SheetRows | string, options: { cancelMissing?: boolean } = {}): Promise<AskedDraft> =>
  AskedDraft.of(desk, rows, options);

/** Another draft changes an item, and is published. */
async function changeMeanwhile(item: string): Promise<void> {
  const { item: value, entry } = await desk.items.get(item);
  const other = await tx((em) =>
    desk.registry.app.get(DraftsService).create(em, desk.editor, {
      scope: 'change',
      list: desk.key,
      title: '单项修改',
      effectiveDate: entry.effectiveDate,
      reason: '单项修改',
      changes: [
        { register: 'authority-item', key: item, kind: 'changed', value: { ...value, remarks: '另行修改' } },
      ],
    }),
  );
  const steps = desk.registry.app.get(DraftStepsService);
  await tx((em) => steps.take(em, desk.editor, { step: 'submit', draft: other.id, version: 1 }));
  const draft = { list: desk.key, draft: { id: other.id, version: 2 } };
  // Of a report only its draft is looked at.
  await desk.publish([draft as never]);
}

/** What came into the list by another way than a draft that is looked at here. */
async function put(item: string, more: Partial<AuthorityItem>): Promise<void> {
  const { item: before, entry } = await desk.items.get(item);
  await tx((em) =>
    desk.registry.app.get(ListsService).put(em, [
      {
        register: 'authority-item',
        key: item,
        value: { ...before, ...more },
        effectiveDate: entry.effectiveDate,
        reason: '另行办理',
        organ: desk.key,
      },
    ]),
  );
}

describe('a power that a file calls otherwise', () => {
  test('is found wherever it now stands, asked for with its redline, and keeps its key', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked(SLIPPED);
    const { pairs } = await draft.pairs();
    expect(pairs).toMatchObject([
      {
        name: '计量标准器具核淮',
        key: key(2),
        state: 'asked',
        candidates: [{ key: key(2), name: '计量标准器具核准' }],
      },
    ]);
    expect(pairs[0]?.candidates[0]?.fields.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['name', 'remarks']),
    );
    await expect(draft.take('submit')).rejects.toMatchObject({
      code: 'pairs-unanswered',
      message: expect.stringContaining('“计量标准器具核淮”') as unknown,
    });
    await draft.answer('计量标准器具核淮', true);
    expect(await draft.states()).toEqual({ 计量标准器具核准: 'renamed' });
    await draft.seeThrough();
    const named = Object.fromEntries((await desk.listed()).map(({ key: one, name }) => [name, one]));
    expect(named).toMatchObject({ 计量标准器具核淮: key(2), 丁备案: key(4) });
    expect((await desk.items.history(key(2))).map(({ entry: { kind } }) => kind)).toEqual([
      'recorded',
      'changed',
    ]);
    // Where it was found counts for nothing: the same file again is nothing new.
    expect(await desk.draft(await desk.list(SLIPPED))).toMatchObject({
      changes: 0,
      unchanged: 4,
      missing: [],
    });
  });

  test('by a slip of the pen alone is taken for it, told first, and can still be parted', async () => {
    await desk.run(await desk.list(THREE));
    const report = await desk.draft(await desk.list(slipped(LAW.实施依据)));
    expect(report.lists[0]).toMatchObject({ asked: 0, draft: { state: 'submitted', undecided: 0 } });
    const id = report.lists[0]?.draft?.id ?? '';
    const page = { id, after: 0, limit: 50 };
    const reading = desk.registry.app.get(DraftReadingService);
    expect(await tx((em) => reading.askedPairs(em, desk.reviewer, page))).toMatchObject({
      pairs: [{ name: '计量标准器具核淮', key: key(2), state: 'sure' }],
    });
    const changes = await tx((em) => desk.registry.app.get(DraftsService).changes(em, id));
    expect(changes.flatMap(({ doubts }) => doubts.map(({ code }) => code))).toEqual(['renamed']);
    const steps = desk.registry.app.get(DraftStepsService);
    await tx((em) => steps.take(em, desk.editor, { step: 'reopen', draft: id, version: 2 }));
    const number = changes.find(({ pair }) => pair !== undefined)?.number ?? 0;
    const answer = { draft: id, number, version: 1, same: false };
    await tx((em) => desk.registry.app.get(DraftPairsService).answer(em, desk.editor, answer));
    await expect(
      tx((em) => steps.take(em, desk.editor, { step: 'submit', draft: id, version: 4 })),
    ).rejects.toMatchObject({ code: 'missing-undecided' });
  });

  test('that is said to be another is new, as the file has it, and the listed one has to be decided about', async () => {
    await desk.run(await desk.list(THREE));
    await put(key(2), { codes: { base: '000131001000' } });
    const draft = await asked(SLIPPED);
    const number = await draft.numberOf('计量标准器具核淮');
    // What a workbook cannot say is completed by what is listed, as long as they are one.
    expect((await draft.changes()).find((one) => one.number === number)?.value).toHaveProperty('codes');
    await draft.answer('计量标准器具核淮', false);
    const [parted] = (await draft.changes()).filter((one) => one.number === number);
    expect(parted).toMatchObject({ kind: 'added', key: undefined, doubts: [], pair: { state: 'apart' } });
    expect(parted?.value).not.toHaveProperty('codes');
    expect(parted?.reason).toBe('按公布的清单列入');
    await expect(draft.take('submit')).rejects.toMatchObject({
      code: 'missing-undecided',
      message: expect.stringContaining('“计量标准器具核准”') as unknown,
      extension: { missing: 1, keys: [key(2)] },
    });
    await draft.decide({ is: 'cancelled' });
    expect((await draft.seeThrough()).keys).toContain(key(4));
    expect((await desk.listed()).map(({ name, state }) => [name, state])).toContainEqual([
      '计量标准器具核准',
      'cancelled',
    ]);
  });

  test('beyond recognition is paired by hand, and no listed item with two', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked([
      itemRow(1, '戊己庚辛', { 实施依据: '《另一法》第九条：负责。' }),
      itemRow(2, '壬癸子丑', { 实施依据: '《又一法》第十条：负责。' }),
      itemRow(3, '丙检查', { 权力类型: '行政检查', 备注: '改' }),
    ]);
    expect(await draft.pairs()).toEqual({ pairs: [] });
    await expect(draft.answer('戊己庚辛', true)).rejects.toMatchObject({ code: 'invalid-change' });
    await expect(draft.answer('戊己庚辛', true, key(3))).rejects.toMatchObject({ code: 'change-not-found' });
    // What has its key is nothing new, and what is no more goes on under no name.
    await expect(draft.answer('丙检查', true, key(1))).rejects.toMatchObject({ code: 'invalid-change' });
    await put(key(2), { state: 'cancelled' });
    await expect(draft.answer('戊己庚辛', true, key(2))).rejects.toMatchObject({
      code: 'invalid-change',
      message: expect.stringContaining('已不在用') as unknown,
    });
    await draft.answer('戊己庚辛', true, key(1));
    await expect(draft.answer('壬癸子丑', true, key(1))).rejects.toMatchObject({ code: 'key-taken' });
    await expect(draft.decide({ is: 'cancelled' }, [key(1)])).rejects.toMatchObject({ code: 'key-taken' });
    await draft.seeThrough();
    expect((await desk.items.get(key(1))).item.name).toBe('戊己庚辛');
  });

  test("of which two new ones have as much is nobody's until a person says whose, and is not cancelled on the way", async () => {
    const ground = { 实施依据: '《渔业法》第十一条：核发养殖证。' };
    await desk.run(await desk.list([...THREE, itemRow(4, '水域养殖证、捕捞证核发', ground)]));
    const parts = [itemRow(4, '水域养殖证核发', ground), itemRow(5, '水域捕捞证核发', ground)];
    const draft = await asked([...THREE, ...parts], { cancelMissing: true });
    const { pairs } = await draft.pairs();
    expect(pairs.map(({ key: taken, rivals }) => [taken, rivals])).toEqual([
      [undefined, ['水域捕捞证核发']],
      [undefined, ['水域养殖证核发']],
    ]);
    expect(await draft.states()).toEqual({ '水域养殖证、捕捞证核发': 'undecided' });
    await draft.answer('水域养殖证核发', true);
    await expect(draft.answer('水域捕捞证核发', true)).rejects.toMatchObject({ code: 'key-taken' });
    await draft.answer('水域捕捞证核发', false);
    await draft.seeThrough();
    expect((await desk.listed()).map(({ key: one, name }) => [one, name]).slice(3)).toEqual([
      [key(4), '水域养殖证核发'],
      [key(5), '水域捕捞证核发'],
    ]);
  });

  test('that was two is whichever of them a person names, and neither unnamed', async () => {
    const ground = { 实施依据: '《渔业法》第十一条：核发养殖证。' };
    const parts = [itemRow(4, '水域养殖证核发', ground), itemRow(5, '水域捕捞证核发', ground)];
    await desk.run(await desk.list([...THREE, ...parts]));
    const draft = await asked([...THREE, itemRow(4, '水域养殖证、捕捞证核发', ground)]);
    const { pairs } = await draft.pairs();
    expect(pairs[0]?.candidates.map((one) => one.key).sort()).toEqual([key(4), key(5)]);
    await expect(draft.answer('水域养殖证、捕捞证核发', true)).rejects.toMatchObject({
      code: 'invalid-change',
      message: expect.stringContaining(key(5)) as unknown,
    });
    await draft.answer('水域养殖证、捕捞证核发', true, key(5));
    expect(await draft.states()).toEqual({ 水域养殖证核发: 'undecided', 水域捕捞证核发: 'renamed' });
  });

  test('is asked about again when its change is taken out, and answered by whoever gives it another key', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked(SLIPPED);
    const number = await draft.numberOf('计量标准器具核淮');
    const editing = desk.registry.app.get(DraftEditingService);
    const [change] = (await draft.changes()).filter((one) => one.number === number);
    const version = change?.version ?? 0;
    await expect(
      tx((em) => editing.remove(em, desk.editor, { draft: draft.id, number, version: version + 9 })),
    ).rejects.toMatchObject({ code: 'change-changed' });
    const answer = (seen: number) =>
      tx((em) =>
        desk.registry.app
          .get(DraftPairsService)
          .answer(em, desk.editor, { draft: draft.id, number, version: seen, same: true }),
      );
    await expect(answer(version + 9)).rejects.toMatchObject({ code: 'change-changed' });
    const { item } = await desk.items.get(key(2));
    await tx((em) =>
      editing.edit(em, desk.editor, {
        draft: draft.id,
        number,
        version,
        change: {
          register: 'authority-item',
          key: key(2),
          kind: 'changed',
          value: { ...item, name: '计量核淮' },
        },
      }),
    );
    await expect(draft.take('submit')).rejects.toMatchObject({ code: 'pairs-unanswered' });
    const [edited] = (await draft.changes()).filter((one) => one.number === number);
    const removed = await tx((em) =>
      editing.remove(em, desk.editor, { draft: draft.id, number, version: edited?.version ?? 0 }),
    );
    await expect(answer(removed.version)).rejects.toMatchObject({ code: 'change-not-found' });
    await expect(draft.take('submit')).rejects.toMatchObject({ code: 'missing-undecided' });
  });
});

describe('an item that a new edition no longer has', () => {
  const two = THREE.slice(0, 2);

  test('stays if somebody says why; the edition binds it and says so', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked(two);
    await expect(draft.decide({ is: 'stays' })).rejects.toMatchObject({ code: 'reason-missing' });
    await draft.decide({ is: 'stays', reason: '上级文件未下发，暂予保留' });
    expect((await draft.missing()).missing).toMatchObject([
      { key: key(3), is: 'stays', reason: '上级文件未下发，暂予保留', by: 'editor' },
    ]);
    const { edition = '' } = await draft.seeThrough();
    const [record] = await tx((em) => desk.registry.app.get(ListsService).history(em, 'edition', edition));
    expect(record?.entry.reason).toContain('来源中没有而仍保留：丙检查（上级文件未下发，暂予保留）');
    expect(record?.value).toMatchObject({ items: 3 });
    // The same source does not ask again, until the item is another.
    expect((await desk.draft(await desk.list(two))).lists[0]?.draft).toBeUndefined();
    await changeMeanwhile(key(3));
    expect(await (await asked(two)).states()).toEqual({ 丙检查: 'undecided' });
  });

  test('and that another draft has changed since has to be decided anew, before submission, approval and publication', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked(two);
    const stays = { is: 'stays' as const, reason: '暂予保留' };
    await draft.decide(stays);
    await changeMeanwhile(key(3));
    await expect(draft.take('submit')).rejects.toMatchObject({ code: 'stale' });
    await draft.decide(stays);
    await draft.take('submit');
    await put(key(3), { remarks: '再改' });
    await expect(draft.take('approve')).rejects.toMatchObject({ code: 'stale' });
    await draft.take('reopen');
    await draft.decide(stays);
    await draft.take('submit');
    await draft.take('approve');
    await put(key(3), { remarks: '三' });
    await expect(draft.publish()).rejects.toMatchObject({ code: 'stale' });
  });

  test('is decided as often as its editors like, all at once or one by one, and the trail keeps who said what', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked([itemRow(1, '戊己庚辛', { 实施依据: '《另一法》第九条：负责。' })]);
    const all = (is: string) => ({ 甲经营许可: is, 计量标准器具核准: is, 丙检查: is });
    expect(await draft.states()).toEqual(all('undecided'));
    await draft.decide({ is: 'cancelled', reason: '机构改革' });
    expect(await draft.states()).toEqual(all('cancelled'));
    await draft.decide({ is: 'stays', reason: '暂予保留' }, [key(1), key(2)]);
    expect(await draft.states()).toEqual({ ...all('stays'), 丙检查: 'cancelled' });
    expect((await draft.changes()).map(({ kind }) => kind)).toEqual(['added', 'cancelled']);
    await draft.decide({ is: 'undecided' });
    expect(await draft.states()).toEqual(all('undecided'));
    await expect(draft.decide({ is: 'moved' }, [key(1)])).rejects.toMatchObject({
      code: 'related-not-found',
    });
    await expect(
      draft.decide({ is: 'moved', related: 'o-aaaaaaaaaaaaaaaa.00001' }, [key(1)]),
    ).rejects.toMatchObject({
      code: 'related-not-found',
    });
    await expect(draft.decide({ is: 'cancelled' }, [key(9)])).rejects.toMatchObject({
      code: 'change-not-found',
    });
    await expect(draft.take('submit')).rejects.toMatchObject({ code: 'missing-undecided' });
    const events = await tx((em) => desk.registry.app.get(DraftsService).events(em, draft.id));
    expect(events.map(({ action, detail }) => [action, (detail as { is?: string } | undefined)?.is])).toEqual(
      [
        ['created', undefined],
        ['missing-decided', 'cancelled'],
        ['missing-decided', 'stays'],
        ['missing-decided', 'undecided'],
      ],
    );
    await expect(
      tx((em) =>
        desk.registry.app
          .get(DraftMissingService)
          .decide(em, desk.editor, { draft: draft.id, version: 1, choice: { is: 'cancelled' } }),
      ),
    ).rejects.toMatchObject({ code: 'draft-changed' });
  });

  test('and goes to another organ names the item there', async () => {
    await desk.run(await desk.list(THREE));
    const [taken, other] = [key(1), desk.organ];
    desk.nextOrgan();
    await desk.run(await desk.list(THREE));
    const draft = await asked(two);
    // Its own item, one of nobody, and one that the other does not have any more are none that took it over.
    const gone = `${taken.slice(0, -1)}3`;
    await desk.registry.app.get(DataSource).transaction(async (em) => {
      const item = await desk.items.get(gone);
      const value = { ...item.item, state: 'cancelled' as const };
      const { effectiveDate } = item.entry;
      const change = { register: 'authority-item' as const, key: gone, value, effectiveDate };
      await desk.registry.app
        .get(ListsService)
        .put(em, [{ ...change, reason: '取消', organ: item.item.organ, kind: 'cancelled' }]);
    });
    for (const related of [key(1), `${taken.slice(0, -1)}9`, 'o-aaaaaaaaaaaaaaaa.00001', gone])
      await expect(draft.decide({ is: 'moved', related })).rejects.toMatchObject({
        code: 'related-not-found',
      });
    expect(await draft.states()).toEqual({ 丙检查: 'undecided' });
    await draft.decide({ is: 'moved', related: taken });
    expect(await draft.states()).toEqual({ 丙检查: 'moved' });
    await draft.seeThrough();
    expect((await desk.items.get(key(3))).entry).toMatchObject({
      kind: 'delegated',
      related: taken,
      reason: `划转由${other}行使`,
    });
  });

  test('of a draft of before that nobody asked is asked about before it is approved', async () => {
    await desk.run(await desk.list(THREE));
    const draft = await asked(two);
    await draft.decide({ is: 'stays', reason: '暂予保留' });
    await draft.take('submit');
    await tx((em) =>
      em.query(
        `UPDATE draft SET missing = jsonb_build_array(jsonb_build_object('key', $2::text, 'name', '丙检查')) WHERE id = $1`,
        [draft.id, key(3)],
      ),
    );
    await expect(draft.take('approve')).rejects.toMatchObject({ code: 'missing-undecided' });
  });
});
