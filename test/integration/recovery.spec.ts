import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REVOCATIONS_PATH } from '@mandate/published';
import { readStatusList } from '@mandate/trust';
import { DataSource } from 'typeorm';
import { BackupService } from '../../apps/registry/src/backups/backup.service.ts';
import { RecoveryService } from '../../apps/registry/src/backups/recovery.service.ts';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { RevokeService } from '../../apps/registry/src/certificates/revoke.service.ts';
import { KeysService } from '../../apps/registry/src/keys/keys.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { PublicationService } from '../../apps/registry/src/publication/publication.service.ts';
import { publishedPaths } from '../../apps/registry/src/publication/published-paths.ts';
import { expectSound } from '../support/audit.ts';
import { type Issued, issueOne, restoreInto } from '../support/backups.ts';
import {
  FARMING,
  foodPermitItem,
  issuerFor,
  MARKET,
  prepareFoodPermit,
  putChanges,
  putItem,
} from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

// A registry goes on after its backup; then its database is lost, and its published files and keys are not.

const NEW_NAME = '示例市农业农村局（新）';

let temp: string;
let lost: TestRegistry;
/** the same published files and keys, on the database of the backup */
let old: TestRegistry;
let early: Issued[];
let late: Issued[];
/** issued once it was recovered */
let again: Issued;

const revoke = async (registry: TestRegistry, { identifier }: Issued): Promise<void> =>
  registry.app.get(RevokeService).revoke(identifier, 'withdrawn', await issuerFor(registry.app, MARKET.key));

beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'mandate recovery 续接 '));
  lost = await openTestRegistry();
  const { app } = lost;
  await prepareFoodPermit(app);
  early = [await issueOne(app), await issueOne(app), await issueOne(app)];
  await app.get(PublicationService).publishData();
  const { folder } = await app.get(BackupService).take(join(temp, 'backup'), { withKeys: true });

  late = [await issueOne(app), await issueOne(app)];
  await putItem(app, foodPermitItem({ name: '食品经营许可（后改）' }), '2099-01-01');
  await putChanges(app, [
    {
      register: 'organ',
      key: FARMING.key,
      value: { schema: 'organ/1', key: FARMING.key, name: NEW_NAME, sample: true },
      effectiveDate: '2025-01-01',
      reason: '更名',
    },
  ]);
  const [first] = early;
  const [last] = late;
  if (first === undefined || last === undefined) throw new Error('nothing was issued');
  await revoke(lost, first);
  await revoke(lost, last);
  await app.get(PublicationService).publishData();
  await expectSound(lost.dataDir);

  // Elsewhere, as a database is restored by its own means: the published files stay as they are.
  const { database } = await restoreInto(folder, join(temp, 'aside'), { nothingLost: true });
  old = await openTestRegistry({ dataDir: lost.dataDir, database });
});
afterAll(async () => {
  await old.close();
  await lost.close();
  await rm(temp, { recursive: true, force: true });
});

const countsOf = ({ app }: TestRegistry): Promise<unknown> =>
  app.get(DataSource).query(`
    SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM log_leaf), (SELECT count(*) FROM certificate) AS c,
      (SELECT count(*) FROM checkpoint) AS p, (SELECT last_value FROM pg_sequences WHERE sequencename = 'certificate_number')`);

async function statusList() {
  const bytes = await readFile(join(publishedPaths(lost.dataDir).root, REVOCATIONS_PATH));
  const { publicKey } = await old.app.get(KeysService).registryKey('status');
  return readStatusList(bytes, publicKey);
}

