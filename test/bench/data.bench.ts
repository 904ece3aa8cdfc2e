// npm run bench data [items] [versions] [organs]
// Publication of the data files of a large registry: everything, then one changed item, then nothing new. On a database
// and a folder of its own; the audit, as a stranger, says at the end whether what was published is sound.
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { ListEntry } from '@mandate/lists';
import { DataSource } from 'typeorm';
import { AppModule } from '../../apps/registry/src/bootstrap/app.module.ts';
import { loadConfig } from '../../apps/registry/src/config/config.ts';
import { runMigrations } from '../../apps/registry/src/database/migrate.ts';
import { ListsService, type ListChange } from '../../apps/registry/src/lists/lists.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { auditPlace } from '../../apps/registry/src/commands/audit-place.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { openEmbeddedDatabase } from '../../apps/registry/src/runtime/embedded-postgres.ts';
import { largeItem, largeKey, largeOrgans, type LargeOrgan } from '../support/large-registry.ts';

const [items = 100_000, versions = 3, organCount = 200] = process.argv.slice(2).map(Number);
/** Changes put at once. */
const BATCH = 5_000;

const folder = mkdtempSync(join(tmpdir(), 'mandate-bench-data-'));
const opened = await openEmbeddedDatabase({ dataDir: join(folder, 'db'), throwaway: true });
try {
  await runMigrations(opened.ownerUrl, opened.appUrl);
  const config = loadConfig({
    MANDATE_DATA_DIR: join(folder, 'data'),
    MANDATE_PUBLIC_URL: 'https://registry.example',
    DATABASE_URL: opened.appUrl,
    MANDATE_DEMO: 'on',
  });
  const app = await NestFactory.createApplicationContext(AppModule.register(config, { kind: 'http' }), {
    logger: ['error'],
  });
  try {
    const lists = app.get(ListsService);
    const publication = app.get(PublicationService);
    const put = (changes: readonly ListChange[]): Promise<unknown> =>
      app.get(DataSource).transaction((tx) => lists.put(tx, changes));
    await publication.publishData();

    const organs = largeOrgans({ items, versions, organs: organCount });
    await timed('put all entries', async () => {
      await put(organs.map(({ organ }) => change('organ', organ.key, organ)));
      for (let version = 0; version < versions; version += 1) {
        for (const batch of batches(organs, version)) await put(batch);
      }
      return `${organCount} organs, ${items} items × ${versions}`;
    });
    await timed('sequence', async () => `${(await app.get(LogService).sequence('lists')).size} entries`);
    await timed('publish everything', async () => `${(await publication.publishData()).written} files`);
    console.log(`  peak memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);

    const [largest, other = largest] = [organs[0], organs[1]];
    if (largest === undefined || other === undefined) throw new Error('no organ');
    for (const [name, one] of [
      ['of the largest organ', largest],
      ['of another organ', other],
    ] as const) {
      for (const round of [1, 2]) {
        await put([changed(one, 1, versions + round)]);
        await timed(`one changed item ${name} (${one.items} items)`, async () => {
          return `${(await publication.publishData()).written} files`;
        });
      }
    }
    await timed('nothing new', async () => `${(await publication.publishData()).written} files`);
    const rounds = 20;
    const cpu = process.cpuUsage();
    const started = performance.now();
    for (let round = 0; round < rounds; round += 1) await publication.publishData();
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `  idle round: ${((performance.now() - started) / rounds).toFixed(1)} ms, ${((user + system) / 1000 / rounds).toFixed(1)} ms of processor`,
    );
    if (process.env['AUDIT'] === 'on') {
      await timed('audit', async () => {
        const { ok, problems } = await auditPlace(undefined, { dataDir: config.dataDir });
        if (!ok) throw new Error(JSON.stringify(problems.slice(0, 3)));
        return 'sound';
      });
    }
  } finally {
    await app.close();
  }
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}

function* batches(organs: readonly LargeOrgan[], version: number): Generator<readonly ListChange[]> {
  let batch: ListChange[] = [];
  for (const one of organs) {
    for (let number = 1; number <= one.items; number += 1) {
      batch.push(changed(one, number, version));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function changed(one: LargeOrgan, number: number, version: number): ListChange {
  return change('authority-item', largeKey(one, number), largeItem(one, number, version));
}

function change(register: ListEntry['register'], key: string, value: ListChange['value']): ListChange {
  return { register, key, value, effectiveDate: '2026-01-01', reason: '依照法律修改' };
}

async function timed(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  const said = await work();
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(2)} s, ${said}`);
}
