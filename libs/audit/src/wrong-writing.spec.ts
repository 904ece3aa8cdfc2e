import { beforeAll, describe, expect, test } from '@jest/globals';
import { sha256, utf8 } from '@mandate/encoding';
import { itemsPath, negativeItemsPath, summariesPath } from '@mandate/published';
import { encodeEntryBundle, entryBundlePath, hashLeaf, tilePath } from '@mandate/transparency-log';
import { AuditedRegistry, type Loose } from '../../../test/support/audited-registry.ts';
import { MemoryLog } from '../../../test/support/memory-log.ts';
import { CULTURE, MARKET } from '../../../test/support/sample-acts.ts';
import { NEGATIVE } from '../../../test/support/sample-lists.ts';

// Every file here is well-formed, canonical, and where it is signed, signed by the right key: it is only wrong.

let registry: AuditedRegistry;
beforeAll(async () => {
  registry = await AuditedRegistry.publish();
});

type Change = (file: Loose) => void;

const FOOD = `${MARKET.key}.00001`;
const written = (path: string, change: Change): Uint8Array => registry.rewritten(path, change);

async function expectNamed(path: string, bytes: Uint8Array, message: RegExp): Promise<void> {
  const { ok, problems } = await registry.audit({ [path]: bytes });
  expect(ok).toBe(false);
  expect([...new Set(problems.map(({ file }) => file))]).toEqual([path]);
  expect(problems[0]?.message).toMatch(message);
}

test('as it should be, everything agrees and nothing is left unjudged', async () => {
  const report = await registry.audit();
  expect(report.problems).toEqual([]);
  expect(report.unjudged).toEqual([]);
  // The one content that was taken down.
  expect(report.warnings).toEqual([expect.stringContaining('1 个条目所指的内容没有公布')]);
  expect(report.checked.entries).toBe(registry.logs.lists.leaves.length + 3);
});

const items = (file: Loose, key: string): Loose => file.items.find((one: Loose) => one.key === key);

const RECORDS: Record<string, [path: string, writings: [what: string, change: Change, message: RegExp][]]> = {
  organs: [
    'data/organs.json',
    [
      ['a count off by one', (f) => f.organs[0].items++, /items 写作 6，按日志应为 5/],
      [
        'counts with what was cancelled',
        (f) => {
          const culture = f.organs.find(({ key }: Loose) => key === CULTURE.key);
          culture.items++;
          culture.categories['01']++;
        },
        /items 写作 2，按日志应为 1/,
      ],
      [
        'the older of its names',
        (f) => (f.organs[0].organ = { ...f.organs[0].organ, name: '示例市工商行政管理局' }),
        /organ 写作/,
      ],
      ['without its newest entry', (f) => f.organs[0].entries.pop(), /entries 缺少 \d+/],
      ['the newest organ first', (f) => f.organs.reverse(), /次序不对/],
      ['without an abolished organ', (f) => f.organs.pop(), /缺少 o-/],
      ['a category that is not there', (f) => (f.organs[0].categories['10'] = 0), /categories 写作/],
    ],
  ],
  regions: [
    'data/regions.json',
    [
      ['without the province', (f) => f.regions.shift(), /缺少 990000/],
      ['under another parent', (f) => (f.regions[2].region.parent = '990000'), /990101 的 region 写作/],
      ['twice', (f) => f.regions.push(f.regions[2]), /有重复/],
    ],
  ],
  types: [
    'data/types.json',
    [
      ['valid for longer than it says', (f) => (f.types[0].type.validityYears = 50), /的 type 写作/],
      ['no type at all', (f) => (f.types = []), /缺少/],
      ['of another day', (f) => (f.types[0].entries[0].entry.effectiveDate = '2020-01-01'), /entry 写作/],
    ],
  ],
  editions: [
    'data/editions.json',
    [
      ['one item more', (f) => f.editions[0].edition.items++, /的 edition 写作/],
      [
        'an edition that was never published',
        (f) => f.editions.push({ ...f.editions[0], key: 'n-x.1' }),
        /多出 "n-x.1"/,
      ],
      ['at another place in the log', (f) => f.editions[1].entries[0].index++, /entries 缺少/],
    ],
  ],
  'negative lists': [
    'data/negative-lists.json',
    [
      ['counts with what was cancelled', (f) => (f.lists[0].items = 3), /items 写作 3，按日志应为 2/],
      ['by another issuer', (f) => (f.lists[0].list.issuer = '示例市人民政府'), /的 list 写作/],
    ],
  ],
  'negative items': [
    negativeItemsPath(NEGATIVE.key),
    [
      ['without the cancellation', (f) => f.items.at(-2).entries.pop(), /entries 缺少/],
      ['another list', (f) => (f.list = 'n-other'), /list 写作 "n-other"/],
      [
        'newest entry first',
        (f) => f.items.find((i: Loose) => i.entries.length > 1).entries.reverse(),
        /次序不对/,
      ],
    ],
  ],
  items: [
    itemsPath(MARKET.key),
    [
      ['without the second version', (f) => items(f, FOOD).entries.splice(1, 1), /entries 缺少/],
      ['an entry of another key', (f) => (items(f, FOOD).entries[0] = f.items[1].entries[0]), /entries 缺少/],
      ['another reason', (f) => (items(f, FOOD).entries[1].entry.reason = '更正'), /entry 写作/],
      ['without an item', (f) => f.items.splice(2, 1), /items 缺少/],
      ['in another order', (f) => f.items.reverse(), /次序不对/],
    ],
  ],
  summaries: [
    summariesPath(MARKET.key),
    [
      ['a state of its own', (f) => (items(f, FOOD).state = 'suspended'), /state 写作 "suspended"/],
      ['the levels of the first version', (f) => (items(f, FOOD).levels = ['3']), /levels 写作/],
      ['without its sub-items', (f) => (items(f, FOOD).subItems = []), /subItems 写作 \[\]/],
      ['decisions among the laws', (f) => items(f, FOOD).laws.push('某决定'), /laws 写作/],
      ['no laws', (f) => delete items(f, FOOD).laws, /缺少 .*laws/],
      [
        'days that no item counts',
        (f) => (items(f, FOOD).promisedDays = 10),
        /promisedDays 写作 10，按日志不应有/,
      ],
      ['without the version of a later day', (f) => items(f, FOOD).versions.pop(), /versions 缺少/],
      ['another kind of change', (f) => (items(f, FOOD).versions[1].kind = 'added'), /kind 写作 "added"/],
      [
        'another blob',
        (f) => (items(f, FOOD).versions[0].blob = items(f, FOOD).versions[1].blob),
        /blob 写作/,
      ],
    ],
  ],
  'summaries with what was taken down': [
    summariesPath(CULTURE.key),
    [
      [
        'its name kept',
        (f) => (items(f, `${CULTURE.key}.00003`).name = '已撤下内容的事项'),
        /name 写作 .*不应有/,
      ],
      [
        'its name kept in the history',
        (f) => (items(f, `${CULTURE.key}.00003`).versions[0].name = '已撤下内容的事项'),
        /name 写作 .*不应有/,
      ],
      [
        'the state before the newest entry',
        (f) => (items(f, `${CULTURE.key}.00002`).state = 'in-force'),
        /state 写作 "in-force"，按日志应为 "cancelled"/,
      ],
    ],
  ],
};

