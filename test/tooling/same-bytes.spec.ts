import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { REPOSITORY } from './house-copy.ts';

const TOOL = join(REPOSITORY, 'test/same-bytes');
const folder = mkdtempSync(join(tmpdir(), 'mandate-same-bytes-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PUBLISHED: Readonly<Record<string, string | undefined>> = {
  'export.json': '{}',
  'published/data/organs.json': '{"organs":["示例市"]}',
  'published/log/lists/checkpoint': 'mandate.example/lists\n2\n',
  'pages/index.html': '<script src="/_astro/page.aaaaaaaa.js"></script>明权',
  'pages/_astro/page.aaaaaaaa.js': '1',
  'certificates/valid.pdf': '%PDF',
};

let made = 0;
/** An export with some of its files changed; undefined: not there. */
function exportWith(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const root = join(folder, `export-${(made += 1).toString()}`);
  for (const [path, text] of Object.entries({ ...PUBLISHED, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text !== undefined) writeFileSync(join(root, path), text);
  }
  return root;
}

function compare(...places: readonly string[]): { status: number | null; said: string } {
  const args = [join(TOOL, 'run.mjs'), ...places, '--into', join(folder, 'into')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('two equal exports end with 0 and the count', () => {
  const { status, said } = compare(exportWith(), exportWith());
  expect(said).toContain('5 files equal, 0 not');
  expect(status).toBe(0);
});

test('one byte is found and shown at its place', () => {
  const { status, said } = compare(
    exportWith(),
    exportWith({ 'published/data/organs.json': '{"organs":["示例县"]}' }),
  );
  expect(said).toContain('≠ published/data/organs.json at byte 19 (of 24 and 24)');
  expect(said).toContain('4 files equal, 1 not');
  expect(status).toBe(1);
});

test('a file that is missing and one that is new are named', () => {
  const { status, said } = compare(
    exportWith(),
    exportWith({ 'certificates/valid.pdf': undefined, 'published/log/lists/tile/0/000': 'x' }),
  );
  expect(said).toContain('− certificates/valid.pdf');
  expect(said).toContain('+ published/log/lists/tile/0/000');
  expect(status).toBe(1);
});

test('a page that only names another script is told apart from one that says something else', () => {
  const script = { 'pages/_astro/page.aaaaaaaa.js': undefined, 'pages/_astro/page.bbbbbbbb.js': '2' };
  const src = '<script src="/_astro/page.bbbbbbbb.js"></script>';
  const named = compare(exportWith(), exportWith({ ...script, 'pages/index.html': `${src}明权` }));
  expect(named.said).toContain('pages: 1 equal but for names of compiled assets');
  expect(named.status).toBe(1);
  const reworded = compare(exportWith(), exportWith({ ...script, 'pages/index.html': `${src}权明` }));
  expect(reworded.said).toContain('pages: 1 differ');
});

test('a folder that is neither checkout nor export is refused', () => {
  const { status, said } = compare(exportWith(), folder);
  expect(said).toContain('neither an export nor a checkout');
  expect(status).not.toBe(0);
});

const DRAWN = `
import { generateKeyPairSync, randomBytes, randomInt, randomUUID } from 'node:crypto';
const key = (...kind) => generateKeyPairSync(...kind).privateKey.export({ type: 'pkcs8', format: 'pem' });
const values = crypto.getRandomValues(new Uint32Array(2));
console.log(JSON.stringify([
  randomBytes(16).toString('hex'), randomBytes(32).toString('hex'), randomInt(1e6), randomUUID(), Math.random(),
  crypto.randomUUID(), [...values], key('ed25519'), key('rsa', { modulusLength: 2048 }), key('ed25519'),
]));
console.log(new Date().toISOString());
`;

function draw(seed: string): { drawn: unknown[]; time: string } {
  const env = { ...process.env, SAME_BYTES_MOMENT: '1000', SAME_BYTES_SEED: seed };
  const args = ['--import', join(TOOL, 'preload.mjs'), '--input-type=module', '--eval', DRAWN];
  const { stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const [drawn = '', time = ''] = stdout.trim().split('\n');
  return { drawn: JSON.parse(drawn) as unknown[], time };
}

test('clock, random values and keys follow from moment and seed, and no two draws are the same', () => {
  const first = draw('a');
  expect(first.time).toBe('1970-01-01T00:00:01.000Z');
  expect(draw('a')).toEqual(first);
  const other = draw('b').drawn;
  expect(first.drawn.filter((value, n) => JSON.stringify(value) === JSON.stringify(other[n]))).toEqual([]);
  expect(new Set(first.drawn.map((value) => JSON.stringify(value))).size).toBe(first.drawn.length);
});
