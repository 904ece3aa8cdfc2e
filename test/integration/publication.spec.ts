import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { utf8 } from '@mandate/encoding';
import { entryBundlePath, tilePath } from '@mandate/transparency-log';
import { DataSource } from 'typeorm';
import { auditPlace } from '../../apps/registry/src/commands/audit-place.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { listFiles } from '../../apps/registry/src/commands/audit-source.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { audit, expectSound } from '../support/audit.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, FOOD, itemKey, MARKET } from '../support/sample-acts.ts';
import { LIST_ACTS } from '../support/sample-lists.ts';

let registry: TestRegistry;
let publication: PublicationService;
let root: string;

beforeAll(async () => {
  registry = await openTestRegistry();
  publication = registry.app.get(PublicationService);
  root = publishedPaths(registry.dataDir).root;
});
afterAll(() => registry.close());

const publish = () => publication.publishData();
const file = (path: string) => readFile(join(root, path));
const json = async (path: string): Promise<unknown> => JSON.parse(String(await file(path)));
const event = (n: number) =>
  utf8(`{"event":"issue","subject":"${String(n).padStart(64, '0')}","time":"2026-01-01T00:00:00Z","v":1}`);
const addEvents = (app: INestApplicationContext, count: number) =>
  app.get(DataSource).transaction((tx) =>
    app.get(LogService).append(
      tx,
      'certificates',
      Array.from({ length: count }, (_, i) => ({ leaf: event(i) })),
    ),
  );

describe('publishing', () => {
  test('an empty registry is published, and sound', async () => {
    expect(await publish()).toMatchObject({ lists: 0, certificates: 0 });
    await expectSound(registry.dataDir);
    expect(await json('data/organs.json')).toEqual({ organs: [] });
  });

  test('organs, items and counts follow from the entries', async () => {
    await putActs(
      registry.app,
      ACTS.map(({ redacted: _, ...act }) => act),
    );
    expect((await publish()).lists).toBe(ACTS.length);
    await expectSound(registry.dataDir);
    const { organs } = (await json('data/organs.json')) as {
      organs: { key: string; items: number; categories: Record<string, number> }[];
    };
    expect(organs[0]).toMatchObject({
      key: MARKET.key,
      items: 5,
      categories: { '01': 1, '02': 1, '03': 1, '06': 1, '09': 1 },
    });
    const { items } = (await json(`data/items/${MARKET.key}.json`)) as {
      items: { key: string; entries: { index: number; entry: { blob: string } }[] }[];
    };
    const [food] = items;
    expect(food?.key).toBe(itemKey(MARKET, 1));
    expect(food?.entries.map(({ index }) => index)).toEqual([3, 13]);
  });

  test('nothing new writes nothing', async () => {
    expect((await publish()).written).toBe(0);
  });

  test('summaries of another version of the program are written anew', async () => {
    const path = `data/summaries/${MARKET.key}.json`;
    await writeFile(publishedPaths(registry.dataDir).format, 'another');
    await writeFile(join(root, path), String(await file(path)).replaceAll('"subItems"', '"parts"'));
    expect((await audit(registry.dataDir)).ok).toBe(false);
    expect((await publish()).written).toBe(1);
    await expectSound(registry.dataDir);
  });

  test('one entry writes its blob, its bundle and tile, the checkpoint, and the files of its organ', async () => {
    await putActs(registry.app, manyItems(1, 6));
    const before = await listFiles(root);
    const { written } = await publish();
    const after = await listFiles(root);
    // blob, entries, tile, checkpoint, items, summaries, organs, registry
    expect(written).toBe(8);
    expect(after.length - before.length).toBe(3);
    await expectSound(registry.dataDir);
  });

  test('stays sound while the logs grow past their tiles, and serves partial tiles of every checkpoint', async () => {
    const logs = registry.app.get(LogService);
    let { size } = await logs.latestCheckpoint('lists');
    for (const target of [255, 256, 257, 600]) {
      await putActs(registry.app, manyItems(target - size, 100 + size));
      ({ size } = await logs.sequence('lists'));
      expect(size).toBe(target);
      if (target === 257) continue;
      await publish();
      await expectSound(registry.dataDir);
    }
    expect(await file(`log/lists/${tilePath(0, 1)}`)).toHaveLength(8_192);
    expect(await file(`log/lists/${tilePath(0, 2, 88)}`)).toHaveLength(88 * 32);
    await expect(file(`log/lists/${tilePath(0, 0, 255)}`)).rejects.toThrow('ENOENT');
    await addEvents(registry.app, 3);
    await logs.sequence('certificates');
    await addEvents(registry.app, 2);
    await publish();
    // A checkpoint of 3 may travel in a certificate, though it was never the published one.
    expect(await file(`log/certificates/${tilePath(0, 0, 3)}`)).toHaveLength(96);
    expect(await file(`log/certificates/${entryBundlePath(0, 5)}`)).toHaveLength(5 * (event(0).length + 2));
    await expectSound(registry.dataDir);
  });

  test('two processes that publish at once end in one sound state', async () => {
    const other = await registry.another();
    await putActs(registry.app, manyItems(20, 2_000));
    const results = await Promise.all([
      publish(),
      other.get(PublicationService).publishData(),
      publish(),
      other.get(PublicationService).publishData(),
    ]);
    expect(new Set(results.map(({ lists }) => lists))).toEqual(new Set([620]));
    await expectSound(registry.dataDir);
  });
});