describe.each(Object.entries(RECORDS))('%s', (_kind, [path, writings]) => {
  test.each(writings)('%s', (_what, change, message) => expectNamed(path, written(path, change), message));

  test('in another spelling', () =>
    expectNamed(path, utf8(JSON.stringify(registry.read(path), null, 1)), /不是规范的 JSON/));
});

describe('what the registry says of itself', () => {
  const path = 'data/registry.json';
  test.each<[string, Change, RegExp]>([
    ['as if nothing was a sample', (f) => (f.sample = false), /sample/],
    ['as of its first entry', (f) => (f.asOf = '2025-01-06T01:00:00Z'), /asOf/],
    ['a size that was not signed', (f) => f.logs.lists.size--, /size、root 与其检查点不同/],
    ['another root', (f) => (f.logs.lists.root = f.logs.certificates.root), /size、root 与其检查点不同/],
    ['another name', (f) => (f.name = '另一登记簿'), /与信任清单不同/],
  ])('%s', (_what, change, message) => expectNamed(path, written(path, change), message));
});

describe('the trust list', () => {
  const path = 'data/trust-list.json';
  const content = () => registry.trustContent();
  const organ = () => content().organs[0];
  const organs = (change: Change) => {
    const [first] = structuredClone(content().organs) as Loose[];
    change(first);
    return { organs: [first] };
  };

  test('a signing certificate that the log has is left out', () =>
    expectNamed(path, registry.trustList(organs((o) => (o.certificates = []))), /缺少日志中登记的签名证书/));

  test('a certificate signs for another organ', () =>
    expectNamed(path, registry.trustList(organs((o) => (o.key = CULTURE.key))), /的机关、期限或撤销时间/));

  test('a certificate is good for longer', () =>
    expectNamed(
      path,
      registry.trustList(organs((o) => (o.certificates[0].notAfter = '2099-01-01T00:00:00Z'))),
      /的机关、期限或撤销时间/,
    ));

  test('a certificate that never entered by the log', () => {
    const der = organ()?.certificates[0]?.der ?? '';
    const other = {
      der: `MAAB${der.slice(4)}`,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2036-01-01T00:00:00Z',
    };
    const hash = [...sha256(Uint8Array.from(atob(other.der), (c) => c.charCodeAt(0)))];
    const name = hash.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const changed = organs((o) => o.certificates.push({ sha256: name, ...other }));
    return expectNamed(path, registry.trustList(changed), /没有在日志中登记/);
  });

  test('by another root', () => expectNamed(path, registry.trustList({}, 'other'), /不是由所固定的根密钥/));
});