// In this order.
describe('a database that is older than its published files', () => {
  test('draws no number, signs nothing and writes nothing', async () => {
    const before = await countsOf(old);
    const behind = { code: 'behind-published' };
    await expect(issueOne(old.app)).rejects.toMatchObject(behind);
    await expect(putItem(old.app, foodPermitItem({ name: '别的' }))).rejects.toMatchObject(behind);
    const [, second] = early;
    if (second === undefined) throw new Error('nothing was issued');
    await expect(revoke(old, second)).rejects.toMatchObject(behind);
    await expect(
      old.app.get(BackupService).take(join(temp, 'of the wrong one'), { withKeys: false }),
    ).rejects.toMatchObject(behind);
    await expect(old.app.get(PublicationService).publishData()).rejects.toMatchObject({ code: 'rollback' });
    expect(await countsOf(old)).toEqual(before);
    await expectSound(lost.dataDir);
  });

  test('does not sign what waits in it', async () => {
    const checkpoint = join(publishedPaths(lost.dataDir).root, 'log/certificates/checkpoint');
    const published = await readFile(checkpoint);
    const source = old.app.get(DataSource);
    const leaf = Buffer.from(
      `{"event":"issue","subject":"${'0'.repeat(64)}","time":"2026-01-01T00:00:00Z","v":1}`,
    );
    // Written before the backup and not yet sequenced, so the door of appending has not seen it.
    await source.query(
      `INSERT INTO entry (log, leaf, leaf_hash) VALUES ('certificates', $1::bytea, sha256('\\x00'::bytea || $1::bytea))`,
      [leaf],
    );
    const before = await countsOf(old);
    await expect(old.app.get(LogService).sequence('certificates')).rejects.toMatchObject({
      code: 'behind-published',
    });
    expect(await countsOf(old)).toEqual(before);
    expect(await readFile(checkpoint)).toEqual(published);
  });

  test('is not continued from files that were damaged, and says which', async () => {
    const bundle = join(publishedPaths(lost.dataDir).root, REVOCATIONS_PATH);
    const bytes = await readFile(bundle);
    await writeFile(bundle, String(bytes).replace('"u', '"v'));
    const before = await countsOf(old);
    const refused = old.app.get(RecoveryService).recover({ dryRun: false });
    await expect(refused).rejects.toMatchObject({ code: 'not-recoverable' });
    await expect(refused).rejects.toThrow(REVOCATIONS_PATH);
    await writeFile(bundle, bytes);
    expect(await countsOf(old)).toEqual(before);
  });

  test('says first what would be, and leaves all as it is', async () => {
    const recovery = await old.app.get(RecoveryService).recover({ dryRun: true });
    expect(recovery).toMatchObject({ listEntries: 2, lostCertificates: 2, revocations: 1, keptRevoked: 1 });
    await expect(issueOne(old.app)).rejects.toMatchObject({ code: 'behind-published' });
  });

  test('is continued from them: the lists whole, the tree to the last leaf', async () => {
    await old.app.get(RecoveryService).recover({ dryRun: false });
    await old.app.get(PublicationService).publishData();
    // With the memory of what the lost registry showed: the log goes on, and nothing of it is another.
    const { warnings } = await expectSound(lost.dataDir);
    expect(warnings).toEqual([]);
    const [organ] = await old.app
      .get(DataSource)
      .query<{ name: string }[]>(
        `SELECT name FROM list_version WHERE register = 'organ' AND key = $1 AND newest`,
        [FARMING.key],
      );
    expect(organ?.name).toBe(NEW_NAME);
    expect(await old.app.get(RecoveryService).recover({ dryRun: false })).toBeUndefined();
  });

  test('keeps what was revoked revoked, known or not', async () => {
    const { isSet } = await statusList();
    expect(early.map(({ place }) => isSet(place))).toEqual([true, false, false]);
    expect(late.map(({ place }) => isSet(place))).toEqual([true, false]);
    const { app } = old;
    const summary = await app.get(CertificatesService).summary(null, early[0]?.identifier ?? '');
    expect(summary).toMatchObject({ state: 'revoked' });
  });

  test('gives no number and no place that it gave before', async () => {
    const next = await issueOne(old.app);
    const given = [...early, ...late];
    expect(given.map(({ number }) => number)).not.toContain(next.number);
    expect(Number(next.number.slice(-8))).toBeGreaterThan(1_000_000);
    again = next;
    expect(next.place).toBeGreaterThanOrEqual(2 * 16_384);
    await old.app.get(PublicationService).publishData();
    await expectSound(lost.dataDir);
  });
});

test('with no backup at all, an empty database is continued from the published files and the keys', async () => {
  const dataDir = join(temp, 'from nothing');
  await cp(lost.dataDir, dataDir, { recursive: true });
  const empty = await openTestRegistry({ dataDir });
  try {
    await expect(putItem(empty.app, foodPermitItem())).rejects.toMatchObject({ code: 'behind-published' });
    const recovery = await empty.app.get(RecoveryService).recover({ dryRun: false });
    expect(recovery).toMatchObject({ lostCertificates: 7, keptRevoked: 2, revocations: 0 });
    await empty.app.get(PublicationService).publishData();
    const { warnings } = await expectSound(dataDir);
    expect(warnings).toEqual([]);
    const next = await issueOne(empty.app);
    // Also not what was given between the first loss and this one.
    expect(Number(next.number.slice(-8))).toBeGreaterThan(Number(again.number.slice(-8)) + 1_000_000);
    expect(next.place).toBeGreaterThanOrEqual(4 * 16_384);
    await empty.app.get(PublicationService).publishData();
    await expectSound(dataDir);
  } finally {
    await empty.close();
  }
});

test('a database that is ahead of its published files is left as it is', async () => {
  const dataDir = join(temp, 'ahead');
  const ahead = await openTestRegistry({ dataDir });
  try {
    await prepareFoodPermit(ahead.app);
    await ahead.app.get(PublicationService).publishData();
    await issueOne(ahead.app);
    expect(await ahead.app.get(RecoveryService).recover({ dryRun: false })).toBeUndefined();
    expect(Number((await issueOne(ahead.app)).number.slice(-8))).toBe(2);
  } finally {
    await ahead.close();
  }
});

test('where two trees have parted nothing is continued', async () => {
  const dataDir = join(temp, 'parted');
  await cp(lost.dataDir, dataDir, { recursive: true });
  await rm(publishedPaths(dataDir).root, { recursive: true });
  const other = await openTestRegistry({ dataDir });
  try {
    await prepareFoodPermit(other.app);
    await cp(publishedPaths(lost.dataDir).root, publishedPaths(dataDir).root, { recursive: true });
    await expect(other.app.get(RecoveryService).recover({ dryRun: false })).rejects.toMatchObject({
      code: 'corrupt',
    });
  } finally {
    await other.close();
  }
});
