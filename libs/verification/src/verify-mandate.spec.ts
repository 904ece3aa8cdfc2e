import { canonicalBytes, fromUtf8, parseJson, utf8, type Json } from '@mandate/encoding';
import { encodeTlogProof } from '@mandate/transparency-log';
import { describe, expect, test } from '@jest/globals';
import {
  ITEM,
  makeItem,
  MemoryRegistry,
  ORGAN,
  OTHER_ORGAN,
  OTHER_ORGAN_NAME,
  TYPE,
  type IssueOptions,
  type MemorySource,
} from '../../../test/support/memory-registry.ts';
import { verifyDocument } from './index.ts';

const NOW = new Date('2026-06-20T02:00:00Z');
const ITEMS = `data/items/${ORGAN}.json`;
const TYPES = 'data/types.json';

/** Verdict and what the mandate came to, with everything else in order. */
async function mandateOf(
  registry: MemoryRegistry,
  options: IssueOptions = {},
  publish: (source: MemorySource) => MemorySource = (source) => source,
): Promise<string> {
  const { pdf } = await registry.issue(options);
  const source = publish(await registry.publish());
  const verdict = await verifyDocument(pdf, { source, rootFingerprint: registry.rootFingerprint, now: NOW });
  const { state, code, evidence } = verdict.facts.find(({ name }) => name === 'mandate') ?? {};
  expect(verdict.mandate === undefined).toBe(state !== 'holds');
  if (state === 'holds') expect(evidence).toMatchObject({ key: ITEM });
  return `${verdict.verdict}: ${state} ${code ?? ''}`.trim();
}

const list = (
  registry: MemoryRegistry,
  changes: Parameters<typeof makeItem>[0],
  time: string,
  effectiveDate = time.slice(0, 10),
) => registry.list('authority-item', ITEM, makeItem(changes), { time, effectiveDate });

