import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { PROJECT_DIR } from '../../apps/registry/src/config/config.ts';
import { restoreBackup, type Restored } from '../../apps/registry/src/backups/restore-backup.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { FOOD_PERMIT_DATA, issuerFor, MARKET } from './food-permit.ts';

export interface Issued {
  readonly identifier: string;
  readonly number: string;
  readonly place: number;
}

/** Issues one more food permit. */
export async function issueOne(app: INestApplicationContext): Promise<Issued> {
  const issuer = await issuerFor(app, MARKET.key);
  const identifier = await app
    .get(IssueService)
    .issue({ ...FOOD_PERMIT_DATA, type: '食品经营许可证' }, issuer);
  const [row] = await app
    .get(DataSource)
    .query<{ number: string; place: number }[]>(
      'SELECT number, status_index AS place FROM certificate WHERE identifier = $1',
      [identifier],
    );
  if (row === undefined) throw new Error('issued and not there');
  return { identifier, ...row };
}

export async function documentOf(app: INestApplicationContext, { identifier }: Issued): Promise<Uint8Array> {
  return app.get(CertificatesService).document(null, identifier);
}

/** A database of its own with what a backup holds. */
export async function restoreInto(
  folder: string,
  dataDir: string,
  { nothingLost = false } = {},
): Promise<{ database: TestDatabase; restored: Restored }> {
  const database = await createTestDatabase({ migrated: false });
  const { ownerUrl, appUrl } = database;
  return { database, restored: await restoreBackup(folder, { dataDir, ownerUrl, appUrl, nothingLost }) };
}

/** `mandate …` as a process of its own. */
export function mandate(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [join(PROJECT_DIR, 'apps/registry/bin/mandate.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], MANDATE_DEMO: 'on', ...env },
  });
}

/** @returns exit code and all that it said */
export async function outcomeOf(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  const said: string[] = [];
  child.stdout?.on('data', (data: Buffer) => said.push(String(data)));
  child.stderr?.on('data', (data: Buffer) => said.push(String(data)));
  // 'close' gives code and signal.
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.join('') };
}
