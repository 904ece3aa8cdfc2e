import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthorityItem } from '@mandate/lists';
import { arrange, ask, IndexFiles, RANK } from '@mandate/search';
import {
  enterSearchItem,
  redactBlob,
  searchItems,
  writeSearchRegistry,
} from '../../../test/support/search-registry.ts';
import { updateSearch, type SearchUpdated } from './update.ts';

const ITEMS = 240;
const CITIES = 2;
const DAY = '2025-12-01';
const CIVIL = '民政局';
let folder: string;
let made: ReturnType<typeof writeSearchRegistry>;
const path = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mandate-search-'));
  made = writeSearchRegistry(path('published'), ITEMS, CITIES);
  update('first', 'all');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function update(
  name: string,
  changed: 'all' | readonly string[],
  { published = 'published', day = DAY }: { published?: string; day?: string } = {},
): SearchUpdated {
  return updateSearch({
    publishedDir: path(published),
    outDir: path(name, 'out'),
    stateDir: path(name, 'state'),
    changed,
    day,
  });
}

/** A copy of everything, to change one thing in. */
function copy(name: string): { published: string } {
  cpSync(path('published'), path(`${name}-published`), { recursive: true });
  cpSync(path('first'), path(name), { recursive: true });
  return { published: `${name}-published` };
}