describe('no certificate without a listed power', () => {
  test.each([
    ['suspended', 'item-suspended'],
    ['cancelled', 'item-cancelled'],
  ] as const)('an item %s before the issue gives no power', async (state, code) => {
    const registry = await MemoryRegistry.open();
    await list(registry, { state }, '2026-06-10T00:00:00Z');
    expect(await mandateOf(registry, { entry: 0 })).toBe(`no-mandate: fails ${code}`);
    // Neither by the entry that says so itself.
    expect(await mandateOf(registry, { entry: 2 })).toBe(`no-mandate: fails ${code}`);
  });

  test('an item suspended and taken up again carries', async () => {
    const registry = await MemoryRegistry.open();
    await list(registry, { state: 'suspended' }, '2026-03-01T00:00:00Z');
    await list(registry, { remarks: '恢复' }, '2026-05-01T00:00:00Z');
    expect(await mandateOf(registry, { entry: 3 })).toBe('valid: holds');
    expect(await mandateOf(registry, { entry: 0 })).toBe('valid: holds');
  });

  test('what is cancelled after the issue does not make it wrong, also not with an earlier date', async () => {
    const registry = await MemoryRegistry.open();
    const { pdf } = await registry.issue();
    await list(registry, { state: 'cancelled' }, '2026-06-15T03:00:00Z');
    await list(registry, { state: 'cancelled' }, '2026-06-18T00:00:00Z', '2026-02-01');
    const verdict = await verifyDocument(pdf, {
      source: await registry.publish(),
      rootFingerprint: registry.rootFingerprint,
      now: NOW,
    });
    expect(verdict.verdict).toBe('valid');
    // But nothing more can be issued under it.
    expect(await mandateOf(registry, { at: '2026-06-19T00:00:00Z' })).toBe(
      'no-mandate: fails item-cancelled',
    );
  });

  test('a cancellation known at the issue but effective later leaves the power until then', async () => {
    const registry = await MemoryRegistry.open();
    await list(registry, { state: 'cancelled' }, '2026-06-01T00:00:00Z', '2026-06-16');
    expect(await mandateOf(registry)).toBe('valid: holds');
    expect(await mandateOf(registry, { at: '2026-06-16T00:00:00Z' })).toBe(
      'no-mandate: fails item-cancelled',
    );
  });

  test('an entry that takes effect after the issue gives no power yet', async () => {
    const registry = await MemoryRegistry.open();
    const entry = await list(registry, {}, '2026-06-01T00:00:00Z', '2026-06-16');
    const refused = 'no-mandate: fails entry-not-yet-effective';
    expect(await mandateOf(registry, { entry })).toBe(refused);
    // The certificate itself tells: a server that keeps the lists back cannot make it merely undecided.
    expect(await mandateOf(registry, { entry }, (source) => source.without('data/items/'))).toBe(refused);
  });

  test('an entry that was listed after the issue gives no power, from whatever earlier day it holds', async () => {
    const registry = await MemoryRegistry.open();
    const entry = await list(registry, {}, '2026-06-15T16:00:00Z', '2024-12-31');
    const refused = 'no-mandate: fails entry-not-yet-effective';
    expect(await mandateOf(registry, { entry })).toBe(refused);
    expect(await mandateOf(registry, { entry }, (source) => source.without('data/items/'))).toBe(refused);
  });

  test('a power of another organ is none of this one, whatever the blob says', async () => {
    const registry = await MemoryRegistry.open();
    const theirs = `${OTHER_ORGAN}.00001`;
    const when = { time: '2026-01-02T00:00:00Z' };
    const entry = await registry.list('authority-item', theirs, makeItem({ organ: OTHER_ORGAN }), when);
    expect(await mandateOf(registry, { entry })).toBe('no-mandate: fails entry-other-organ');
    const lying = await registry.list('authority-item', theirs, makeItem(), when);
    expect(await mandateOf(registry, { entry: lying })).toBe('no-mandate: fails entry-other-organ');
    const underOurKey = await list(registry, { organ: OTHER_ORGAN }, '2026-01-02T00:00:00Z');
    expect(await mandateOf(registry, { entry: underOurKey })).toBe('no-mandate: fails entry-other-organ');
    // Signed by the other organ's key in the name of ours.
    const { pdf } = await registry.issue({ signedBy: 'other-organ' });
    const verdict = await verifyDocument(pdf, {
      source: await registry.publish(),
      rootFingerprint: registry.rootFingerprint,
      now: NOW,
    });
    expect(verdict.verdict).toBe('untrusted-issuer');
    const issuer = { organ: OTHER_ORGAN, name: OTHER_ORGAN_NAME };
    expect(await mandateOf(registry, { signedBy: 'other-organ', certificate: { issuer } })).toBe(
      'no-mandate: fails entry-other-organ',
    );
  });

  test.each<[string, Parameters<typeof makeItem>[0]]>([
    ['name', { name: '食品生产许可' }],
    ['category', { category: '02' }],
  ])('an item of another %s than the certificate says is not its power', async (_, changes) => {
    const registry = await MemoryRegistry.open();
    const entry = await list(registry, changes, '2026-02-01T00:00:00Z');
    expect(await mandateOf(registry, { entry })).toBe('no-mandate: fails item-differs');
  });

  test('a type cannot be issued under a power it does not name', async () => {
    const registry = await MemoryRegistry.open();
    const entry = await list(registry, { name: '食品生产许可' }, '2026-02-01T00:00:00Z');
    const { certificate } = await registry.issue({ entry });
    const mandate = { ...certificate.mandate, name: '食品生产许可' };
    expect(await mandateOf(registry, { entry, certificate: { mandate } })).toBe(
      'no-mandate: fails type-does-not-permit',
    );
    // The day's entry was renamed beyond what the type permits: the earlier entry does not help.
    expect(await mandateOf(registry, { entry: 0 })).toBe('no-mandate: fails type-does-not-permit');
  });

  test('a type must be the version that was registered then', async () => {
    const registry = await MemoryRegistry.open();
    await registry.list(
      'certificate-type',
      TYPE.code,
      { ...TYPE, statement: '新' },
      { time: '2026-02-01T00:00:00Z' },
    );
    expect(await mandateOf(registry)).toBe('no-mandate: fails type-not-listed');
    const type = { code: TYPE.code, name: TYPE.name, blob: `sha256:${'0'.repeat(64)}` };
    expect(await mandateOf(registry, { certificate: { type } })).toBe('no-mandate: fails type-not-listed');
    const renamed = { ...(await registry.issue()).certificate.type, name: '采矿许可证' };
    expect(await mandateOf(await MemoryRegistry.open(), { certificate: { type: renamed } })).toBe(
      'no-mandate: fails type-differs',
    );
  });

  test('an entry that is not in the log gives no power', async () => {
    const registry = await MemoryRegistry.open();
    const { certificate } = await registry.issue();
    const { mandate } = certificate;
    const elsewhere = await MemoryRegistry.open('registry.example', 'two');
    const cases: [Partial<typeof mandate>, string][] = [
      [{ entry: mandate.entry.replace('2026-01-01T', '2026-01-03T') }, 'entry-not-in-log'],
      [{ proof: '' }, 'entry-not-in-log'],
      [{ proof: encodeTlogProof(await registry.lists.prove(1)) }, 'entry-not-in-log'],
      [{ proof: encodeTlogProof(await elsewhere.lists.prove(0)) }, 'entry-not-in-log'],
      [{ entry: `${mandate.entry} ` }, 'entry-invalid'],
      [{ entry: '{}' }, 'entry-invalid'],
      [{ entry: '{' }, 'entry-invalid'],
      [{ entry: mandate.entry.replace('authority-item', 'organ') }, 'entry-invalid'],
      [{ key: `${ORGAN}.00002` }, 'entry-other-item'],
    ];
    for (const [changes, code] of cases)
      expect(await mandateOf(registry, { certificate: { mandate: { ...mandate, ...changes } } })).toBe(
        `no-mandate: fails ${code}`,
      );
  });
});

