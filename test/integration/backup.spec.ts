import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { BackupService, type TakenBackup } from '../../apps/registry/src/backups/backup.service.ts';
import { readBackup } from '../../apps/registry/src/backups/check-backup.ts';
import { restoreBackup } from '../../apps/registry/src/backups/restore-backup.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { expectSound } from '../support/audit.ts';
import { type Issued, issueOne, restoreInto } from '../support/backups.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { prepareFoodPermit } from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let temp: string;
let registry: TestRegistry;
let taken: TakenBackup;
const before: Issued[] = [];
const during: Issued[] = [];

const backups = () => registry.app.get(BackupService);
const serialOf = ({ number }: Issued) => Number(number.slice(-8));
const inTemp = (name: string) => join(temp, name);

beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'mandate backup 备份 '));
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
  for (let n = 0; n < 3; n += 1) before.push(await issueOne(registry.app));
  await registry.app.get(PublicationService).publishData();

  // Somebody issues and publishes for as long as it takes.
  const another = await registry.another();
  const work = { going: true };
  const busy = (async () => {
    do {
      during.push(await issueOne(another));
      await another.get(PublicationService).publishData();
    } while (work.going);
  })();
  taken = await backups().take(inTemp('whole'), { withKeys: true });
  work.going = false;
  await busy;
});
afterAll(async () => {
  await registry.close();
  await rm(temp, { recursive: true, force: true });
});

const rowsOf = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('a backup that was taken while certificates were issued', () => {
  let restored: TestRegistry;
  let target: TestDatabase;
  beforeAll(async () => {
    const { database } = await restoreInto(taken.folder, inTemp('restored'));
    target = database;
    restored = await openTestRegistry({ dataDir: inTemp('restored'), database });
  });
  afterAll(() => restored.close());

  test('is published on and sound, with every certificate of before it', async () => {
    await restored.app.get(PublicationService).publishData();
    const { warnings } = await expectSound(restored.dataDir);
    expect(warnings).toEqual([]);
    const rows = await restored.app
      .get(DataSource)
      .query<{ identifier: string }[]>('SELECT identifier FROM certificate');
    const found = rows.map(({ identifier }) => identifier);
    for (const { identifier } of before) expect(found).toContain(identifier);
  });

  test('gives no number and no place again that was given after it', async () => {
    expect(during.length).toBeGreaterThan(0);
    const next = await issueOne(restored.app);
    const given = [...before, ...during];
    expect(given.map(({ number }) => number)).not.toContain(next.number);
    expect(serialOf(next)).toBeGreaterThan(1_000_000);
    // All that is given after the backup lies in the two windows that are left behind.
    expect(Math.max(...given.map(({ place }) => place))).toBeLessThan(2 * 16_384);
    expect(next.place).toBeGreaterThanOrEqual(2 * 16_384);
    expect(serialOf(await issueOne(restored.app))).toBe(serialOf(next) + 1);
  });

  test('has its rights and its triggers: the application may not change what is append-only, nor may the owner', async () => {
    const source = restored.app.get(DataSource);
    await expect(source.query('DELETE FROM entry')).rejects.toThrow('permission denied');
    await expect(rowsOf(target.ownerUrl, 'DELETE FROM entry')).rejects.toThrow('append-only');
    const off = await rowsOf(
      target.ownerUrl,
      `SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'`,
    );
    expect(off).toEqual([]);
  });

  test('holds the rows of every table as they were at one moment', async () => {
    const { manifest } = await readBackup(taken.folder);
    const rows = new Map(manifest.tables.map((table) => [table.name, table.rows]));
    expect(rows.get('certificate')).toBeGreaterThanOrEqual(before.length);
    // An issue event and its certificate come in one transaction: a snapshot has both or neither.
    const copies = String(await readFile(join(taken.folder, 'database/entry.copy')));
    expect(copies.split('\n').filter((line) => line.split('\t')[1] === 'certificates')).toHaveLength(
      rows.get('certificate') ?? 0,
    );
  });

  test('is told of in the trail', async () => {
    const acts = await registry.app
      .get(DataSource)
      .query<{ subject: string }[]>(`SELECT subject FROM act WHERE action = 'registry.backed-up'`);
    expect(acts).toEqual([{ subject: `sha256:${taken.digest}` }]);
  });
});

