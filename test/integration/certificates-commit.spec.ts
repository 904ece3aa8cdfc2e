import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SigningKeySchema } from '@mandate/certificate';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CertificatesService } from '../../apps/registry/src/certificates/certificates.service.ts';
import { DocumentsService } from '../../apps/registry/src/certificates/documents.service.ts';
import {
  IssueTransactionsService,
  MandateChanged,
} from '../../apps/registry/src/certificates/issue-transactions.service.ts';
import { IssueService } from '../../apps/registry/src/certificates/issue.service.ts';
import { RevokeService } from '../../apps/registry/src/certificates/revoke.service.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { type ListChange, ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import { LogService } from '../../apps/registry/src/log/log.service.ts';
import { EnrolmentService } from '../../apps/registry/src/trust/enrolment.service.ts';
import {
  FOOD_PERMIT_DATA,
  foodPermitItem,
  issuerFor,
  MARKET,
  PERMIT_KEY,
  prepareFoodPermit,
  putChanges,
  putItem,
} from '../support/food-permit.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';
import { untilWaiting } from '../support/waiting.ts';

// Between drawing a page and writing it the world may change: each change comes here exactly then.

let registry: TestRegistry;
let app: INestApplicationContext;
let source: DataSource;

const request = { ...FOOD_PERMIT_DATA, type: '食品经营许可证' };
const organ = (more: object = {}): ListChange => ({
  register: 'organ',
  key: MARKET.key,
  value: { schema: 'organ/1', key: MARKET.key, name: MARKET.name, sample: true, ...more },
  effectiveDate: '2025-01-01',
  reason: '测试',
});

beforeAll(async () => {
  registry = await openTestRegistry();
  app = registry.app;
  source = app.get(DataSource);
  await prepareFoodPermit(app);
});
beforeEach(async () => {
  await putChanges(app, [organ()]);
  await putItem(app, foodPermitItem());
});
afterAll(() => registry.close());

async function counts(): Promise<unknown> {
  return source.query(
    `SELECT (SELECT count(*) FROM certificate), (SELECT count(*) FROM entry WHERE log = 'certificates') AS events`,
  );
}

/** A page that is drawn and signed. @returns what writes it */
async function drawn(): Promise<() => Promise<void>> {
  const transactions = app.get(IssueTransactionsService);
  const prepared = await transactions.prepare(source.manager, MARKET.key, request);
  const signed = await app.get(DocumentsService).drawAndSign({ ...prepared, type: prepared.listedType.type });
  const { account } = await issuerFor(app, MARKET.key);
  return () => source.transaction((tx) => transactions.commit(tx, prepared, signed, account));
}

describe('a page that is drawn and signed', () => {
  test('is written where nothing has changed', async () => {
    const before = await counts();
    await (
      await drawn()
    )();
    expect(await counts()).not.toEqual(before);
  });

  test.each<[string, readonly ListChange[], unknown]>([
    ['was renamed', [organ({ name: '示例市市场局' })], expect.any(MandateChanged)],
    ['was abolished', [organ({ abolished: true })], expect.objectContaining({ code: 'organ-abolished' })],
  ])('is not written where the organ %s', async (_what, changes, error) => {
    const write = await drawn();
    const before = await counts();
    await putChanges(app, changes);
    await expect(write()).rejects.toEqual(error);
    expect(await counts()).toEqual(before);
  });

  test('is written where the organ is to be renamed on a later day', async () => {
    const write = await drawn();
    await putChanges(app, [{ ...organ({ name: '示例市市场局' }), effectiveDate: '2999-01-01' }]);
    await expect(write()).resolves.toBeUndefined();
  });

  test('waits for whoever is just changing the lists, and is not written when that takes the power away', async () => {
    const write = await drawn();
    const before = await counts();
    const writer = source.createQueryRunner();
    await writer.startTransaction();
    await app.get(ListsService).put(writer.manager, [
      {
        register: 'authority-item',
        key: PERMIT_KEY,
        value: foodPermitItem({ state: 'cancelled' }),
        effectiveDate: '2025-01-01',
        reason: '测试',
      },
    ]);
    const written = write().then(
      () => 'written',
      (error: unknown) => error,
    );
    await Promise.race([written, untilWaiting(source, 1)]);
    await writer.commitTransaction();
    await writer.release();
    expect(await written).toMatchObject({ code: 'item-cancelled' });
    expect(await counts()).toEqual(before);
    await app.get(LogService).sequence('lists');
  });

  test('is not written where a key of the organ was listed or revoked', async () => {
    const key = SigningKeySchema.parse(await app.get(EnrolmentService).create(MARKET.key));
    const keyChange = (more: object): ListChange => ({
      register: 'signing-key',
      key: key.sha256,
      value: { ...key, ...more },
      effectiveDate: '2025-01-01',
      reason: '测试',
    });
    const write = await drawn();
    const before = await counts();
    await putChanges(app, [keyChange({ revokedAt: '2026-11-01T00:00:00Z', revocationReason: '遗失' })]);
    await expect(write()).rejects.toBeInstanceOf(MandateChanged);
    expect(await counts()).toEqual(before);
    await putChanges(app, [keyChange({})]);
  });

  test('is signed by the key that was listed last, where several are', async () => {
    const transactions = app.get(IssueTransactionsService);
    const keys = async () => (await transactions.prepare(source.manager, MARKET.key, request)).keys;
    const before = await keys();
    const key = SigningKeySchema.parse(await app.get(EnrolmentService).create(MARKET.key));
    const der = Buffer.from('stands for another certificate');
    const newest = createHash('sha256').update(der).digest('hex');
    await putChanges(app, [
      {
        register: 'signing-key',
        key: newest,
        value: { ...key, sha256: newest, certificate: der.toString('base64') },
        effectiveDate: '2025-01-01',
        reason: '测试',
      },
    ]);
    expect(await keys()).toEqual([newest, ...before]);
  });

  test('is drawn again, under the power as it is now, and is in the log when it is handed out', async () => {
    const documents = app.get(DocumentsService);
    const draw = documents.drawAndSign.bind(documents);
    let pages = 0;
    documents.drawAndSign = async (given) => {
      pages += 1;
      const signed = await draw(given);
      if (pages === 1) await putItem(app, foodPermitItem({ remarks: '改了说明' }));
      return signed;
    };
    try {
      const identifier = await app.get(IssueService).issue(request, await issuerFor(app, MARKET.key));
      expect(pages).toBe(2);
      const [row] = await source.query<{ index: string | null }[]>(
        `SELECT l.index FROM certificate c LEFT JOIN log_leaf l ON l.entry_id = c.issue_entry WHERE c.identifier = $1`,
        [identifier],
      );
      expect(row?.index).toEqual(expect.any(String));
    } finally {
      documents.drawAndSign = draw;
    }
  });
});

