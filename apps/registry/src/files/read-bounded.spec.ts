import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBounded, readFileBounded } from './read-bounded.ts';

let folder: string;
let root: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mandate bounded 有界 '));
  root = join(folder, 'root');
  await mkdir(join(root, 'data'), { recursive: true });
  await writeFile(join(root, 'data/good.json'), '{}');
  await writeFile(join(folder, 'secret.json'), 'secret');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (path: string, maximum = 100) => readBounded(root, path, maximum);

describe('a file of a folder that somebody else filled', () => {
  test('is read to its last allowed byte and no further', async () => {
    expect(Buffer.from(await read('data/good.json', 2)).toString()).toBe('{}');
    await expect(read('data/good.json', 1)).rejects.toMatchObject({ code: 'too-large' });
    await writeFile(join(root, 'data/sparse'), '');
    await truncate(join(root, 'data/sparse'), 3 * 2 ** 30);
    await expect(read('data/sparse')).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is read whole where the system does not know its size', async () => {
    // A file of /proc says that it has 0 bytes; its text is that of the command that runs.
    if (process.platform !== 'linux') return;
    const text = await readFileBounded('/proc/self/status', 100_000);
    expect(Buffer.from(text).toString()).toMatch(/^Name:[^]*\n$/);
    await expect(readFileBounded('/proc/self/status', 50)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is no pipe and no device, which would be read for ever, and no folder', async () => {
    execFileSync('mkfifo', [join(root, 'data/pipe')]);
    await symlink('/dev/zero', join(root, 'data/zero'));
    // The pipe last: whoever opens it waits for ever.
    await expect(read('data')).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(read('data/zero')).rejects.toMatchObject({ code: 'outside' });
    await expect(read('data/pipe')).rejects.toMatchObject({ code: 'not-a-file' });
  });

  test('does not lead out of the folder, by its path or by a link', async () => {
    await symlink('../../secret.json', join(root, 'data/link.json'));
    await symlink('good.json', join(root, 'data/inside.json'));
    await expect(read('data/link.json')).rejects.toMatchObject({ code: 'outside' });
    await expect(read('../secret.json')).rejects.toMatchObject({ code: 'outside' });
    expect(Buffer.from(await read('data/inside.json')).toString()).toBe('{}');
  });

  test('that is not there is said by the system', async () => {
    await expect(read('data/none.json')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