test('goes on with the next number where nothing was lost', async () => {
  const dataDir = inTemp('moved');
  const { database } = await restoreInto(taken.folder, dataDir, { nothingLost: true });
  const moved = await openTestRegistry({ dataDir, database });
  try {
    const numbers = await moved.app
      .get(DataSource)
      .query<{ number: string }[]>('SELECT number FROM certificate');
    const next = await issueOne(moved.app);
    expect(numbers.map(({ number }) => number)).not.toContain(next.number);
    expect(Number(next.number.slice(-8))).toBeLessThan(1_000);
    await moved.app.get(PublicationService).publishData();
    await expectSound(dataDir);
  } finally {
    await moved.close();
  }
});

test('restored a second time, nothing that was given after the first is given again', async () => {
  const dataDir = inTemp('second time');
  const { database, restored } = await restoreInto(taken.folder, inTemp('first time'));
  await database.drop();
  const second = await createTestDatabase({ migrated: false });
  try {
    const { ownerUrl, appUrl } = second;
    const again = await restoreBackup(taken.folder, {
      ...{ dataDir, ownerUrl, appUrl, nothingLost: false },
      earlier: 1,
    });
    expect(again.firstNumber).toBeGreaterThan(restored.firstNumber);
    expect(again.firstPlace).toBe(restored.firstPlace + 2 * 16_384);
  } finally {
    await second.drop();
  }
});