describe('published data that is missing or false', () => {
  const edit = (path: string, change: (json: Json) => Json | Uint8Array) => (source: MemorySource) => {
    const changed = change(parseJson(source.files.get(path) ?? new Uint8Array()));
    return source.with({ [path]: changed instanceof Uint8Array ? changed : canonicalBytes(changed) });
  };
  const replace = (path: string, from: string, to: string) =>
    edit(path, (json) => utf8(fromUtf8(canonicalBytes(json)).replaceAll(from, to)));

  const addSchema = (schema: string) => (json: Json) => ({ ...(json as Record<string, Json>), schema });

  test.each<[string, (source: MemorySource) => MemorySource, string]>([
    ['no items file', (source) => source.without('data/items/'), 'history-unreachable'],
    ['no types file', (source) => source.without(TYPES), 'history-unreachable'],
    ['no blobs', (source) => source.without('data/blobs/'), 'blob-unreachable'],
    ['an items file that is a page', edit(ITEMS, () => utf8('<html>')), 'history-invalid'],
    ['an items file without the item', edit(ITEMS, () => ({ items: [] })), 'history-invalid'],
    ['a history without entries', replace(ITEMS, '"index"', '"place"'), 'history-invalid'],
    [
      'a history without any entry',
      edit(ITEMS, () => ({ items: [{ key: ITEM, entries: [] }] })),
      'history-invalid',
    ],
    ['an items file of a later version', edit(ITEMS, addSchema('items/2')), 'newer-format'],
    ['a types file of a later version', edit(TYPES, addSchema('types/2')), 'newer-format'],
    ['an entry of a later version', replace(ITEMS, '"v":1', '"v":2'), 'newer-format'],
    [
      'half of a surrogate pair in an entry',
      edit(ITEMS, (json) => utf8(JSON.stringify(json).replace('测试', '\\ud800'))),
      'history-invalid',
    ],
    ['an entry at another place', replace(ITEMS, '"index":0', '"index":1'), 'history-incomplete'],
    [
      'an entry with a later date',
      replace(ITEMS, '"time":"2026-01-01', '"time":"2026-01-02'),
      'history-not-in-log',
    ],
    [
      'an entry of another item',
      replace(ITEMS, `"key":"${ITEM}","reason"`, `"key":"${ORGAN}.00002","reason"`),
      'history-invalid',
    ],
    ['a type entry that was never logged', replace(TYPES, '测试', '伪造'), 'history-not-in-log'],
    ['no tiles of the lists log', (source) => source.without('log/lists/tile'), 'log-first'],
    ['no lists log', (source) => source.without('log/lists/'), 'log-first'],
  ])('is indeterminate with %s', async (_, publish, code) => {
    expect(await mandateOf(await MemoryRegistry.open(), {}, publish)).toBe(`indeterminate: unknown ${code}`);
  });

  test('a blob that is not the one that was listed does not count', async () => {
    const registry = await MemoryRegistry.open();
    const publish = (source: MemorySource) => {
      const blobs = [...source.files.keys()].filter((path) => path.startsWith('data/blobs/'));
      return source.with(Object.fromEntries(blobs.map((path) => [path, utf8('{}')])));
    };
    expect(await mandateOf(registry, {}, publish)).toBe('indeterminate: unknown blob-invalid');
  });

  test('what a later version of the format adds to files, entries and contents changes nothing', async () => {
    const registry = await MemoryRegistry.open();
    const later = { later: { nested: [1] }, kind: 'split' };
    const index = await registry.list(
      'authority-item',
      ITEM,
      { ...makeItem(), later: 1 } as ReturnType<typeof makeItem>,
      {
        time: '2026-05-01T00:00:00Z',
        later,
      },
    );
    const publish = edit(ITEMS, (json) => ({
      ...(json as Record<string, Json>),
      later: 1,
      schema: 'items/1',
    }));
    expect(await mandateOf(registry, {}, publish)).toBe('valid: holds');
    expect(await mandateOf(registry, { entry: index }, publish)).toBe('valid: holds');
  });

  test('what is issued under an entry of a later version cannot be judged', async () => {
    const registry = await MemoryRegistry.open();
    const index = await registry.list('authority-item', ITEM, makeItem(), {
      time: '2026-05-01T00:00:00Z',
      later: { v: 2 },
    });
    expect(await mandateOf(registry, { entry: index })).toBe('indeterminate: unknown newer-format');
  });

  test('a content of a later version cannot be judged', async () => {
    const registry = await MemoryRegistry.open();
    const item = { ...makeItem(), schema: 'authority-item/2' } as unknown as ReturnType<typeof makeItem>;
    const index = await registry.list('authority-item', ITEM, item, { time: '2026-05-01T00:00:00Z' });
    expect(await mandateOf(registry, { entry: index })).toBe('indeterminate: unknown newer-format');
  });

  test('a fact that fails is told before one that is unknown', async () => {
    const registry = await MemoryRegistry.open();
    await list(registry, { state: 'cancelled' }, '2026-06-10T00:00:00Z');
    const type = { code: TYPE.code, name: TYPE.name, blob: `sha256:${'0'.repeat(64)}` };
    expect(await mandateOf(registry, { certificate: { type } }, (source) => source.without(ITEMS))).toBe(
      'no-mandate: fails type-not-listed',
    );
  });
});
