import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { AuthService } from '../../apps/registry/src/auth/auth.service.ts';
import { LedgerHeadsService } from '../../apps/registry/src/auditing/ledger-heads.service.ts';
import { LedgerReadingService } from '../../apps/registry/src/auditing/ledger-reading.service.ts';
import {
  type KnownHead,
  type LedgerReport,
  LedgerVerificationService,
} from '../../apps/registry/src/auditing/ledger-verification.service.ts';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { ChainService } from '../../apps/registry/src/ledger/chain.service.ts';
import { LedgerService } from '../../apps/registry/src/ledger/ledger.service.ts';
import { DraftDesk } from '../support/drafts.ts';
import { openTestRegistry, type TestRegistry } from '../support/registry.ts';

let registry: TestRegistry;
let desk: DraftDesk;

/** Of its own, since it is broken in the end. */
async function openLedger(acts: number): Promise<void> {
  registry = await openTestRegistry();
  desk = await DraftDesk.open(registry.app);
  for (let n = 1; n <= acts; n += 1) await act(`subject-${n.toString()}`);
  await registry.app.get(ChainService).chain();
}

async function act(subject: string, app = registry.app): Promise<void> {
  await inTransaction(app.get(DataSource), (tx) =>
    app.get(LedgerService).record(tx, {
      account: desk.who('keeper').id,
      action: 'certificate.read',
      subject,
      detail: { n: 1 },
    }),
  );
}

const verify = (noted?: KnownHead): Promise<LedgerReport> =>
  registry.app.get(LedgerVerificationService).verify(desk.who('auditor'), noted);
const tomorrow = () => new Date(Date.now() + 86_400_000);

/** As whoever owns the database can, with the triggers off. */
async function asOwner(...statements: readonly string[]): Promise<void> {
  const owner = new pg.Client(registry.database.ownerUrl);
  await owner.connect();
  const tables = ['act', 'act_link', 'ledger_head'];
  try {
    for (const table of tables) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const constraint of [
      'act_link DROP CONSTRAINT act_link_act_fk',
      'unchained_act DROP CONSTRAINT unchained_act_fk',
      'ledger_head DROP CONSTRAINT ledger_head_link_fk',
    ])
      await owner.query(`ALTER TABLE ${constraint}`);
    for (const statement of statements) await owner.query(statement);
    for (const table of tables) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  } finally {
    await owner.end();
  }
}