describe('a publication that fails half way', () => {
  // Real failures of the file system: a folder stands where a file must go.
  const next = 621;
  const bundle = entryBundlePath(2, next - 512);
  const tile = tilePath(0, 2, next - 512);

  test.each([
    ['at the entries', `log/lists/${bundle}`],
    ['at the tiles', `log/lists/${tile}`],
  ])('%s leaves the old checkpoint and all it promises', async (_, path) => {
    const before = await file('log/lists/checkpoint');
    if ((await registry.app.get(LogService).latestCheckpoint('lists')).size < next) {
      await putActs(registry.app, manyItems(1, 3_000));
    }
    await mkdir(join(root, path, 'in the way'), { recursive: true });
    await expect(publish()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await file('log/lists/checkpoint')).toEqual(before);
    await rm(join(root, path), { recursive: true });
    await expectSound(registry.dataDir);
  });

  test('after the checkpoint: what is served is sound, and the next publication completes it', async () => {
    const organs = await file('data/organs.json');
    await rm(join(root, 'data/organs.json'));
    await mkdir(join(root, 'data/organs.json', 'in the way'), { recursive: true });
    await expect(publish()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    await rm(join(root, 'data/organs.json'), { recursive: true });
    await writeFile(join(root, 'data/organs.json'), organs);
    const { warnings } = await expectSound(registry.dataDir);
    expect(warnings.join()).toContain('上一次发布没有完成');
    await publish();
    expect((await expectSound(registry.dataDir)).warnings).toEqual([]);
  });

  test('files half written by a process that died are gone after the next publication', async () => {
    const { incoming } = publishedPaths(registry.dataDir);
    await writeFile(join(incoming, 'half'), 'hal');
    await publish();
    expect(await readdir(incoming)).toEqual([]);
  });
});

describe('tampering with published files', () => {
  const flip = (bytes: Buffer, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const foodBlob = async () => {
    const { items } = (await json(`data/items/${MARKET.key}.json`)) as {
      items: { entries: { entry: { blob: string } }[] }[];
    };
    const hex = items[0]?.entries[0]?.entry.blob.slice(7) ?? '';
    return `data/blobs/${hex.slice(0, 2)}/${hex}.json`;
  };

  test.each([
    ['a checkpoint', () => 'log/lists/checkpoint'],
    ['an entry bundle', () => `log/lists/${entryBundlePath(0)}`],
    ['a partial entry bundle', () => `log/certificates/${entryBundlePath(0, 5)}`],
    ['a tile', () => `log/lists/${tilePath(0, 1)}`],
    ['a partial tile', () => `log/certificates/${tilePath(0, 0, 5)}`],
    ['a partial tile of an older checkpoint', () => `log/certificates/${tilePath(0, 0, 3)}`],
    ['a tile of the upper level', () => `log/lists/${tilePath(1, 0, 2)}`],
    ['a blob', foodBlob],
    ['the items of an organ', () => `data/items/${MARKET.key}.json`],
    ['the organs', () => 'data/organs.json'],
    ['the summaries of an organ', () => `data/summaries/${MARKET.key}.json`],
    ['the types', () => 'data/types.json'],
    ['the regions', () => 'data/regions.json'],
    ['the negative lists', () => 'data/negative-lists.json'],
    ['the editions', () => 'data/editions.json'],
    ['the trust list', () => 'data/trust-list.json'],
    ['the status list', () => 'data/status/revocation-1.json'],
    ['the registry', () => 'data/registry.json'],
  ])('one changed bit, or a missing file, is found and named: %s', async (_, pathOf) => {
    const path = await pathOf();
    const good = await file(path);
    try {
      for (const at of [0, good.length >> 1]) {
        await writeFile(join(root, path), flip(good, at));
        const { ok, problems } = await audit(registry.dataDir);
        expect([ok, problems[0]?.file]).toEqual([false, path]);
      }
      await rm(join(root, path));
      const { ok, problems, warnings } = await audit(registry.dataDir);
      // A missing blob may have been redacted, and a partial tile of an older size dropped; all else is missed.
      if (path.startsWith('data/blobs/')) expect(warnings.join()).toContain('没有公布');
      else if (!path.endsWith('.p/3')) expect([ok, problems[0]?.file]).toEqual([false, path]);
    } finally {
      await writeFile(join(root, path), good);
    }
    await expectSound(registry.dataDir);
  });

  test.each(['data/secret.json', 'log/lists/tile/0/notes', `data/items/o-aaaaaaaaaaaaaaaa.json`])(
    'a file that nobody published is found: %s',
    async (path) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), '{}');
      const { ok, problems } = await audit(registry.dataDir);
      await rm(join(root, path));
      expect([ok, problems[0]?.file]).toEqual([false, path]);
    },
  );

  test('a registry file that names another key is found, however well it is formed', async () => {
    const good = await file('data/registry.json');
    for (const [from, to] of [
      ['"name":"', '"name":"假'],
      ['https://registry.example"', 'https://registry.example.net"'],
      ['"size":621', '"size":620'],
    ] as const) {
      const changed = String(good).replace(from, to);
      expect(changed).not.toBe(String(good));
      await writeFile(join(root, 'data/registry.json'), changed);
      const { problems } = await audit(registry.dataDir);
      expect(problems[0]?.file).toBe('data/registry.json');
    }
    await writeFile(join(root, 'data/registry.json'), good);
    await expectSound(registry.dataDir);
  });

  test('publish --repair puts right what was damaged', async () => {
    const paths = [`log/lists/${tilePath(0, 0)}`, await foodBlob(), 'data/organs.json'];
    for (const path of paths) await writeFile(join(root, path), 'damaged');
    expect((await audit(registry.dataDir)).ok).toBe(false);
    await publication.repairData();
    await expectSound(registry.dataDir);
  });

  test('a foreign checkpoint stops the publication until somebody has looked', async () => {
    const good = await file('log/lists/checkpoint');
    await writeFile(join(root, 'log/lists/checkpoint'), flip(good, good.length - 10));
    await expect(publish()).rejects.toMatchObject({ code: 'foreign-checkpoint' });
    await publication.repairData();
    await expectSound(registry.dataDir);
  });
});

