import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Organ, organKey } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import type { Draft } from '@mandate/drafting';
import { OrganDraftsService } from '../../apps/registry/src/drafts/organ-drafts.service.ts';
import { ItemsService } from '../../apps/registry/src/lists/items.service.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { OrgansService } from '../../apps/registry/src/organs/organs.service.ts';
import { TrustListService } from '../../apps/registry/src/trust/trust-list.service.ts';
import { chinaToday } from '../support/china-today.ts';
import { added, DraftDesk, draftItem, LATER } from '../support/drafts.ts';
import { FARMING, FOOD_PERMIT_DATA, MARKET, prepareFoodPermit, issuerFor } from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let registry: TestRegistry;
let desk: DraftDesk;
const today = await chinaToday();
const headings = { effectiveDate: today, reason: '机构改革', document: '示编〔2026〕3号' };

beforeAll(async () => {
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
  desk = await DraftDesk.open(registry.app);
});
afterAll(() => registry.close());

const organs = () => registry.app.get(OrgansService);
const making = () => registry.app.get(OrganDraftsService);
/** Submitted by one keeper, approved and published by the other. */
async function publish({ id }: Draft) {
  return desk.tx(async (tx) => {
    await desk.steps.take(tx, desk.who('keeper'), { step: 'submit', draft: id, version: 1 });
    await desk.steps.take(tx, desk.who('second-keeper'), { step: 'approve', draft: id, version: 2 });
    return desk.publication.publish(tx, desk.who('second-keeper'), { draft: id, version: 3 });
  });
}
const make = (
  work: (service: OrganDraftsService, tx: Parameters<Parameters<DraftDesk['tx']>[0]>[0]) => Promise<Draft>,
) => desk.tx((tx) => work(making(), tx));
const issue = async (organ: string) =>
  registry.app
    .get(IssueService)
    .issue({ ...FOOD_PERMIT_DATA, type: '食品经营许可证' }, await issuerFor(registry.app, organ));

