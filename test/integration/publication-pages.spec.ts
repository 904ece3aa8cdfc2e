import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PagesService } from '../../apps/registry/src/publication/pages.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths, type PublishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { findPointer } from '../../apps/registry/src/publication/release-pointer.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS, itemKey, MARKET } from '../support/sample-acts.ts';

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

test('the next release keeps the one before for pages that are open, and nothing else', async () => {
  const before = await findPointer(paths);
  const { release, previous } = await pages.publishPages();
  expect(previous).toBe(before?.release);
  expect((await releases()).sort()).toEqual([release, previous].sort());
  expect(await pageOf(itemKey(MARKET, 50))).toContain('示例检查');
  expect(await pages.isCurrent()).toBe(true);
});