function filesOf(name: string): Map<string, string> {
  const root = path(name, 'out');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(
    entries
      .map((one) => join(one.parentPath, one.name))
      .map((file) => [file.slice(root.length + 1), readFileSync(file, 'base64')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What an update left is what a build from nothing makes. */
function expectSameAsWhole(
  name: string,
  { published, day = DAY }: { published: string; day?: string },
): void {
  rmSync(path('whole'), { recursive: true, force: true });
  update('whole', 'all', { published, day });
  expect([...filesOf(name)]).toEqual([...filesOf('whole')]);
}

function organKey(name: string): string {
  const organ = made.organs.find((one) => one.name.endsWith(name));
  if (organ === undefined) throw new Error(`no ${name}`);
  return organ.key;
}

function item(changes: Partial<AuthorityItem>): AuthorityItem {
  const [first] = searchItems(CIVIL, 1);
  if (first === undefined) throw new Error('no item');
  return { ...first, ...changes };
}

async function search(
  question: string,
  { name = 'first', texts = false } = {},
): Promise<{ names: string[]; similar: boolean; meanings: readonly string[]; ranks: number[] }> {
  const { signal } = new AbortController();
  const index = await IndexFiles.open(async (file) => readFileSync(path(name, 'out', file)), signal);
  let found = {
    names: [] as string[],
    similar: false,
    meanings: [] as readonly string[],
    ranks: [] as number[],
  };
  for await (const answer of ask(index, question, { texts, signal })) {
    const { documents } = arrange(index.manifest, index.columns, answer.ranks, {});
    const names = await index.names([...documents], signal);
    found = {
      names: names.map((one) => one.name),
      similar: answer.similar,
      meanings: answer.meanings,
      ranks: [...documents].map((document) => answer.ranks[document] ?? RANK.none),
    };
  }
  return found;
}

describe('the search index', () => {
  test('is the same, byte for byte, when it is built again', () => {
    update('again', 'all');
    expect([...filesOf('again')]).toEqual([...filesOf('first')]);
  });

  test('touches nothing when nothing changed', () => {
    copy('still');
    const file = path('still/out/search/index/manifest.json');
    const before = statSync(file).ino;
    expect(update('still', [organKey(CIVIL)])).toEqual({
      documents: made.documents,
      changed: 0,
      whole: false,
    });
    expect(statSync(file).ino).toBe(before);
  });

  test('after one changed item is what a whole build gives, and the item is found under its new name only', async () => {
    const { published } = copy('changed');
    const organ = organKey(CIVIL);
    const [before] = searchItems(CIVIL, 1);
    enterSearchItem(path(published), `${organ}.00001`, item({ name: '流浪乞讨人员救助' }), { index: 9_000 });
    expect(update('changed', [organ], { published })).toMatchObject({ changed: 1, whole: false });
    expectSameAsWhole('changed', { published });
    expect((await search('流浪乞讨', { name: 'changed' })).names).toEqual(['流浪乞讨人员救助']);
    const named = async (name: string): Promise<number> =>
      (await search(before?.name ?? '', { name })).names.filter((one) => one === before?.name).length;
    expect(await named('changed')).toBe((await named('first')) - 1);
  });

  test('numbers a new item last, whichever organ has it', () => {
    const { published } = copy('new');
    const organ = made.organs[0]?.key ?? '';
    enterSearchItem(path(published), `${organ}.00999`, item({ name: '新增的事项' }), { index: 9_000 });
    expect(update('new', [organ], { published })).toMatchObject({
      documents: made.documents + 1,
      changed: 1,
    });
    expectSameAsWhole('new', { published });
  });

  test('forgets what was redacted, its words too', async () => {
    const { published } = copy('redacted');
    const organ = organKey(CIVIL);
    const blob = enterSearchItem(path(published), `${organ}.00001`, item({ name: '内容不当的事项' }), {
      index: 9_000,
    });
    update('redacted', [organ], { published });
    expect((await search('内容不当', { name: 'redacted' })).names).toHaveLength(1);
    redactBlob(path(published), blob);
    update('redacted', [organ], { published });
    expectSameAsWhole('redacted', { published });
    expect((await search('内容不当', { name: 'redacted' })).names).toEqual([]);
  });

  test('shows a scheduled version from its day on, though nothing was published that day', async () => {
    const { published } = copy('scheduled');
    const organ = organKey(CIVIL);
    const key = `${organ}.00001`;
    const cancelled = item({ name: '将取消的事项', state: 'cancelled' });
    enterSearchItem(path(published), key, cancelled, { index: 9_000, effectiveDate: '2026-01-01' });
    expect(update('scheduled', [organ], { published })).toMatchObject({ changed: 0, whole: false });
    expect((await search('将取消', { name: 'scheduled' })).names).toEqual([]);
    expect(update('scheduled', [], { published, day: '2026-01-01' })).toMatchObject({
      changed: 1,
      whole: false,
    });
    expectSameAsWhole('scheduled', { published, day: '2026-01-01' });
    expect((await search('将取消', { name: 'scheduled' })).names).toEqual(['将取消的事项']);
  });

  test('is built anew over an index that is not the one it knows', () => {
    const { published } = copy('foreign');
    const organ = organKey(CIVIL);
    enterSearchItem(path(published), `${organ}.00001`, item({ name: '改了名的事项' }), { index: 9_000 });
    update('foreign', [organ], { published });
    // The pages go back to an earlier release, the state does not.
    rmSync(path('foreign/out'), { recursive: true });
    cpSync(path('first/out'), path('foreign/out'), { recursive: true });
    expect(update('foreign', [], { published })).toMatchObject({ whole: true });
    expectSameAsWhole('foreign', { published });
  });

  test('is built anew after a crash between two files', () => {
    const { published } = copy('crash');
    const organ = organKey(CIVIL);
    enterSearchItem(path(published), `${organ}.00001`, item({ name: '改了名的事项' }), { index: 9_000 });
    // A part that cannot be read stops the update halfway.
    const files = readdirSync(path('crash/out/search/index/exact')).map((file) =>
      path('crash/out/search/index/exact', file),
    );
    for (const file of files) writeFileSync(file, 'x');
    expect(() => update('crash', [organ], { published })).toThrow();
    expect(update('crash', [organ], { published })).toMatchObject({ whole: true });
    expectSameAsWhole('crash', { published });
  });

  test('a blob that is not what its name says stops the build', () => {
    const { published } = copy('forged');
    const organ = organKey(CIVIL);
    const blob = enterSearchItem(path(published), `${organ}.00001`, item({ name: '一' }), {
      index: 9_000,
    }).slice(7);
    writeFileSync(path(published, `data/blobs/${blob.slice(0, 2)}/${blob}.json`), '{}');
    expect(() => update('forged', [organ], { published })).toThrow('not what its name says');
  });
});

describe('a search', () => {
  test('puts exact names first, then beginnings, then short names', async () => {
    const { names, ranks } = await search('最低生活保障经营许可');
    expect(names[0]).toBe('最低生活保障经营许可');
    expect(ranks[0]).toBe(RANK.exact);
    const longer = (await search('最低生活保障')).names;
    const firstOther = longer.findIndex((name) => !name.startsWith('最低生活保障'));
    expect(longer.slice(firstOther).some((name) => name.startsWith('最低生活保障'))).toBe(false);
  });

  test('finds an item by its code, a measure of the negative list, an organ with a word', async () => {
    expect((await search('000100001000')).ranks).toContain(RANK.exact);
    expect((await search('不得从事食品经营')).names).toEqual(['未获得许可，不得从事食品经营']);
    const { names } = await search('民政局 殡葬');
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.includes('殡葬'))).toBe(true);
  });

  test('finds sub-items and duties, after names', async () => {
    expect(new Set((await search('最低生活保障首次申请')).ranks)).toEqual(new Set([RANK.part]));
    const { ranks } = await search('听取利害关系人意见');
    expect(new Set(ranks)).toEqual(new Set([RANK.text]));
    // Not asked for while names alone fill a page.
    expect((await search('行政处罚')).ranks).not.toContain(RANK.text);
  });

  test.each([
    ['最低生活保账', '最低生活保障'],
    ['最低升活保障', '最低生活保障'],
    ['最抵生活报障', '最低生活保障'],
    ['最低生保障', '最低生活保障'],
    ['最低活生保障', '最低生活保障'],
    ['zuidishenghuo', '最低生活保障'],
    ['zdshbz', '最低生活保障'],
  ])('%s finds %s, and says that it is only similar', async (typed, listed) => {
    const { names, similar } = await search(typed);
    expect(similar).toBe(true);
    expect(names[0]).toContain(listed);
  });

  test('says which other words it looked for', async () => {
    const { names, meanings } = await search('低保');
    expect(meanings).toEqual(['最低生活保障']);
    expect(names[0]).toContain('最低生活保障');
  });

  test('what is nowhere is nowhere', async () => {
    expect((await search('火星移民')).names).toEqual([]);
    expect((await search('殡葬 火星移民')).names).toEqual([]);
  });
});