describe('a log that goes back or forks', () => {
  let copy: string;
  let older: string;
  beforeAll(async () => {
    copy = join(registry.dataDir, 'copy-of-published');
    older = join(registry.dataDir, 'older-checkpoint');
    await cp(root, copy, { recursive: true });
    await writeFile(older, await file('log/lists/checkpoint'));
    await putActs(registry.app, [
      { register: 'authority-item', key: itemKey(MARKET, 1), blob: FOOD, time: '', reason: '示例' },
      ...manyItems(3, 4_000),
    ]);
    await publish();
    await expectSound(registry.dataDir);
  });

  test('an auditor who saw the newer state refuses the older one', async () => {
    const { ok, problems } = await auditPlace(copy, { dataDir: registry.dataDir });
    expect(ok).toBe(false);
    expect(problems[0]?.message).toContain('日志倒退');
  });

  test('a stranger who saw nothing accepts the older state', async () => {
    const report = await auditPlace(copy, { dataDir: join(registry.dataDir, 'stranger') });
    expect(report.problems).toEqual([]);
  });

  test('an older checkpoint is proved to be continued; one of another log is refused', async () => {
    const { dataDir } = registry;
    expect((await auditPlace(undefined, { dataDir, sinceFile: older })).ok).toBe(true);
    await writeFile(older, String(await readFile(older)).replace('registry.example', 'elsewhere.example'));
    expect((await auditPlace(undefined, { dataDir, sinceFile: older })).ok).toBe(false);
  });

  test('a wrong root fingerprint is refused', async () => {
    const { dataDir } = registry;
    const report = await auditPlace(undefined, { dataDir, rootFingerprint: `sha256:${'0'.repeat(64)}` });
    expect(report.ok).toBe(false);
  });

  async function putAndSequence(...put: Parameters<typeof putActs>): Promise<void> {
    await putActs(...put);
    for (const log of ['lists', 'certificates'] as const) await put[0].get(LogService).sequence(log);
  }

  /** As if nothing had been published yet. */
  async function unseen(work: () => Promise<unknown>): Promise<void> {
    await rename(root, `${root}-aside`);
    await work();
    await rm(root, { recursive: true, force: true });
    await rename(`${root}-aside`, root);
  }

  test('a database from an old backup does not publish over the newer state', async () => {
    const restored = await openTestRegistry({ dataDir: registry.dataDir });
    try {
      // Already the writing is refused; what was written elsewhere meanwhile is not published.
      const writing = putActs(restored.app, ACTS.slice(0, 3));
      await expect(writing).rejects.toMatchObject({ code: 'behind-published' });
      await unseen(() => putAndSequence(restored.app, ACTS.slice(0, 3)));
      await expect(restored.app.get(PublicationService).publishData()).rejects.toMatchObject({
        code: 'rollback',
      });
      // As long as the published one, with other entries: the auditor and the publisher both see a fork.
      await unseen(() => putAndSequence(restored.app, manyItems(800, 5_000)));
      await expect(restored.app.get(PublicationService).publishData()).rejects.toMatchObject({
        code: 'fork',
      });
      await expectSound(registry.dataDir);
      const forked = join(registry.dataDir, 'fork');
      await cp(join(registry.dataDir, 'keys'), join(forked, 'keys'), { recursive: true });
      const fork = await openTestRegistry({ dataDir: forked });
      try {
        await putActs(fork.app, manyItems(800, 5_000));
        await fork.app.get(PublicationService).publishData();
        await expectSound(forked);
        const report = await auditPlace(publishedPaths(forked).root, { dataDir: registry.dataDir });
        expect(report.problems[0]?.message).toContain('日志分叉');
      } finally {
        await fork.close();
      }
    } finally {
      await restored.close();
    }
  });
});

test('records of every register are what the audit works out of the log', async () => {
  await putActs(registry.app, LIST_ACTS);
  await publish();
  expect((await expectSound(registry.dataDir)).unjudged).toEqual([]);
  for (const path of ['data/regions.json', 'data/editions.json', 'data/negative-lists.json'])
    expect(String(await file(path))).toContain('"entries":[{');
});
