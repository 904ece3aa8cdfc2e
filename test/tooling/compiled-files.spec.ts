import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const MODULE = new URL('../../apps/registry/bin/compiled-files.js', import.meta.url).href;

interface Compiled {
  read(name: string, source: Uint8Array, compile: (text: string) => string): string;
}
/** The module is read by Node as it is, and has no types. */
const open = async (folder: string, compiler = 'one'): Promise<Compiled> => {
  const { CompiledFiles } = (await import(MODULE)) as {
    CompiledFiles: new (folder: string, compiler: string) => Compiled;
  };
  return new CompiledFiles(folder, compiler);
};

let folder: string;
let compiled: string[];
const compile = (text: string): string => {
  compiled.push(text);
  return `compiled ${text}\n第二行`;
};
const source = (text: string) => Buffer.from(text);

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'compiled-')), '深 deep', 'cache');
  compiled = [];
});
afterEach(() => rm(join(folder, '../..'), { recursive: true, force: true }));

test('what was compiled is compiled once, until its source or its compiler changes', async () => {
  for (let run = 0; run < 2; run += 1)
    expect((await open(folder)).read('a.ts', source('a'), compile)).toBe('compiled a\n第二行');
  expect(compiled).toEqual(['a']);
  (await open(folder)).read('a.ts', source('b'), compile);
  (await open(folder, 'two')).read('a.ts', source('b'), compile);
  expect(compiled).toEqual(['a', 'b', 'b']);
});

test('one file stays for each source, however often it changes', async () => {
  const files = await open(folder);
  for (const text of ['a', 'b', 'c']) files.read('a.ts', source(text), compile);
  files.read('b.ts', source('a'), compile);
  expect(await readdir(folder)).toHaveLength(2);
});

test.each([
  ['is cut off', (text: string) => text.slice(0, -1)],
  ['is empty', () => ''],
  ['holds other code', (text: string) => text.replace('compiled', 'COMPILED')],
])('a file that %s is compiled again', async (_what, damage) => {
  (await open(folder)).read('a.ts', source('a'), compile);
  const [name = ''] = await readdir(folder);
  const path = join(folder, name);
  await writeFile(path, damage(await readFile(path, 'utf8')));
  expect((await open(folder)).read('a.ts', source('a'), compile)).toBe('compiled a\n第二行');
  expect(compiled).toEqual(['a', 'a']);
});

test('where nothing can be written everything is compiled, and nobody hears of it', async () => {
  // A file in its place refuses root, too, whom no permission would.
  const inTheWay = join(folder, '../..', 'file');
  await writeFile(inTheWay, '');
  const files = await open(join(inTheWay, 'cache'));
  expect(files.read('a.ts', source('a'), compile)).toBe('compiled a\n第二行');
  expect(files.read('a.ts', source('a'), compile)).toBe('compiled a\n第二行');
  expect(compiled).toHaveLength(2);
});

test('processes that begin together do not disturb each other', async () => {
  const program = `
    const { CompiledFiles } = await import(${JSON.stringify(MODULE)});
    for (let i = 0; i < 200; i += 1) {
      const text = String(i % 5).repeat(100_000);
      const files = new CompiledFiles(${JSON.stringify(folder)}, 'one');
      if (files.read('a.ts', Buffer.from(text), (source) => source) !== text) throw new Error('other code');
    }`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  await Promise.all([run(), run(), run(), run()]);
  expect(await readdir(folder)).toHaveLength(1);
});
