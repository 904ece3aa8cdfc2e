import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDataFolder } from './data-folder.ts';

let parent: string;
let folder: string;
let said: string[];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'mandate data 数据 '));
  folder = join(parent, 'deep', 'data');
  said = [];
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const SERVER = 'postgres://elsewhere/mandate';
const open = () => openDataFolder({ dataDir: folder, databaseUrl: SERVER }, (line) => said.push(line));
const openEmbedded = () =>
  openDataFolder({ dataDir: folder, databaseUrl: undefined }, (line) => said.push(line));
const mode = async () => (await stat(folder)).mode & 0o777;
const isRoot = process.getuid?.() === 0;

describe('the data folder', () => {
  test('is made for its owner alone, and nobody hears of it', async () => {
    await open();
    expect(await mode()).toBe(0o700);
    expect(said).toEqual([]);
  });

  test.each([0o755, 0o750, 0o777, 0o701])(
    'that is open to others (%o) is closed, and that is told',
    async (open_) => {
      await mkdir(folder, { recursive: true });
      await chmod(folder, open_);
      await open();
      expect(await mode()).toBe(0o700);
      expect(said).toEqual([expect.stringContaining(folder)]);
    },
  );

  test('of root lets the user of the embedded database pass, who sees nothing', async () => {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
    await openEmbedded();
    expect(await mode()).toBe(isRoot ? 0o711 : 0o700);
    // Its other processes are given the address of the embedded database, and must not shut its user out.
    await mkdir(join(folder, 'database'));
    await open();
    expect(await mode()).toBe(isRoot ? 0o711 : 0o700);
  });

  test('that is closed stays as closed as it is', async () => {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    await openEmbedded();
    expect(await mode()).toBe(0o700);
    expect(said).toEqual([]);
  });

  test('that cannot be made says what to do', async () => {
    await writeFile(join(parent, 'deep'), '');
    await expect(open()).rejects.toMatchObject({ code: 'data-folder-unusable' });
  });
});