describe('an organ', () => {
  test('that is renamed keeps its key, its list and its certificates; history has the name of its time', async () => {
    const identifier = await issue(MARKET.key);
    const before = await organs().get(manager(), MARKET.key);
    const heads = await registry.app.get(ItemsService).heads({ organ: MARKET.key });
    const name = '示例市市场监管委员会';
    await publish(
      await make((service, tx) =>
        service.rename(tx, desk.who('keeper'), { organ: MARKET.name, names: { name }, headings }),
      ),
    );
    const tx = manager();
    expect((await organs().findInForce(tx, MARKET.key, today))?.name).toBe(name);
    expect((await organs().findInForce(tx, MARKET.key, '2026-01-02'))?.name).toBe(before.name);
    expect(await registry.app.get(ItemsService).heads({ organ: MARKET.key })).toEqual(heads);
    expect(await organs().otherNames(tx, MARKET.key)).toEqual([before.name]);
    // Whoever verifies an old certificate finds the old name in the trust list.
    const { bytes } = await registry.app.get(TrustListService).file(tx, new Date());
    const text = Buffer.from(bytes).toString();
    expect(text).toContain(name);
    expect(text).toContain(`"formerNames":["${before.name}"]`);
    const summary = await registry.app.get(CertificatesService).summary(null, identifier);
    expect(summary.identifier).toBe(identifier);
    // A new one bears the new name.
    const again = await registry.app.get(CertificatesService).summary(null, await issue(MARKET.key));
    expect(again.identifier).not.toBe(identifier);
  });

  test('that is to be renamed later issues under the name of today', async () => {
    await publish(
      await make((service, tx) =>
        service.rename(tx, desk.who('keeper'), {
          organ: MARKET.key,
          names: { name: '示例市远期局' },
          headings: { ...headings, effectiveDate: LATER },
        }),
      ),
    );
    const tx = manager();
    expect((await organs().findInForce(tx, MARKET.key, today))?.name).toBe('示例市市场监管委员会');
    expect((await organs().findInForce(tx, MARKET.key, LATER))?.name).toBe('示例市远期局');
    await expect(issue(MARKET.key)).resolves.toEqual(expect.any(String));
  });

  test('that is merged into a new one ends with its successor named, in one publication', async () => {
    const into = '示例市农业和粮食局';
    const { keys, entries } = await publish(
      await make((service, tx) =>
        service.merge(tx, desk.who('keeper'), { organs: [FARMING.key], into, headings }),
      ),
    );
    expect(entries).toHaveLength(2);
    const successor = organKey({ name: into });
    expect([...keys].sort()).toEqual([FARMING.key, successor].sort());
    const tx = manager();
    expect(await organs().findInForce(tx, FARMING.key, today)).toMatchObject({
      abolished: true,
      successors: [successor],
    });
    expect((await organs().findInForce(tx, FARMING.key, '2026-01-02'))?.abolished).toBeUndefined();
    await expect(issue(FARMING.key)).rejects.toMatchObject({ code: 'organ-abolished' });
    const grow = await keeperDraft([added(draftItem('撤销后新增', { organ: FARMING.key }))], FARMING.key);
    await expect(publish(grow)).rejects.toMatchObject({ code: 'invalid-change' });
    // Nor is what it had when it was there recorded as if it were there now.
    const old = { ...added(draftItem('撤销前就有', { organ: FARMING.key })), kind: 'recorded' as const };
    const at = { list: FARMING.key, effectiveDate: '2026-01-02' };
    const recorded = await desk.create([old], at, 'keeper');
    await expect(publish(recorded)).rejects.toMatchObject({ code: 'invalid-change' });
    // A day on which it was there is not the day of publication.
    const item = added(draftItem('追溯列入', { organ: FARMING.key }));
    const past = await desk.create([item], { ...at, backdatedReason: '补录' }, 'keeper');
    const refused = { code: 'invalid-change', message: expect.stringContaining(`到 ${today} 已撤销`) };
    await expect(publish(past)).rejects.toMatchObject(refused);
  });

  test('that was founded long ago is recorded without a reason for its day, and not as founded', async () => {
    const organ = { name: '示例市早已设立的局' };
    const early = { effectiveDate: '2020-01-01', reason: '补登机关' };
    const who = desk.who('keeper');
    const founded = await make((service, tx) => service.found(tx, who, { organ, headings: early }));
    await expect(publish(founded)).rejects.toMatchObject({ code: 'backdated' });
    const { title, id } = await make((service, tx) =>
      service.found(tx, who, { organ, recorded: true, headings: early }),
    );
    expect(title).toBe('首次收录示例市早已设立的局');
    await publish({ id } as Draft);
    const key = organKey(organ);
    const [entry] = await registry.app.get(ListsService).history(manager(), 'organ', key);
    expect(entry?.entry).toMatchObject({ kind: 'recorded', effectiveDate: '2020-01-01' });
  });

  test('whose power another takes over is handed over in one draft, each entry naming the other', async () => {
    const giver: Organ = {
      schema: 'organ/1',
      key: organKey({ name: '示例省局' }),
      name: '示例省局',
      level: '2',
    };
    const taker: Organ = {
      schema: 'organ/1',
      key: organKey({ name: '示例市局' }),
      name: '示例市局',
      level: '3',
    };
    for (const organ of [giver, taker])
      await publish(await make((service, tx) => service.found(tx, desk.who('keeper'), { organ, headings })));
    const power = draftItem('示例许可', { organ: giver.key, category: '01' });
    const [given = ''] = (await publish(await keeperDraft([added(power)], giver.key))).keys;
    const draft = await keeperDraft(
      [
        {
          register: 'authority-item',
          key: given,
          kind: 'delegated',
          value: { ...power, state: 'cancelled' },
          related: '#2',
        },
        added({ ...power, organ: taker.key, powerSource: '2' }, { kind: 'taken-over', related: given }),
      ],
      'registry',
    );
    const [, taken = ''] = (await publish(draft)).keys;
    const items = registry.app.get(ItemsService);
    expect((await items.get(given)).entry).toMatchObject({
      kind: 'delegated',
      related: taken,
      organ: giver.key,
    });
    expect((await items.get(taken)).entry).toMatchObject({
      kind: 'taken-over',
      related: given,
      organ: taker.key,
    });
    expect(await items.history(given)).toHaveLength(2);
  });

  test.each<[string, string, Partial<Organ>]>([
    ['under an organ that nobody knows', 'parent-not-found', { parent: 'o-bbbbbbbbbbbbbbbb' }],
    ['under itself', 'circle', { parent: organKey({ name: '示例自上局' }) }],
  ])('is not founded %s', async (_name, code, more) => {
    const value: Organ = {
      schema: 'organ/1',
      key: organKey({ name: '示例自上局' }),
      name: '示例自上局',
      ...more,
    };
    const { id } = await desk.create(
      [{ register: 'organ', kind: 'added', value }],
      { list: 'registry' },
      'keeper',
    );
    await expect(
      desk.tx((tx) => desk.steps.take(tx, desk.who('keeper'), { step: 'submit', draft: id, version: 1 })),
    ).rejects.toMatchObject({
      code,
    });
  });
});

test('a region enters under one above it, and is renamed under its code', async () => {
  const region = (code: string, name: string, level: '2' | '3', parent?: string) => ({
    register: 'region' as const,
    kind: 'added' as const,
    value: { schema: 'region/1', code, name, level, ...(parent === undefined ? {} : { parent }) },
  });
  await publish(
    await keeperDraft(
      [region('650000', '示例省', '2'), region('650100', '示例市', '3', '650000')],
      'registry',
    ),
  );
  const renamed = { ...region('650100', '示例新市', '3', '650000'), kind: 'changed' as const, key: '650100' };
  const { keys } = await publish(await keeperDraft([renamed], 'registry'));
  expect(keys).toEqual(['650100']);
});

function manager() {
  return registry.app.get(DataSource).manager;
}

async function keeperDraft(changes: Parameters<DraftDesk['create']>[0], list: string): Promise<Draft> {
  return desk.create(changes, { list, effectiveDate: today }, 'keeper');
}
