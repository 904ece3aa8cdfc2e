import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chinaDay } from '@mandate/certificate';
import { FACTS, type Verdict } from '@mandate/verification';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryRegistry, ORGAN_NAME, ORGAN } from '../support/memory-registry.ts';

const MANDATE = fileURLToPath(new URL('../../apps/registry/bin/mandate.js', import.meta.url));

let folder: string;
let registry: MemoryRegistry;
let from: string[];

/** A registry's published files, and certificates of it, in a folder with a blank and Chinese in its name. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '核验 verify-'));
  const now = new Date();
  const at = `${now.toISOString().slice(0, 19)}Z`;
  const today = chinaDay(now);
  registry = await MemoryRegistry.open();
  const certificate = { issueDate: today, validFrom: today, validUntil: '2039-12-31' };
  const good = await registry.issue({ at, certificate });
  const holder = { name: '\u001b]0;owned\u0007\u001b[2J示例', code: '1', codeType: '099' };
  const escapes = await registry.issue({ at, certificate: { ...certificate, holder } });
  const revoked = await registry.issue({ at, certificate });
  await registry.revoke(revoked.certificate);
  const { files } = await registry.publish(at);
  for (const [path, bytes] of files) await put(join('published', path), bytes);
  await put('good.pdf', good.pdf);
  await put('appended.pdf', Uint8Array.from([...good.pdf, 0x20]));
  await put('escapes.pdf', escapes.pdf);
  await put('revoked.pdf', revoked.pdf);
  await put('note.txt', new TextEncoder().encode('这不是证照'));
  execFileSync('mkfifo', [join(folder, 'pipe.pdf')]);
  await put('film.pdf', new Uint8Array(4 * 2 ** 20 + 1));
  from = ['--from', join(folder, 'published'), '--root', registry.rootFingerprint];
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), bytes);
}

function run(file: string, ...options: string[]): Promise<{ code: number; out: string; err: string }> {
  // Away from any database and any folder of this machine's own registry.
  const env = { ...process.env, MANDATE_DATA_DIR: join(folder, 'nothing'), DATABASE_URL: '' };
  return new Promise((resolve) => {
    const args = [MANDATE, 'verify', join(folder, file), ...options];
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('mandate verify', () => {
  test('says valid, under which power, and exits 0', async () => {
    const { code, out } = await run('good.pdf', ...from);
    expect(code).toBe(0);
    expect(out).toMatch(/^真实有效/);
    expect(out).toContain(ORGAN_NAME);
    expect(out).toContain(`${ORGAN}.00001`);
    expect(out.match(/✓/g)).toHaveLength(FACTS.length);
  });

  test('gives the whole verdict as JSON', async () => {
    const { code, out } = await run('good.pdf', '--json', ...from);
    // Printed by the command: a verdict.
    const verdict = JSON.parse(out) as Verdict & { file: string };
    expect(code).toBe(0);
    expect(verdict.verdict).toBe('valid');
    expect(verdict.facts.map(({ name, state }) => `${name} ${state}`)).toEqual(
      FACTS.map((name) => `${name} holds`),
    );
    expect(verdict.mandate).toMatchObject({ organ: ORGAN, entryIndex: 0 });
  });

  test.each([
    ['appended.pdf', 'altered', '内容不符'],
    ['revoked.pdf', 'revoked', '已被撤销'],
    ['note.txt', 'unreadable', '无法识别'],
  ])('exits 1 for %s: %s', async (file, verdict, title) => {
    const people = await run(file, ...from);
    expect(people.code).toBe(1);
    expect(people.out).toMatch(new RegExp(`^${title}`));
    const { code, out } = await run(file, '--json', ...from);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verdict });
  });

  test('is not sure when nothing published can be read, or it is by another root', async () => {
    const nothing = await run(
      'good.pdf',
      '--json',
      '--from',
      join(folder, 'nowhere'),
      '--root',
      registry.rootFingerprint,
    );
    expect(nothing.code).toBe(1);
    expect(JSON.parse(nothing.out)).toMatchObject({ verdict: 'indeterminate' });
    const other = await run(
      'good.pdf',
      '--json',
      '--from',
      join(folder, 'published'),
      '--root',
      `sha256:${'0'.repeat(64)}`,
    );
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out)).toMatchObject({ verdict: 'indeterminate' });
  });

  test('lets no escape sequence of a file through to the terminal', async () => {
    const { code, out } = await run('escapes.pdf', ...from);
    expect(code).toBe(0);
    expect(out).toContain('示例');
    // eslint-disable-next-line no-control-regex -- control characters are just what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test.each<[string, string, string[], RegExp]>([
    ['a file that is not there', 'missing.pdf', [], /没有文件/],
    ['a folder in place of a file', 'published', [], /不是文件/],
    ['a pipe, which would be read for ever', 'pipe.pdf', [], /不是文件/],
    ['a file longer than any certificate', 'film.pdf', [], /超过 4 MB/],
    ['a place to read from without the root to trust', 'good.pdf', ['--from', '.'], /--root/],
    ['a root that is no fingerprint', 'good.pdf', ['--root', 'abc'], /sha256:/],
    [
      'an address that is none',
      'good.pdf',
      ['--from', 'http://[', '--root', `sha256:${'0'.repeat(64)}`],
      /不是网址/,
    ],
    ['an unknown option', 'good.pdf', ['--trust-me'], /unknown option/],
  ])('exits 2 for %s', async (_, file, options, message) => {
    const { code, out, err } = await run(file, ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('says to publish first where nothing was published yet', async () => {
    const { code, err } = await run('good.pdf');
    expect(code).toBe(1);
    expect(err).toContain('npx mandate publish');
  });
});
