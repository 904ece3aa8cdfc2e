import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chinaDay } from '@mandate/certificate';
import { utf8 } from '@mandate/encoding';
import { keyFingerprint } from '@mandate/signature';
import { verifyDocument } from '@mandate/verification';
import { DataSource } from 'typeorm';
import { formatReport } from '../../apps/registry/src/commands/format-report.ts';
import { DraftStepsService } from '../../apps/registry/src/drafts/draft-steps.service.ts';
import { DraftsService } from '../../apps/registry/src/drafts/drafts.service.ts';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { TemplatesService } from '../../apps/registry/src/imports/templates.service.ts';
import { KeysService } from '../../apps/registry/src/keys/keys.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { EnrolmentService } from '../../apps/registry/src/trust/enrolment.service.ts';
import { FOOD_PERMIT, FOOD_PERMIT_DATA, issuerFor, putChanges } from '../support/food-permit.ts';
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

const three = [itemRow(1, '甲许可'), itemRow(2, '乙许可'), itemRow(3, '丙检查', { 权力类型: '行政检查' })];

describe('discretion standards', () => {
  const BASIS = '【法律】《示例法》（2020年）\n第七条：……';
  const penalty = (serial: number, name: string) =>
    itemRow(serial, name, { 权力类型: '行政处罚', 实施依据: BASIS });
  const powers = [penalty(1, '对无证经营的处罚'), penalty(2, '对假冒标识的处罚'), itemRow(3, '甲许可')];
  const table = (fine: string): SheetRows => [
    [`${desk.organ}2026年行政处罚裁量基准`],
    ['序号', '违法行为', '处罚依据', '裁量阶次', '适用情形', '裁量标准'],
    [1, '无证经营', '《示例法》第七条', '较轻', '不足一万元', fine],
    [undefined, undefined, undefined, '较重', '一万元以上', '罚三万元'],
    [2, '倒卖车票', '《别的法》第一条', '一般', '其他', '罚款'],
  ];

  test('change that member of the penalties they are of and nothing else, once', async () => {
    const list = await desk.list(powers);
    await desk.run(list);
    const [before, others] = [await desk.items.get(`${desk.key}.00001`), await desk.listed()];
    const file = await desk.save('裁量基准.xlsx', [{ rows: table('罚一万元') }]);
    const report = await desk.run(file);
    expect(report.lists[0]).toMatchObject({
      changes: { new: 0, changed: 1, unchanged: 0 },
      missing: [],
      standards: {
        joined: 1,
        penalties: 2,
        withStandards: 1,
        unclear: [],
        unmatched: [{ row: 5, conduct: '倒卖车票' }],
      },
    });
    // No edition of the list comes of it.
    expect([report.entriesAppended, report.lists[0]?.edition]).toEqual([1, undefined]);
    const { item, entry } = await desk.items.get(`${desk.key}.00001`);
    const { discretion, ...rest } = item;
    expect(rest).toEqual(before.item);
    expect(entry.kind).toBe('changed');
    expect(discretion).toEqual([
      {
        conduct: '无证经营',
        basis: '《示例法》第七条',
        tiers: [
          { tier: '较轻', circumstances: '不足一万元', standard: '罚一万元' },
          { tier: '较重', circumstances: '一万元以上', standard: '罚三万元' },
        ],
      },
    ]);
    expect((await desk.listed()).slice(1)).toEqual(others.slice(1));
    expect(await desk.run(file)).toMatchObject({
      entriesAppended: 0,
      lists: [{ changes: { unchanged: 1 } }],
    });
    // The list itself has no column for them and does not take them away, nor forgets where its items stood.
    const renamed = [penalty(1, '对无证从事经营的处罚'), ...powers.slice(1)];
    const named = await desk.answered(await desk.list(renamed), { same: true });
    expect(named).toMatchObject({ entriesAppended: 2 });
    expect((await desk.items.get(`${desk.key}.00001`)).item).toMatchObject({
      name: '对无证从事经营的处罚',
      discretion,
    });
  });

  test('of an organ that has no list yet are refused', async () => {
    const report = await desk.draft(await desk.save('裁量.xlsx', [{ rows: table('罚款') }]));
    expect(report.files[0]?.error).toMatchObject({ code: 'unknown-organ' });
    expect(report.files[0]?.error?.message).toContain('先导入它的权责清单');
  });
});

