import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { expectSound } from '../support/audit.ts';
import { putActs } from '../support/list-changes.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { ACTS } from '../support/sample-acts.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let registry: TestRegistry;
beforeAll(async () => {
  registry = await openTestRegistry();
  await putActs(registry.app, ACTS.slice(0, 3));
  await registry.app.get(PublicationService).publishData();
});
afterAll(() => registry.close());

/** Starts a process that publishes without pause and kills it at some moment of its work. */
async function killedPublisher(first: number, afterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      path('../../apps/registry/bin/typescript-hooks.js'),
      path('../support/publisher.ts'),
      String(first),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: registry.database.appUrl,
        MANDATE_DATA_DIR: registry.dataDir,
        MANDATE_PUBLIC_URL: 'https://registry.example',
        MANDATE_DEMO: 'on',
      },
    },
  );
  const exit = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exit]);
  await sleep(afterMs);
  child.kill('SIGKILL');
  // Had it ended by itself, nothing would have been cut short.
  expect(await exit).toEqual([null, 'SIGKILL']);
}

test('kill -9 at any moment leaves a sound publication, and the next one is complete', async () => {
  let published = 3;
  const moments = [40, 130, 270, 410, 640];
  for (const [round, afterMs] of moments.entries()) {
    await killedPublisher(1 + round * 10_000, afterMs + Math.random() * 60);
    const { logs } = await expectSound(registry.dataDir);
    const size = logs[0]?.size ?? 0;
    expect(size).toBeGreaterThanOrEqual(published);
    published = size;
    // On a machine with much else to do nothing may be published so soon; then it gets longer.
    if (published === 3 && round === moments.length - 1 && afterMs < 60_000) moments.push(afterMs * 3);
  }
  expect(published).toBeGreaterThan(3);
  await registry.app.get(PublicationService).publishData();
  const { logs, warnings } = await expectSound(registry.dataDir);
  expect(warnings).toEqual([]);
  expect(logs[0]?.size).toBe((await registry.app.get(LogService).latestCheckpoint('lists')).size);
});