test('a power that is being published just now is issued under as soon as it is in the tree', async () => {
  const transactions = app.get(IssueTransactionsService);
  await inTransaction(source, (tx) =>
    app.get(ListsService).put(tx, [
      {
        register: 'authority-item',
        key: PERMIT_KEY,
        value: foodPermitItem({ remarks: '正在发布' }),
        effectiveDate: '2025-01-01',
        reason: '测试',
      },
    ]),
  );
  // What an issue sees that came between the transaction of the publication and the tree.
  await expect(transactions.prepare(source.manager, MARKET.key, request)).rejects.toBeInstanceOf(
    MandateChanged,
  );
  const issuer = await issuerFor(app, MARKET.key);
  await expect(app.get(IssueService).issue(request, issuer)).resolves.toEqual(expect.any(String));
});

test('an issue whose power changes under it again and again writes nothing and says to come again', async () => {
  const documents = app.get(DocumentsService);
  const draw = documents.drawAndSign.bind(documents);
  let pages = 0;
  documents.drawAndSign = async (given) => {
    const signed = await draw(given);
    await putItem(app, foodPermitItem({ remarks: `改了说明 ${(pages += 1)}` }));
    return signed;
  };
  try {
    const before = await counts();
    const issuer = await issuerFor(app, MARKET.key);
    await expect(app.get(IssueService).issue(request, issuer)).rejects.toMatchObject({
      code: 'lists-changing',
    });
    expect(await counts()).toEqual(before);
  } finally {
    documents.drawAndSign = draw;
  }
});

test('of two who revoke at the same moment the second is told so, and the log has one event', async () => {
  const issuer = await issuerFor(app, MARKET.key);
  const identifier = await app.get(IssueService).issue(request, issuer);
  const [{ events: before }] = await source.query<[{ events: string }]>(
    `SELECT count(*) AS events FROM entry WHERE log = 'certificates'`,
  );
  // Both have found it unrevoked and wait for the row that a third is just writing.
  const holder = new pg.Client({ connectionString: registry.database.ownerUrl });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE revocation IN EXCLUSIVE MODE');
  const revoke = () => app.get(RevokeService).revoke(identifier, 'withdrawn', issuer);
  const revocations = Promise.allSettled([revoke(), revoke()]);
  await untilWaiting(source, 2);
  await holder.end();
  const refused = (await revocations).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  expect(refused).toEqual([expect.objectContaining({ code: 'already-revoked' })]);
  const [{ events }] = await source.query<[{ events: string }]>(
    `SELECT count(*) AS events FROM entry WHERE log = 'certificates'`,
  );
  expect(Number(events) - Number(before)).toBe(1);
  await expect(app.get(CertificatesService).summary(null, identifier)).resolves.toMatchObject({
    state: 'revoked',
  });
});