test('another rank of the same words is told and changes nothing, unless asked for', async () => {
  const rows = [
    itemRow(1, '甲许可', {
      实施依据: '【地方性法规】《人力资源市场暂行条例》（国务院令第700号）\n第五条：……',
    }),
  ];
  const path = await desk.list(rows);
  await desk.run(path);
  const key = `${desk.key}.00001`;
  const { item, blob } = await desk.items
    .get(key)
    .then(({ item: found, entry }) => ({ item: found, blob: entry.blob }));
  expect(item.bases[0]?.kind).toBe('administrative-regulation');
  // As the reader of before listed it.
  const old = { ...item, bases: item.bases.map((basis) => ({ ...basis, kind: 'local-regulation' })) };
  const source = desk.registry.app.get(DataSource);
  const draft = await source.transaction(async (tx) => {
    const made = await desk.registry.app.get(DraftsService).create(tx, desk.editor, {
      scope: 'change',
      list: desk.key,
      title: '旧版读取',
      effectiveDate: chinaDay(new Date()),
      reason: '旧版读取',
      changes: [{ register: 'authority-item', key, kind: 'changed', value: old, baseBlob: blob }],
    });
    const at = { step: 'submit', draft: made.id, version: made.version } as const;
    return desk.registry.app.get(DraftStepsService).take(tx, desk.editor, at);
  });
  // Of a report only its draft is looked at.
  await desk.publish([{ list: desk.key, draft: { id: draft.id, version: draft.version } } as never]);
  const again = await desk.run(path);
  expect(again).toMatchObject({ entriesAppended: 0, unchanged: 1 });
  expect(again.lists[0]?.reclassified).toEqual({ items: 1, bases: 1 });
  await desk.run(path, { reclassify: true });
  const now = await desk.items.get(key);
  expect([now.item.bases[0]?.kind, now.entry.kind, now.entry.reason]).toEqual([
    'administrative-regulation',
    'changed',
    '按公布的清单重新归类依据',
  ]);
});

test('a foreign-investment list keeps its measures when a new edition counts anew', async () => {
  const rows = (...measures: string[]): SheetRows => [
    ['外商投资准入特别管理措施（负面清单）（2026年版）'],
    ['序号', '特别管理措施'],
    ['一、农、林、牧、渔业'],
    ...measures.map((text, n) => [n + 1, text]),
  ];
  const [first, second, third] = ['禁止投资甲类示例。', '乙类示例须由中方控股。', '禁止投资丙类示例捕捞。'];
  const path = await desk.save('外资.xlsx', [{ rows: rows(first, second) }]);
  expect(await desk.run(path)).toMatchObject({
    lists: [{ list: 'n-foreign-investment', changes: { new: 2, changed: 0, unchanged: 0 } }],
    // The list, its measures and its edition.
    entriesAppended: 4,
  });
  expect(await desk.run(path)).toMatchObject({ entriesAppended: 0, unchanged: 2, missing: [] });
  const next = await desk.draft(await desk.save('外资2027.xlsx', [{ rows: rows(second, third) }]));
  expect(next.lists[0]).toMatchObject({
    changes: { new: 1, changed: 1, unchanged: 0 },
    missing: [{ key: 'n-foreign-investment.010001', name: first }],
  });
  await desk.publish(next.lists);
});

describe('an organ without its region', () => {
  test('is the same organ whether its list comes alone or with others', async () => {
    const region = desk.organ.replace('示例局', '');
    const bare = await desk.save(`2026年市${region.charAt(1)}业局权责清单.xlsx`, [
      { rows: listRows(three, '').slice(1) },
    ]);
    const full = `${region}${region.charAt(1)}业局`;
    const alone = await desk.run(bare, { dryRun: true });
    expect(alone.files[0]).toMatchObject({
      organ: { from: '文件名' },
      warnings: [{ code: expect.stringMatching(/^organ-/) as unknown }],
    });
    // Once the full name is known, the bare one means it.
    await desk.run(await desk.save('full.xlsx', [{ rows: listRows(three, `${full}权责清单`) }]));
    expect(await desk.run(bare)).toMatchObject({
      entriesAppended: 0,
      unchanged: 3,
      files: [{ organ: { name: full }, warnings: [{ code: 'organ-region-assumed' }] }],
    });
  });
});

