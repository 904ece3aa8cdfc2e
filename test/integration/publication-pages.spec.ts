import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Config } from '../../apps/registry/src/config/config.ts';
import { PagesService } from '../../apps/registry/src/publication/pages.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths, type PublishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { findPointer } from '../../apps/registry/src/publication/release-pointer.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, FOOD, itemKey, MARKET } from '../support/sample-acts.ts';

let registry: TestRegistry;
let pages: PagesService;
let publication: PublicationService;
let paths: PublishedPaths;

beforeAll(async () => {
  registry = await openTestRegistry();
  pages = registry.app.get(PagesService);
  publication = registry.app.get(PublicationService);
  paths = publishedPaths(registry.dataDir);
});
afterAll(() => registry.close());

const releases = async () =>
  (await readdir(paths.pages, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
const pageOf = async (key: string) => {
  const pointer = await findPointer(paths);
  return readFile(
    join(paths.pages, pointer?.release ?? '', 'items', ...key.split('.'), 'index.html'),
    'utf8',
  );
};

test('without data files no pages are built, and the message says what to do', async () => {
  await expect(pages.publishPages()).rejects.toMatchObject({ code: 'pages-failed' });
  expect(await findPointer(paths)).toBeUndefined();
});

test('pages are built from the published files and switched to', async () => {
  await putActs(
    registry.app,
    ACTS.map(({ redacted: _, ...act }) => act),
  );
  await publication.publishData();
  expect(await pages.isCurrent()).toBe(false);
  const { release } = await pages.publishPages();
  expect(await pages.isCurrent()).toBe(true);
  expect(await releases()).toEqual([release]);
  expect(await pageOf(itemKey(MARKET, 1))).toContain('食品经营许可');
  expect(await readdir(paths.exports)).toEqual([]);
});

test('a build that fails leaves the release before in place', async () => {
  const before = await findPointer(paths);
  await putActs(registry.app, manyItems(1, 50));
  await publication.publishData();
  expect(await pages.isCurrent()).toBe(false);
  const organs = await readFile(join(paths.root, 'data/organs.json'));
  await writeFile(join(paths.root, 'data/organs.json'), '{}');
  await expect(pages.publishPages()).rejects.toThrow(/organs\.json/);
  await writeFile(join(paths.root, 'data/organs.json'), organs);
  expect(await findPointer(paths)).toEqual(before);
  expect(await pageOf(itemKey(MARKET, 1))).toContain('食品经营许可');
});

test('what was listed since comes to the pages that are served, and no other file is touched', async () => {
  const before = await findPointer(paths);
  const stamp = async () => {
    const { mtimeMs, ino } = await stat(join(paths.pages, before?.release ?? '', 'verify/index.html'));
    return { mtimeMs, ino };
  };
  const untouched = await stamp();
  const { release, previous } = await pages.publishPages();
  expect(release).toBe(before?.release);
  expect(previous).toBeUndefined();
  expect(await releases()).toEqual([release]);
  expect(await pageOf(itemKey(MARKET, 50))).toContain('示例检查');
  expect(await pages.isCurrent()).toBe(true);
  expect(await stamp()).toEqual(untouched);
});

test('pages are no longer current on the day on which a scheduled entry comes into force', async () => {
  const [first] = manyItems(1, 1);
  if (first === undefined) throw new Error('no item');
  const blob = { ...FOOD, name: '明年才有的名称' };
  await putActs(registry.app, [{ ...first, key: itemKey(MARKET, 1), blob, effectiveDate: '2098-01-01' }]);
  await publication.publishData();
  await pages.publishPages(undefined, '2097-12-31');
  expect(await pageOf(itemKey(MARKET, 1))).not.toContain('<h1 data-field="/name">明年才有的名称');
  expect(await pages.isCurrent('2097-12-31')).toBe(true);
  expect(await pages.isCurrent('2098-01-01')).toBe(false);
  await pages.publishPages(undefined, '2098-01-01');
  expect(await pages.isCurrent('2098-01-01')).toBe(true);
  expect(await pageOf(itemKey(MARKET, 1))).toContain('<title>明年才有的名称');
});

test('pages of which nothing tells what they were made of are made anew beside those that are served', async () => {
  const before = await findPointer(paths);
  await rm(join(paths.pageStates, before?.release ?? '', 'pages.json'));
  // Two at the same time: the second finds what the first has made.
  const [one, other] = await Promise.all([
    pages.publishPages(undefined, '2098-01-01'),
    new PagesService(registry.app.get(Config)).publishPages(undefined, '2098-01-01'),
  ]);
  expect(one.release).not.toBe(before?.release);
  expect(other).toEqual(one);
  expect(one.previous).toBe(before?.release);
  expect((await releases()).sort()).toEqual([one.release, one.previous].sort());
  expect(await readdir(paths.pageStates)).toEqual([one.release]);
});