describe('the status list', () => {
  const path = 'data/status/revocation-1.json';
  test('without a revocation that the log has', () =>
    expectNamed(path, registry.statusList([]), /有 1 份证照被撤销，状态列表只有 0 位/));
  test('of another address', () =>
    expectNamed(
      path,
      registry.statusList([1], { url: 'https://registry.example/data/status/revocation-2.json' }),
      /id/,
    ));
  test('good for a hundred years', () =>
    expectNamed(path, registry.statusList([1], { validUntil: '2126-06-20T01:00:00Z' }), /有效期超过一日/));
  test('by a key that the trust list does not name', () =>
    expectNamed(path, registry.statusList([1], { signer: 'qr' }), /格式或签名不符/));
  test('one bit more than the log has revocations is said, for the event may still come', async () => {
    const { ok, warnings } = await registry.audit({ [path]: registry.statusList([1, 2]) });
    expect(ok).toBe(true);
    expect(warnings.join()).toContain('状态列表有 2 位');
  });
});

describe('a blob', () => {
  const path = () => [...registry.files.keys()].find((one) => one.startsWith('data/blobs/')) ?? '';
  test('in another spelling', () =>
    expectNamed(path(), utf8(JSON.stringify(registry.read(path()), null, 1)), /哈希与文件名不同/));
  test('of another version', () =>
    expectNamed(
      path(),
      written(path(), (f) => (f.name = '别的名称')),
      /哈希与文件名不同/,
    ));
  test.each([
    ['of another register', { schema: 'region/1', code: '1' }, /不是登记册 organ 的内容/],
    [
      'that is no item',
      { schema: 'authority-item/1', name: '没有类别', bases: [], levels: [], subItems: [] },
      /不是事项的内容/,
    ],
  ])('%s', async (_what, blob, message) => {
    const register = blob.schema === 'region/1' ? 'organ' : 'authority-item';
    const key = register === 'organ' ? 'o-aaaaaaaaaaaaaaaa' : `${MARKET.key}.00077`;
    const later = await AuditedRegistry.publish({
      acts: [{ register, key, blob, time: '2026-06-20T02:00:00Z', reason: '错' }],
    });
    const { problems } = await later.audit();
    expect(problems[0]?.file).toMatch(/^data\/blobs\//);
    expect(problems[0]?.message).toMatch(message);
  });
});

describe.each(['lists', 'certificates'] as const)('log %s', (name) => {
  const log = () => registry.logs[name];
  const size = () => log().leaves.length;
  const swapped = () => [log().leaves[1], log().leaves[0], ...log().leaves.slice(2)] as Uint8Array[];
  const bundle = () => `log/${name}/${entryBundlePath(0, size())}`;
  const tile = () => `log/${name}/${tilePath(0, 0, size())}`;

  test('a checkpoint of another tree of the same size, by the log’s own key', async () => {
    const fork = new MemoryLog(log().origin, 'one');
    for (const leaf of swapped()) await fork.append(leaf);
    await expectNamed(
      `log/${name}/checkpoint`,
      utf8(await fork.checkpoint()),
      /重新计算的根与检查点的根不同/,
    );
  });

  test('a checkpoint of the other log', async () => {
    const other = registry.logs[name === 'lists' ? 'certificates' : 'lists'];
    await expectNamed(`log/${name}/checkpoint`, utf8(await other.checkpoint()), /检查点不可信/);
  });

  test('entries in another order', () =>
    expectNamed(bundle(), encodeEntryBundle(swapped()), /与检查点的根不符/));

  test('an entry that was never listed', () =>
    expectNamed(bundle(), encodeEntryBundle([utf8('{}'), ...log().leaves.slice(1)]), /与检查点的根不符/));

  test('a tile with the hashes of another order', () =>
    expectNamed(tile(), tileOf(swapped().map(hashLeaf)), /第 0 字节起与由条目重新计算的不同/));

  test('a tile of leaves hashed without their prefix', () =>
    expectNamed(tile(), tileOf(log().leaves.map(sha256)), /第 0 字节起与由条目重新计算的不同/));
});

function tileOf(hashes: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(hashes.flatMap((hash) => [...hash]));
}