describe('the chain of acts', () => {
  beforeAll(() => openLedger(0));
  afterAll(() => registry.close());

  const links = async () =>
    registry.app.get(ChainService).linksAfter(registry.app.get(DataSource).manager, 0, 1_000);

  test('has fifty acts done at once in two processes each once, without a gap', async () => {
    const other = await registry.another();
    const before = (await links()).length;
    const chains = [registry.app, other].map((app) => app.get(ChainService));
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await act(`at once ${n.toString()}`, n % 2 === 0 ? registry.app : other);
        await chains[n % 2]?.chain();
      }),
    );
    await Promise.all(chains.map((chain) => chain.chain()));
    const found = await links();
    expect(found.map(({ number }) => number)).toEqual(found.map((_, at) => at + 1));
    const subjects = found.slice(before).map((link) => link.act?.subject);
    expect(new Set(subjects).size).toBe(50);
    expect(subjects).toHaveLength(50);
    expect((await verify()).problems).toEqual([]);
  });

  test('is caught up with by the next process when one died between act and link', async () => {
    await registry.app.get(ChainService).chain();
    const before = (await links()).length;
    await act('left behind');
    expect(await links()).toHaveLength(before);
    await (await registry.another()).get(ChainService).chain();
    expect((await links()).at(-1)?.act).toMatchObject({ subject: 'left behind', login: 'keeper' });
  });

  test('holds nothing of an act that was taken back', async () => {
    await expect(
      inTransaction(registry.app.get(DataSource), async (tx) => {
        const { id: account } = desk.who('keeper');
        await registry.app
          .get(LedgerService)
          .record(tx, { account, action: 'certificate.read', subject: 'taken back' });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await registry.app.get(ChainService).chain();
    expect((await links()).some((link) => link.act?.subject === 'taken back')).toBe(false);
  });

  test('takes no act of people without one of them', async () => {
    const nobody = inTransaction(registry.app.get(DataSource), (tx) =>
      registry.app
        .get(LedgerService)
        .record(tx, { account: null, action: 'certificate.issued', subject: 'x' }),
    );
    await expect(nobody).rejects.toThrow('act_by_somebody');
  });

  test('keeps the login of its time, whatever the account is called later', async () => {
    await act('named');
    await registry.app.get(DataSource).query(`UPDATE account SET login = 'another' WHERE login = 'keeper'`);
    await registry.app.get(ChainService).chain();
    expect((await links()).at(-1)?.act).toMatchObject({ subject: 'named', login: 'keeper' });
    expect((await verify()).ok).toBe(true);
  });
});

describe('the head of the ledger', () => {
  beforeAll(() => openLedger(3));
  afterAll(() => registry.close());
  const heads = () => registry.app.get(LedgerHeadsService);

  test('does not go into the log on the day itself', async () => {
    expect(await heads().publish(new Date())).toBeUndefined();
    expect(await verify()).toMatchObject({ ok: true, heads: 0, heldTo: 0 });
  });

  test('goes into the log once for a day, also where two processes put it', async () => {
    const other = (await registry.another()).get(LedgerHeadsService);
    const now = tomorrow();
    const put = await Promise.all([heads().publish(now), other.publish(now)]);
    expect(put.filter((number) => number !== undefined)).toHaveLength(1);
    expect(await heads().publish(now)).toBeUndefined();
    expect(await verify()).toMatchObject({ ok: true, heads: 1 });
  });

  test('is asked for with what the auditor noted down', async () => {
    const { acts: number, hash = '' } = await verify();
    expect(await verify({ number, hash })).toMatchObject({ ok: true });
    expect(await verify({ number, hash: '0'.repeat(64) })).toMatchObject({
      ok: false,
      problems: [{ number, code: 'head-differs' }],
    });
    expect(await verify({ number: number + 99, hash })).toMatchObject({
      problems: [{ code: 'cut-off' }],
    });
  });
});

const UPDATE_LINKS = `UPDATE act_link SET hash = sha256(hash)`;
const TAMPERING: readonly (readonly [
  string,
  readonly string[],
  Partial<LedgerReport['problems'][number]>,
])[] = [
  ['an act is changed', [`UPDATE act SET subject = 'x' WHERE subject = 'subject-2'`], { code: 'wrong-hash' }],
  [
    'its time is changed by a microsecond',
    [`UPDATE act SET at = at + '1 microsecond' WHERE subject = 'subject-2'`],
    { code: 'wrong-hash' },
  ],
  [
    'it passes to another account',
    [`UPDATE act SET login = 'second-keeper' WHERE subject = 'subject-2'`],
    { code: 'wrong-hash' },
  ],
  ['an act is deleted', [`DELETE FROM act WHERE subject = 'subject-2'`], { code: 'act-missing' }],
  [
    'an act is deleted with its link',
    [
      `DELETE FROM act_link WHERE act_id = (SELECT id FROM act WHERE subject = 'subject-2')`,
      `DELETE FROM act WHERE subject = 'subject-2'`,
    ],
    { code: 'gap' },
  ],
  [
    'an act is inserted without a link',
    [`INSERT INTO act (account, action, subject) SELECT account, action, 'new' FROM act LIMIT 1`],
    { code: 'astray' },
  ],
  [
    'an act is inserted as of yesterday',
    [
      `INSERT INTO act (at, account, action, subject) SELECT at - interval '1 day', account, action, 'new' FROM act LIMIT 1`,
      `INSERT INTO unchained_act (act_id) SELECT id FROM act WHERE subject = 'new'`,
    ],
    { code: 'backdated' },
  ],
  [
    'two acts change places',
    [
      `UPDATE act_link SET act_id = -act_id WHERE number IN (2, 3)`,
      `UPDATE act_link SET act_id = (SELECT -o.act_id FROM act_link o WHERE o.number = 5 - act_link.number) WHERE number = 2`,
      `UPDATE act_link SET act_id = (SELECT id FROM act a WHERE a.id NOT IN (SELECT act_id FROM act_link WHERE act_id > 0) LIMIT 1) WHERE number = 3`,
    ],
    { code: 'wrong-hash' },
  ],
  [
    'the end is cut off',
    [
      `DELETE FROM act_link WHERE number > 3`,
      `DELETE FROM act WHERE id NOT IN (SELECT act_id FROM act_link)`,
      `DELETE FROM unchained_act`,
      `DELETE FROM ledger_head`,
    ],
    { code: 'cut-off' },
  ],
  ['the hashes are made anew', [UPDATE_LINKS], { code: 'wrong-hash' }],
  [
    'the head is taken out of the log',
    [
      'ALTER TABLE entry DISABLE TRIGGER USER',
      String.raw`UPDATE entry SET leaf = '{}', leaf_hash = sha256('\x00'::bytea || '{}') WHERE id = (SELECT entry_id FROM ledger_head)`,
    ],
    { code: 'log-differs' },
  ],
];

describe.each(TAMPERING)('where %s by the owner of the database', (_name, statements, problem) => {
  beforeAll(async () => {
    await openLedger(6);
    await registry.app.get(LedgerHeadsService).publish(tomorrow());
  });
  afterAll(() => registry.close());

  test('verification says so', async () => {
    expect(await verify()).toMatchObject({ ok: true, heads: 1 });
    await asOwner(...statements);
    const report = await verify();
    expect(report.ok).toBe(false);
    expect(report.problems).toContainEqual(expect.objectContaining(problem));
  });
});

describe('a ledger that is written anew as a whole, chain and all', () => {
  beforeAll(async () => {
    await openLedger(6);
    await registry.app.get(LedgerHeadsService).publish(tomorrow());
  });
  afterAll(() => registry.close());

  test('differs from its head in the public log', async () => {
    await asOwner(
      `DELETE FROM ledger_head`,
      `DELETE FROM act_link`,
      `DELETE FROM unchained_act`,
      `UPDATE act SET subject = 'never mind' WHERE subject = 'subject-2'`,
      `INSERT INTO unchained_act (act_id) SELECT id FROM act`,
    );
    const report = await verify();
    expect(report.problems.map(({ code }) => code)).toEqual(['head-differs']);
  });
});

describe('who reads the ledger', () => {
  beforeAll(() => openLedger(2));
  afterAll(() => registry.close());

  test.each(['editor', 'keeper', 'second-keeper', 'issuer', 'none'] as const)(
    'is not %s',
    async (official) => {
      const reading = registry.app.get(LedgerReadingService);
      await expect(reading.page(desk.who(official), { limit: 10 })).rejects.toMatchObject({
        code: 'missing-role',
      });
      await expect(
        registry.app.get(LedgerVerificationService).verify(desk.who(official)),
      ).rejects.toMatchObject({ code: 'missing-role' });
    },
  );

  test('is no auditor of an organ', async () => {
    const made = { login: 'theirs', displayName: 'x', organ: 'o-abc', roles: ['auditor'] as const };
    const theirs = await registry.app
      .get(AuthService)
      .createAccount({ ...made, password: 'long enough for us', demo: false });
    await expect(registry.app.get(LedgerReadingService).page(theirs, { limit: 10 })).rejects.toMatchObject({
      code: 'missing-role',
    });
  });

  test('stands in it afterwards', async () => {
    const reading = registry.app.get(LedgerReadingService);
    await reading.page(desk.who('auditor'), { limit: 10, subject: 'subject-1' });
    const { acts } = await reading.page(desk.who('auditor'), { limit: 1 });
    expect(acts[0]).toMatchObject({
      action: 'ledger.read',
      login: 'auditor',
      detail: { subject: 'subject-1' },
    });
  });
});
