import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PUBLIC_URL, runBuild } from '../../test/support/built-site.ts';
import { writePublishedFolder } from '../../test/support/published-folder.ts';
import { ACTS } from '../../test/support/sample-acts.ts';

let folder: string;
let published: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mandate-test-build-'));
  published = join(folder, 'published');
  await writePublishedFolder(published, ACTS, { publicUrl: PUBLIC_URL });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function variables(publishedDir: string, outDir: string): Record<string, string> {
  return { MANDATE_PUBLISHED_DIR: publishedDir, MANDATE_PUBLIC_URL: PUBLIC_URL, MANDATE_OUT_DIR: outDir };
}

/** Path and hash of every file. */
function contents(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path): [string, string] => [
        relative(root, path),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ])
      .sort(),
  );
}

describe('the build', () => {
  test('makes the same bytes twice, at the same time, from other folders, with blanks and 中文 in their names', async () => {
    const elsewhere = join(folder, '另一份 导出');
    cpSync(published, elsewhere, { recursive: true });
    const cwd = join(folder, '工作 目录');
    mkdirSync(cwd);
    const [a, b] = [join(folder, 'a'), join(folder, '网 页')];
    const outcomes = await Promise.all([
      runBuild(variables(published, a)),
      runBuild({ ...variables(elsewhere, b), TZ: 'America/New_York', LANG: 'de_DE.UTF-8' }, { cwd }),
    ]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(contents(b)).toEqual(contents(a));
    expect(readdirSync(cwd)).toEqual([]);
    expect(Object.keys(contents(a)).length).toBeGreaterThan(30);
  });

  test('leaves nothing behind in the temporary folder', async () => {
    const tmp = join(folder, 'tmp');
    mkdirSync(tmp);
    const { code } = await runBuild({ ...variables(published, join(folder, 'c')), TMPDIR: tmp });
    expect(code).toBe(0);
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('leaves nothing behind when it is stopped half-way', async () => {
    const tmp = join(folder, 'stopped');
    mkdirSync(tmp);
    const { code } = await runBuild(
      { ...variables(published, join(folder, 'f')), TMPDIR: tmp },
      { stopWhen: () => readdirSync(tmp).length > 0 },
    );
    expect(code).toBe(1);
    expect(readdirSync(tmp)).toEqual([]);
  });

  test('serves the address of a QR code in upper case too', async () => {
    const out = join(folder, 'd');
    await runBuild(variables(published, out));
    expect(readFileSync(join(out, 'V/index.html'))).toEqual(readFileSync(join(out, 'v/index.html')));
  });

  test('names every variable that is missing', async () => {
    const { code, output } = await runBuild({ MANDATE_PUBLIC_URL: 'ftp://x' });
    expect(code).toBe(1);
    for (const name of ['MANDATE_PUBLISHED_DIR', 'MANDATE_OUT_DIR', 'MANDATE_PUBLIC_URL']) {
      expect(output).toContain(name);
    }
  });

  test('refuses a folder that holds something', async () => {
    const out = join(folder, 'full');
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    const { code, output } = await runBuild(variables(published, out));
    expect(code).toBe(1);
    expect(output).toContain('not empty');
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });

  test('fails on a blob that is not what its name says', async () => {
    const false_ = join(folder, 'false');
    cpSync(published, false_, { recursive: true });
    const blob = Object.keys(contents(join(false_, 'data/blobs'))).find((path) =>
      readFileSync(join(false_, 'data/blobs', path), 'utf8').includes('authority-item/1'),
    );
    const path = join(false_, 'data/blobs', blob ?? '');
    writeFileSync(path, `${readFileSync(path, 'utf8')} `);
    const { code, output } = await runBuild(variables(false_, join(folder, 'e')));
    expect(code).toBe(1);
    expect(output).toContain('is not what its name says');
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['a missing file', 'data/organs.json', undefined, 'cannot read data/organs.json'],
    ['a file cut short', 'data/registry.json', '{"schema":"regis', 'data/registry.json is not JSON'],
    [
      'a file of another schema',
      'data/registry.json',
      '{"schema":"registry/9"}',
      'data/registry.json at schema',
    ],
  ])('fails on %s in one line that names it', async (_what, path, text, message) => {
    const broken = mkdtempSync(join(folder, 'broken-'));
    cpSync(published, broken, { recursive: true });
    if (text === undefined) rmSync(join(broken, path));
    else writeFileSync(join(broken, path), text);
    const out = join(broken, 'out');
    const { code, output } = await runBuild(variables(broken, out));
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(existsSync(join(out, 'index.html'))).toBe(false);
  });
});
