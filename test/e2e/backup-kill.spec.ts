import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { readBackup } from '../../apps/registry/src/backups/check-backup.ts';
import { expectSound } from '../support/audit.ts';
import { type Issued, issueOne, mandate, outcomeOf } from '../support/backups.ts';
import { createTestDatabase } from '../support/database.ts';
import { prepareFoodPermit } from '../support/food-permit.ts';
import { manyItems, putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let temp: string;
let registry: TestRegistry;
let issued: Issued;
let folder: string;

beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'mandate killed '));
  folder = join(temp, 'backup');
  registry = await openTestRegistry();
  await prepareFoodPermit(registry.app);
  issued = await issueOne(registry.app);
  await putActs(registry.app, manyItems(2_000, 100));
  await registry.app.get(PublicationService).publishData();
});
afterAll(async () => {
  await registry.close();
  await rm(temp, { recursive: true, force: true });
});

const settings = (dataDir: string, appUrl: string, ownerUrl: string): NodeJS.ProcessEnv => ({
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  MANDATE_DATA_DIR: dataDir,
  MANDATE_PUBLIC_URL: 'https://registry.example',
});

/** Runs the command and kills it once `begun`, and a little later each time. @returns whether it was still at work */
async function killed(
  args: string[],
  env: NodeJS.ProcessEnv,
  begun: () => boolean,
  afterMs: number,
): Promise<boolean> {
  const child = mandate(args, env);
  const outcome = outcomeOf(child);
  while (!begun() && child.exitCode === null) await sleep(2);
  await sleep(afterMs);
  child.kill('SIGKILL');
  return (await outcome).code === null;
}

// In this order.
test('a backup that is killed is none, and the next goes on to a whole one', async () => {
  const env = settings(registry.dataDir, registry.database.appUrl, registry.database.appUrl);
  let kills = 0;
  for (const afterMs of [0, 60, 250]) {
    const begun = () => existsSync(join(folder, 'UNFINISHED'));
    if (!(await killed(['backup', folder, '--with-keys'], env, begun, afterMs))) break;
    kills += 1;
    // Killed when it was whole, and only the trail was still to be written.
    if (existsSync(join(folder, 'manifest.json'))) break;
    await expect(readBackup(folder)).rejects.toMatchObject({ code: 'incomplete-backup' });
  }
  expect(kills).toBeGreaterThan(0);
  if (!existsSync(join(folder, 'manifest.json'))) {
    const { code, said } = await outcomeOf(mandate(['backup', folder, '--with-keys'], env));
    expect([code, said]).toEqual([0, expect.stringContaining('备份完成')]);
  }
  const { sums } = await readBackup(folder);
  expect(sums.size).toBeGreaterThan(2_000);
});

test('a restoration that is killed leaves nothing that could start, and the next completes it', async () => {
  const dataDir = join(temp, 'restored');
  const database = await createTestDatabase({ migrated: false });
  const env = settings(dataDir, database.appUrl, database.ownerUrl);
  let kills = 0;
  for (const afterMs of [0, 150, 700]) {
    const begun = () => existsSync(join(dataDir, 'published/root'));
    if (!(await killed(['restore', folder], env, begun, afterMs))) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  // Where the last of them was killed after all was done, this one says that the database is in use.
  const { code, said } = await outcomeOf(mandate(['restore', folder], env));
  expect(said).toMatch(code === 0 ? '已恢复到备份时' : '要恢复到的数据库不是空的');

  const restored = await openTestRegistry({ dataDir, database });
  try {
    await restored.app.get(PublicationService).publishData();
    await expectSound(dataDir);
    const next = await issueOne(restored.app);
    expect(next.number).not.toBe(issued.number);
    await restored.app.get(PublicationService).publishData();
    await expectSound(dataDir);
  } finally {
    await restored.close();
  }
});

test('a trial touches neither database nor data folder', async () => {
  const copy = join(temp, 'copy');
  await cp(folder, copy, { recursive: true });
  const { code, said } = await outcomeOf(
    mandate(
      ['restore', copy, '--trial'],
      settings(join(temp, 'none'), 'postgres://nobody@127.0.0.1:1/x', ''),
    ),
  );
  expect([code, said]).toEqual([0, expect.stringContaining('可以恢复')]);
  expect(existsSync(join(temp, 'none'))).toBe(false);
});