test('a file that is refused for its cells is compared with nothing, and it is said where the marked one is', async () => {
  const { bytes } = await desk.registry.app.get(TemplatesService).get('authority', 'csv');
  const header = new TextDecoder().decode(bytes).split(/\r?\n/)[0] ?? '';
  const cells = header
    .split(',')
    .map((word) =>
      /权力类型/.test(word) ? '许可证' : /序号/.test(word) ? '1' : /事项名称/.test(word) ? '甲许可' : '',
    );
  const path = await desk.saveBytes(
    'filled.csv',
    new TextEncoder().encode(`${header}\n${cells.join(',')}\n`),
  );
  const marked = () => Promise.resolve('问题/filled-问题.xlsx');
  const text = formatReport(await desk.draft(path, { organ: desk.organ, onMarked: marked }));
  expect(text).toContain('权力类型：只能填');
  expect(text).toContain('标出错误的工作簿：问题/filled-问题.xlsx');
  expect(text).not.toContain('与清单现有内容相同');
  expect(text).not.toContain('必须填写');
});

test('a row that was left out of a template with its keys is an item less', async () => {
  await desk.run(await desk.list(three));
  const { bytes } = await desk.registry.app.get(TemplatesService).get(desk.key, 'csv');
  const rows = new TextDecoder().decode(bytes).split('\r\n');
  const path = await desk.saveBytes(
    `${desk.organ}权责清单.csv`,
    utf8(rows.filter((row) => !row.includes('丙检查')).join('\r\n')),
  );
  const report = await desk.draft(path);
  expect(report.lists[0]).toMatchObject({
    changes: { new: 0, changed: 0, unchanged: 2 },
    missing: [{ key: `${desk.key}.00003`, name: '丙检查' }],
  });
});

test('a list goes the whole way: CSV with look-alikes, gate, two people, publication, certificate, valid', async () => {
  const { app, dataDir } = desk.registry;
  const csv = (name: string): string =>
    [
      '序号,事项名称,权力类型,实施依据,行使主体,承办机构,责任事项内容,基本编码',
      `1,${name},行政许可,《中华人民共和国食品安全法》第三十五条,${desk.organ},许可科,1.受理责任：公示材料。,010117001000`,
      `2,特种设备检验核准,行政许可,,${desk.organ},特种科,1.受理责任：公示材料。,`,
    ].join('\r\n');
  const file = await desk.saveBytes(
    `${desk.organ}权责清单.csv`,
    utf8(`\ufeff${csv('⾷品⽣\u200b产许\u00ad可')}`),
  );
  const report = await desk.draft(file);
  // A power without a basis stops it until a reviewer says why it stands.
  await expect(desk.publish(report.lists)).rejects.toMatchObject({ code: 'open-findings' });
  desk.overrules = '依据正在修订，由制定机关补充';
  await desk.publish(report.lists);
  desk.overrules = undefined;
  const listed = await desk.items.get(`${desk.key}.00001`);
  expect(listed.item).toMatchObject({ name: '食品生产许可', codes: { base: '010117001000' } });
  expect((await desk.items.get(`${desk.key}.00002`)).entry.overruled).toContainEqual({
    rule: 'power-without-basis',
    reason: '依据正在修订，由制定机关补充',
  });

  // Our own CSV of it, after a spreadsheet has opened and saved it, says nothing new.
  const { bytes } = await app.get(TemplatesService).get(desk.key, 'csv');
  const saved = new TextDecoder().decode(bytes).replace('010117001000', '10117001000');
  expect(saved).toContain(',10117001000');
  const again = await desk.run(await desk.saveBytes(`${desk.organ}权责清单（另存）.csv`, utf8(saved)));
  expect(again).toMatchObject({ entriesAppended: 0, unchanged: 2, missing: [] });

  const type = { ...FOOD_PERMIT, mandate: { category: '01' as const, itemNames: ['食品生产许可'] } };
  await putChanges(app, [
    {
      register: 'certificate-type',
      key: type.code,
      value: type,
      effectiveDate: '2025-01-01',
      reason: '登记证照类型',
    },
  ]);
  await app.get(EnrolmentService).bootstrap(desk.key);
  const identifier = await app
    .get(IssueService)
    .issue({ ...FOOD_PERMIT_DATA, type: type.name, item: '⾷品⽣产许可' }, await issuerFor(app, desk.key));
  await app.get(PublicationService).publishData();
  const { publicKey } = await app.get(KeysService).registryKey('root');
  const { root } = publishedPaths(dataDir);
  const verdict = await verifyDocument(await app.get(CertificatesService).document(null, identifier), {
    source: { read: async (path) => new Uint8Array(await readFile(join(root, path))) },
    rootFingerprint: keyFingerprint(publicKey),
    now: new Date(),
  });
  expect(verdict.facts.filter(({ state }) => state !== 'holds')).toEqual([]);
  expect(verdict).toMatchObject({
    verdict: 'valid',
    certificate: {
      mandate: { key: `${desk.key}.00001`, name: '食品生产许可' },
      issuer: { name: desk.organ },
    },
  });
});