describe('a backup', () => {
  test('is readable by its owner alone, and holds keys only where that was said', async () => {
    expect((await stat(taken.folder)).mode & 0o077).toBe(0);
    expect((await stat(join(taken.folder, 'keys/root.pem'))).mode & 0o077).toBe(0);
    await backups().take(inTemp('without keys'), { withKeys: false });
    expect(await readdir(inTemp('without keys'))).not.toContain('keys');
  });

  test('is refused where a whole one is, where other files are, and in the data folder', async () => {
    const take = (folder: string) => backups().take(folder, { withKeys: false });
    await expect(take(taken.folder)).rejects.toMatchObject({ code: 'folder-in-use' });
    await mkdir(inTemp('documents'));
    await writeFile(inTemp('documents/letter.txt'), '');
    await expect(take(inTemp('documents'))).rejects.toMatchObject({ code: 'folder-in-use' });
    await expect(take(join(registry.dataDir, 'backup'))).rejects.toMatchObject({
      code: 'inside-data-folder',
    });
  });

  test('closes its folder to others, and is refused where somebody has laid a link', async () => {
    const open = inTemp('open');
    await mkdir(open, { mode: 0o777 });
    await chmod(open, 0o777);
    await backups().take(open, { withKeys: false });
    expect((await stat(open)).mode & 0o777).toBe(0o700);

    const [prepared, elsewhere] = [inTemp('prepared'), inTemp('elsewhere')];
    await mkdir(prepared);
    await mkdir(elsewhere);
    await writeFile(join(prepared, 'UNFINISHED'), '');
    symlinkSync(elsewhere, join(prepared, 'database'));
    await expect(backups().take(prepared, { withKeys: false })).rejects.toMatchObject({
      code: 'folder-in-use',
      message: expect.stringContaining('database'),
    });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test('that was cut off is no backup, and the next try completes it without what is gone', async () => {
    const folder = inTemp('cut off');
    await cp(taken.folder, folder, { recursive: true });
    await rm(join(folder, 'manifest.json'));
    await rm(join(folder, 'SHA256SUMS'));
    await writeFile(join(folder, 'UNFINISHED'), '');
    await writeFile(join(folder, 'published/root/gone'), 'no longer published');
    await writeFile(join(folder, 'published/root/data/registry.json'), 'half');
    await expect(readBackup(folder)).rejects.toMatchObject({ code: 'incomplete-backup' });
    await backups().take(folder, { withKeys: true });
    const { sums } = await readBackup(folder);
    expect(sums.has('published/root/gone')).toBe(false);
    expect(await readdir(folder)).not.toContain('UNFINISHED');
    expect(await readdir(join(folder, 'published/root'))).not.toContain('gone');
  });

  test('leaves no second names behind in the data folder', async () => {
    expect(await readdir(join(registry.dataDir, 'published'))).not.toContain('backup');
  });
});

describe('nothing is restored', () => {
  let copies = 0;
  async function refusal(
    change: (folder: string) => Promise<unknown>,
    more: { digest?: string } = {},
  ): Promise<{ code: string; message: string }> {
    copies += 1;
    const folder = inTemp(`copy ${copies}`);
    const dataDir = inTemp(`data ${copies}`);
    await cp(taken.folder, folder, { recursive: true });
    await change(folder);
    const database = await createTestDatabase({ migrated: false });
    try {
      const { ownerUrl, appUrl } = database;
      const error: unknown = await restoreBackup(folder, {
        dataDir,
        ownerUrl,
        appUrl,
        nothingLost: false,
        ...more,
      }).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      expect(await rowsOf(ownerUrl, `SELECT relname FROM pg_class WHERE relname = 'entry'`)).toEqual([]);
      expect(await stat(publishedPaths(dataDir).root).catch(() => undefined)).toBeUndefined();
      // BackupError, or the test fails on its code.
      return error as { code: string; message: string };
    } finally {
      await database.drop();
    }
  }

  test.each([
    ['database/certificate.copy', 'damaged-backup'],
    ['published/root/data/registry.json', 'damaged-backup'],
    ['SHA256SUMS', 'damaged-backup'],
    ['manifest.json', 'damaged-backup'],
  ])('of a backup with one byte more in %s', async (file, code) => {
    const { code: found, message } = await refusal((folder) => appendFile(join(folder, file), 'x'));
    expect(found).toBe(code);
    expect(message).toContain(file);
  });

  test.each(['database/entry.copy', 'published/root/log/lists/checkpoint', 'manifest.json'])(
    'of a backup without %s',
    async (file) => {
      const { code, message } = await refusal((folder) => rm(join(folder, file)));
      expect(code).toBe('incomplete-backup');
      expect(message).toContain(file);
    },
  );

  // A pipe would be read for ever, a link may lead out of the folder; both are there only if somebody put them there.
  test.each(['manifest.json', 'SHA256SUMS', 'database/entry.copy'])(
    'of a backup whose %s is a pipe or a link',
    async (file) => {
      const made: readonly ((path: string) => void)[] = [
        (path) => execFileSync('mkfifo', [path]),
        (path) => symlinkSync(join(taken.folder, file), path),
      ];
      for (const make of made) {
        const { code, message } = await refusal(async (folder) => {
          await rm(join(folder, file));
          make(join(folder, file));
        });
        expect([code, message]).toEqual(['damaged-backup', expect.stringContaining(file)]);
      }
    },
  );

  test('of a backup that somebody has altered and summed up anew, where its digest was noted', async () => {
    const found = await refusal(
      async (folder) => {
        const manifest = String(await readFile(join(folder, 'manifest.json')));
        await writeFile(join(folder, 'manifest.json'), manifest.replace('2026-', '2025-'));
      },
      { digest: taken.digest },
    );
    expect(found.code).toBe('damaged-backup');
  });

  test('of a backup of a newer program', async () => {
    const found = await refusal(async (folder) => {
      const manifest = String(await readFile(join(folder, 'manifest.json')));
      await writeFile(
        join(folder, 'manifest.json'),
        manifest.replace('"CreateLog20261121000000"', '"CreateLog20261121000000", "Later20990101000000"'),
      );
    });
    expect(found.code).toBe('newer-backup');
    expect(found.message).toContain('Later20990101000000');
  });

  test('without the keys, nor with the keys of another registry', async () => {
    const database = await createTestDatabase({ migrated: false });
    const { ownerUrl, appUrl } = database;
    const dataDir = inTemp('keyless');
    const restore = () =>
      restoreBackup(inTemp('without keys'), { dataDir, ownerUrl, appUrl, nothingLost: false });
    try {
      await expect(restore()).rejects.toMatchObject({ code: 'keys-missing' });
      const other = await openTestRegistry();
      await other.app.get(PublicationService).publishData();
      await cp(join(other.dataDir, 'keys'), join(dataDir, 'keys'), { recursive: true });
      await other.close();
      await expect(restore()).rejects.toMatchObject({ code: 'wrong-keys' });
      await rm(join(dataDir, 'keys'), { recursive: true });
      await cp(join(registry.dataDir, 'keys'), join(dataDir, 'keys'), { recursive: true });
      await restore();
      // Once is enough: the second would find a database in use.
      await expect(restore()).rejects.toMatchObject({ code: 'target-in-use' });
    } finally {
      await database.drop();
    }
  });

  test('over published files of another state', async () => {
    const database = await createTestDatabase({ migrated: false });
    const { ownerUrl, appUrl } = database;
    try {
      await expect(
        restoreBackup(taken.folder, { dataDir: registry.dataDir, ownerUrl, appUrl, nothingLost: false }),
      ).rejects.toMatchObject({ code: 'target-in-use' });
    } finally {
      await database.drop();
    }
  });
});
